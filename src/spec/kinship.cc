// 1. Order: a depth-first walk from each node that was not met yet, with a stack of our own; a
//    node is appended when its last child is. A chain of 100,000 nodes is no deeper than one.
// 2. Bonds: a child that stands behind its parent in that order is its ancestor. A mark at each
//    child, "listed last by", tells repetitions.
// 3. Gaps: nodes whose parent does not list them.
// Each step is linear in nodes and lists.
#include "spec/kinship.h"

namespace sdd::spec {

Kinship::Kinship(const Spec& spec) {
  find_order(spec);
  find_bonds(spec);
  find_gaps(spec);
}

void Kinship::find_order(const Spec& spec) {
  struct Step {
    std::uint32_t node;
    std::uint32_t next_child;
  };
  const auto count = static_cast<std::uint32_t>(spec.nodes().size());
  children_first_.reserve(count);
  std::vector<bool> met(count, false);
  std::vector<Step> open;
  for (std::uint32_t start = 0; start < count; ++start) {
    if (met[start]) continue;
    met[start] = true;
    open.push_back({start, 0});
    while (!open.empty()) {
      Step& step = open.back();
      const auto children = spec.children(spec.nodes()[step.node]);
      if (step.next_child == children.size()) {
        children_first_.push_back(step.node);
        open.pop_back();
        continue;
      }
      const std::uint32_t child = children[step.next_child++].node;
      if (child == kNoNode || met[child]) continue;
      met[child] = true;
      open.push_back({child, 0});
    }
  }
}

void Kinship::find_bonds(const Spec& spec) {
  const std::size_t count = spec.nodes().size();
  std::size_t listed = 0;
  for (const Node& node : spec.nodes()) listed += node.child_count;
  bonds_.assign(listed, Bond::kUnknown);
  std::vector<bool> seen(count, false);
  std::vector<std::uint32_t> last_lister(count, kNoNode);
  for (const std::uint32_t index : children_first_) {
    const Node& node = spec.nodes()[index];
    std::size_t position = node.first_child;
    for (const Child& entry : spec.children(node)) {
      Bond& bond = bonds_[position++];
      const Node* child = spec.at(entry.node);
      if (child == nullptr || !seen[entry.node] || !child->value.is_object()) continue;
      const bool repeated = last_lister[entry.node] == index;
      const bool elsewhere = child->parent != kNoNode && child->parent != index;
      bond = repeated ? Bond::kRepeated : elsewhere ? Bond::kElsewhere : Bond::kSure;
      last_lister[entry.node] = index;
    }
    seen[index] = true;
  }
}

void Kinship::find_gaps(const Spec& spec) {
  const std::size_t count = spec.nodes().size();
  may_lack_children_.assign(count, false);
  std::vector<bool> listed(count, false);
  for (std::uint32_t index = 0; index < count; ++index) {
    const Node& node = spec.nodes()[index];
    if (!node.children_value.is_array()) may_lack_children_[index] = true;
    if (node.hidden) continue;
    for (const Child& entry : spec.children(node)) {
      const Node* child = spec.at(entry.node);
      if (child != nullptr && child->parent == index) listed[entry.node] = true;
    }
  }
  for (std::uint32_t index = 0; index < count; ++index) {
    const Node& node = spec.nodes()[index];
    if (node.parent == kNoNode || listed[index] || node.hidden) continue;
    may_lack_children_[node.parent] = true;
  }
}

}  // namespace sdd::spec
