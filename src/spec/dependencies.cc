// 1. Most files list the waiting node behind what it waits for (or all the other way round): then
//    there is no cycle, and nothing else is done.
// 2. The statements become a graph from waiter to blocker, its edges sorted by waiter and kind.
// 3. Tarjan's algorithm, with a stack of our own, groups the nodes that wait for one another.
// 4. In each such group breadth-first searches look for the shortest way from a node back to it.
#include "spec/dependencies.h"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>

namespace sdd::spec {
namespace {

constexpr std::uint32_t kNone = UINT32_MAX;

// Edges of node i: edges()[begin(i)] to edges()[begin(i + 1)].
class Graph {
 public:
  Graph(std::size_t nodes, const std::vector<Dependency>& dependencies) : begins_(nodes + 1, 0) {
    for (const Dependency& dependency : dependencies) {
      if (dependency.target != kNoNode) edges_.push_back(dependency);
    }
    std::stable_sort(edges_.begin(), edges_.end(), [](const Dependency& a, const Dependency& b) {
      return std::tuple(a.waiter(), a.kind) < std::tuple(b.waiter(), b.kind);
    });
    for (const Dependency& edge : edges_) ++begins_[edge.waiter() + 1];
    for (std::size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
  }

  std::uint32_t size() const { return static_cast<std::uint32_t>(begins_.size() - 1); }
  const Dependency& edge(std::uint32_t at) const { return edges_[at]; }
  std::uint32_t begin(std::uint32_t node) const { return begins_[node]; }
  std::uint32_t end(std::uint32_t node) const { return begins_[node + 1]; }

 private:
  std::vector<Dependency> edges_;
  std::vector<std::uint32_t> begins_;
};

// Tarjan: a node's `low` is the earliest node still on the stack that can be reached from it; where
// that is the node itself, all above it on the stack are its group.
class Groups {
 public:
  explicit Groups(const Graph& graph)
      : graph_(graph),
        of_(graph.size(), kNone),
        order_(graph.size(), kNone),
        low_(graph.size(), 0) {
    for (std::uint32_t node = 0; node < graph.size(); ++node) {
      if (order_[node] == kNone) visit_from(node);
    }
  }

  std::vector<std::uint32_t> take() { return std::move(of_); }

 private:
  struct Step {
    std::uint32_t node;
    std::uint32_t next_edge;
  };

  void enter(std::uint32_t node) {
    order_[node] = low_[node] = entered_++;
    stack_.push_back(node);
    open_.push_back({node, graph_.begin(node)});
  }

  void visit_from(std::uint32_t start) {
    enter(start);
    while (!open_.empty()) {
      Step& step = open_.back();
      if (step.next_edge == graph_.end(step.node)) {
        leave();
        continue;
      }
      const std::uint32_t node = step.node;
      const std::uint32_t next = graph_.edge(step.next_edge++).blocker();
      if (order_[next] == kNone) {
        enter(next);  // `step` is no more
      } else if (of_[next] == kNone) {
        low_[node] = std::min(low_[node], order_[next]);
      }
    }
  }

  void leave() {
    const std::uint32_t node = open_.back().node;
    open_.pop_back();
    if (!open_.empty()) {
      std::uint32_t& low = low_[open_.back().node];
      low = std::min(low, low_[node]);
    }
    if (low_[node] != order_[node]) return;
    std::uint32_t member = kNone;
    while (member != node) {
      member = stack_.back();
      stack_.pop_back();
      of_[member] = groups_;
    }
    ++groups_;
  }

  const Graph& graph_;
  std::vector<std::uint32_t> of_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> low_;
  std::vector<std::uint32_t> stack_;
  std::vector<Step> open_;
  std::uint32_t entered_ = 0;
  std::uint32_t groups_ = 0;
};

// Breadth-first searches inside the groups.
class CycleSearch {
 public:
  CycleSearch(const Graph& graph, const std::vector<std::uint32_t>& group)
      : graph_(graph),
        group_(group),
        reached_by_(graph.size(), kNone),
        round_(graph.size(), kNone) {}

