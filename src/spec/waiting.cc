#include "spec/waiting.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

namespace sdd::spec {
namespace {

bool is_open(const Spec& spec, std::uint32_t index) {
  return spec.nodes()[index].status != Status::kCompleted;
}

// The dependencies between open nodes.
std::vector<Dependency> open_ones(const Spec& spec, const std::vector<Dependency>& dependencies) {
  std::vector<Dependency> open;
  for (const Dependency& dependency : dependencies) {
    if (dependency.target == kNoNode) continue;
    if (is_open(spec, dependency.waiter()) && is_open(spec, dependency.blocker())) {
      open.push_back(dependency);
    }
  }
  return open;
}

struct Wait {
  std::uint32_t waiter;
  std::uint32_t blocker;
  friend bool operator==(const Wait&, const Wait&) = default;
};

// Each pair once, sorted by the one or the other.
std::vector<Wait> waits_of(const std::vector<Dependency>& dependencies, bool by_waiter) {
  std::vector<Wait> waits;
  for (const Dependency& dependency : dependencies) {
    waits.push_back({dependency.waiter(), dependency.blocker()});
  }
  const auto key = [&](const Wait& wait) {
    return by_waiter ? std::pair(wait.waiter, wait.blocker) : std::pair(wait.blocker, wait.waiter);
  };
  std::sort(waits.begin(), waits.end(),
            [&](const Wait& a, const Wait& b) { return key(a) < key(b); });
  waits.erase(std::unique(waits.begin(), waits.end()), waits.end());
  return waits;
}

// Which nodes do not move by themselves: blocked, in a circle of open ones, or behind such a node.
std::vector<bool> immovable_nodes(const Spec& spec, const std::vector<Dependency>& open) {
  std::vector<bool> immovable(spec.nodes().size(), false);
  std::vector<std::uint32_t> queue;
  const auto hold = [&](std::uint32_t index) {
    if (!immovable[index]) queue.push_back(index);
    immovable[index] = true;
  };
  for (std::uint32_t i = 0; i < spec.nodes().size(); ++i) {
    if (spec.nodes()[i].status == Status::kBlocked) hold(i);
  }
  const std::vector<std::uint32_t> group = dependency_groups(spec, open);
  for (const Dependency& dependency : open) {
    if (group[dependency.waiter()] == group[dependency.blocker()]) hold(dependency.waiter());
  }
  const std::vector<Wait> waits = waits_of(open, false);
  for (std::size_t next = 0; next < queue.size(); ++next) {
    auto wait = std::lower_bound(waits.begin(), waits.end(), queue[next],
                                 [](const Wait& a, std::uint32_t b) { return a.blocker < b; });
    for (; wait != waits.end() && wait->blocker == queue[next]; ++wait) hold(wait->waiter);
  }
  return immovable;
}

}  // namespace

std::vector<MissingDependency> missing_dependencies(const Spec& spec,
                                                    const std::vector<Dependency>& dependencies) {
  std::vector<MissingDependency> missing;
  std::set<std::pair<std::uint32_t, std::string_view>> seen;
  for (const Dependency& dependency : dependencies) {
    if (dependency.target != kNoNode) continue;
    const std::string_view id = dependency.value.string();
    if (seen.emplace(dependency.node, id).second) missing.push_back({spec.at(dependency.node), id});
  }
  return missing;
}

std::vector<Stuck> stuck_nodes(const Spec& spec, const std::vector<Dependency>& dependencies) {
  const std::vector<Dependency> open = open_ones(spec, dependencies);
  const std::vector<bool> immovable = immovable_nodes(spec, open);
  std::vector<Stuck> stuck;
  for (const Wait& wait : waits_of(open, true)) {
    if (!immovable[wait.blocker]) continue;
    const Node* waiter = spec.at(wait.waiter);
    if (stuck.empty() || stuck.back().node != waiter) stuck.push_back({waiter, {}});
    stuck.back().waits_for.push_back(spec.at(wait.blocker));
  }
  return stuck;
}

std::vector<Bottleneck> bottlenecks(const Spec& spec, const std::vector<Dependency>& dependencies,
                                    std::size_t threshold) {
  std::vector<Bottleneck> found;
  for (const Wait& wait : waits_of(open_ones(spec, dependencies), false)) {
    if (wait.waiter == wait.blocker) continue;
    const Node* blocker = spec.at(wait.blocker);
    if (found.empty() || found.back().node != blocker) found.push_back({blocker, 0});
    ++found.back().waiting;
  }
  std::erase_if(found, [&](const Bottleneck& one) { return one.waiting < threshold; });
  return found;
}

}  // namespace sdd::spec
