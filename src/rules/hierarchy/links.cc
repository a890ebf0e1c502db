// Circles are found by one depth-first search with its own stack: a link to a node that is on the
// stack closes a circle.
//
// 1. Search from the root. In a sound file that reaches everything, and nothing else is done.
// 2. Search from what nobody lists: the tops of detached pieces.
// 3. What is left hangs below detached circles: search from the first of it, again and again.
#include "rules/hierarchy/links.h"

#include <algorithm>
#include <set>
#include <utility>

namespace sdd::rules {
namespace {

using spec::kNoNode;

class CycleSearch {
 public:
  CycleSearch(const spec::Spec& spec, const CycleFound& found)
      : spec_(spec), found_(found), depth_(spec.nodes().size(), kNew), left_(depth_.size()) {}

  bool done() const { return left_ == 0; }

  void from(std::uint32_t start) {
    if (depth_[start] != kNew) return;
    enter(start);
    while (!path_.empty()) {
      const spec::Node& node = spec_.nodes()[path_.back()];
      if (next_.back() == node.child_count) {
        depth_[path_.back()] = kLeft;
        path_.pop_back();
        next_.pop_back();
        continue;
      }
      follow(spec_.children(node)[next_.back()++]);
    }
  }

 private:
  static constexpr std::uint32_t kNew = UINT32_MAX;
  static constexpr std::uint32_t kLeft = UINT32_MAX - 1;

  void enter(std::uint32_t node) {
    depth_[node] = static_cast<std::uint32_t>(path_.size());
    path_.push_back(node);
    next_.push_back(0);
    --left_;
  }

  void follow(const spec::Child& child) {
    if (child.node == kNoNode || depth_[child.node] == kLeft) return;
    if (depth_[child.node] == kNew) {
      enter(child.node);
    } else if (told_.emplace(path_.back(), child.node).second) {
      found_(std::span(path_).subspan(depth_[child.node]), child);
    }
  }

  const spec::Spec& spec_;
  const CycleFound& found_;
  std::vector<std::uint32_t> depth_;  // a node's place on the path, or kNew, kLeft
  std::size_t left_;                  // nodes that are new
  std::vector<std::uint32_t> path_;
  std::vector<std::uint32_t> next_;  // the next child of each node of the path
  std::set<std::pair<std::uint32_t, std::uint32_t>> told_;
};

}  // namespace

std::vector<std::uint32_t> first_listers(const spec::Spec& spec) {
  std::vector<std::uint32_t> listers(spec.nodes().size(), kNoNode);
  for (const spec::Node& node : spec.nodes()) {
    for (const spec::Child& child : spec.children(node)) {
      if (child.node != kNoNode && listers[child.node] == kNoNode) {
        listers[child.node] = spec.index_of(node);
      }
    }
  }
  return listers;
}

std::vector<std::uint32_t> children_without_node(const spec::Spec& spec, const spec::Node& node) {
  const std::span<const spec::Child> children = spec.children(node);
  std::vector<std::uint32_t> positions;
  for (std::uint32_t i = 0; i < children.size(); ++i) {
    if (children[i].node == kNoNode && children[i].value.is_string()) positions.push_back(i);
  }
  const auto key = [&](std::uint32_t at) { return std::pair(children[at].value.string(), at); };
  std::sort(positions.begin(), positions.end(),
            [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  return positions;
}

std::vector<bool> reached_from_root(const spec::Spec& spec, bool agreed) {
  std::vector<bool> reached(spec.nodes().size(), false);
  if (spec.root() == nullptr) return reached;
  std::vector<std::uint32_t> open = {spec.index_of(*spec.root())};
  reached[open[0]] = true;
  while (!open.empty()) {
    const std::uint32_t lister = open.back();
    open.pop_back();
    for (const spec::Child& child : spec.children(spec.nodes()[lister])) {
      if (child.node == kNoNode || reached[child.node]) continue;
      if (agreed && spec.nodes()[child.node].parent != lister) continue;
      reached[child.node] = true;
      open.push_back(child.node);
    }
  }
  return reached;
}

void for_each_cycle(const spec::Spec& spec, const CycleFound& found) {
  CycleSearch search(spec, found);
  if (spec.root() != nullptr) search.from(spec.index_of(*spec.root()));
  if (search.done()) return;
  const std::vector<std::uint32_t> listers = first_listers(spec);
  const auto from_all = [&](bool listed) {
    for (std::uint32_t i = 0; i < listers.size(); ++i) {
      if (!spec.nodes()[i].hidden && (listers[i] != kNoNode) == listed) search.from(i);
    }
  };
  from_all(false);
  from_all(true);
}

}  // namespace sdd::rules