  // The edges of a shortest way from `start` back to it that is shorter than `limit` edges; empty
  // when there is none.
  std::vector<std::uint32_t> shortest(std::uint32_t start, std::size_t limit) {
    queue_.assign(1, start);
    std::size_t length = 1;
    std::size_t level_end = 1;
    for (std::size_t next = 0; next < queue_.size() && length < limit; ++next) {
      const std::uint32_t node = queue_[next];
      for (std::uint32_t at = graph_.begin(node); at < graph_.end(node); ++at, ++looked_at_) {
        const std::uint32_t to = graph_.edge(at).blocker();
        if (group_[to] != group_[start] || round_[to] == start) continue;
        round_[to] = start;
        reached_by_[to] = at;
        if (to == start) return way_back(start);
        queue_.push_back(to);
      }
      if (next + 1 == level_end) {
        level_end = queue_.size();
        ++length;
      }
    }
    return {};
  }

  std::size_t looked_at() const { return looked_at_; }

 private:
  std::vector<std::uint32_t> way_back(std::uint32_t start) const {
    std::vector<std::uint32_t> edges;
    std::uint32_t node = start;
    do {
      edges.push_back(reached_by_[node]);
      node = graph_.edge(reached_by_[node]).waiter();
    } while (node != start);
    std::reverse(edges.begin(), edges.end());
    return edges;
  }

  const Graph& graph_;
  const std::vector<std::uint32_t>& group_;
  std::vector<std::uint32_t> reached_by_;  // the edge
  std::vector<std::uint32_t> round_;       // the search that reached it last, by its start
  std::vector<std::uint32_t> queue_;
  std::size_t looked_at_ = 0;
};

bool surely_without_cycle(const std::vector<Dependency>& dependencies) {
  bool any_back = false;
  bool any_forth = false;
  for (const Dependency& dependency : dependencies) {
    if (dependency.target == kNoNode) continue;
    any_forth = any_forth || dependency.blocker() >= dependency.waiter();
    any_back = any_back || dependency.blocker() <= dependency.waiter();
  }
  return !any_forth || !any_back;
}

}  // namespace

std::string_view to_string(DependencyKind kind) {
  constexpr std::string_view kNames[] = {"blocked_by", "depends", "blocks"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::vector<Dependency> dependencies(const Spec& spec) {
  std::vector<Dependency> all;
  for_each_dependency(spec, [&](const Dependency& dependency) { all.push_back(dependency); });
  return all;
}

std::vector<std::uint32_t> dependency_groups(const Spec& spec,
                                             const std::vector<Dependency>& dependencies) {
  const Graph graph(spec.nodes().size(), dependencies);
  return Groups(graph).take();
}

std::vector<DependencyCycle> dependency_cycles(const Spec& spec,
                                               const std::vector<Dependency>& dependencies) {
  if (surely_without_cycle(dependencies)) return {};
  const Graph graph(spec.nodes().size(), dependencies);
  const std::vector<std::uint32_t> group = Groups(graph).take();
  CycleSearch search(graph, group);
  // The searches of one node each cost as much as the group is large: so many edges in all.
  const std::size_t enough = 20 * dependencies.size() + 10'000;
  std::vector<std::vector<std::uint32_t>> best(graph.size());  // by group
  for (std::uint32_t node = 0; node < graph.size(); ++node) {
    std::vector<std::uint32_t>& found = best[group[node]];
    if (!found.empty() && search.looked_at() > enough) continue;
    auto cycle = search.shortest(node, found.empty() ? SIZE_MAX : found.size());
    if (!cycle.empty()) found = std::move(cycle);
  }
  std::vector<DependencyCycle> cycles;
  for (std::vector<std::uint32_t>& edges : best) {
    if (edges.empty()) continue;
    const auto waiter = [&](std::uint32_t at) { return graph.edge(at).waiter(); };
    std::rotate(edges.begin(),
                std::min_element(edges.begin(), edges.end(),
                                 [&](auto a, auto b) { return waiter(a) < waiter(b); }),
                edges.end());
    DependencyCycle& cycle = cycles.emplace_back();
    for (const std::uint32_t at : edges) cycle.push_back(graph.edge(at));
  }
  return cycles;
}

}  // namespace sdd::spec
