// 1. A stack holds what is still to be visited; children go onto it last first.
// 2. A node is marked when it is taken off, so a second list entry or a cycle finds it done.
#include "spec/outline.h"

namespace sdd::spec {
namespace {

class Walk {
 public:
  explicit Walk(const Spec& spec) : spec_(spec), seen_(spec.nodes().size(), false) {}

  void visit(const Node& top, bool in_tree) {
    stack_.push_back({&top, 0, in_tree});
    while (!stack_.empty()) {
      const OutlineItem item = stack_.back();
      stack_.pop_back();
      if (seen(*item.node)) continue;
      seen_[spec_.index_of(*item.node)] = true;
      items.push_back(item);
      const auto children = spec_.children(*item.node);
      for (std::size_t i = children.size(); i-- > 0;) {
        const Node* child = spec_.at(children[i].node);
        if (child != nullptr && !seen(*child)) stack_.push_back({child, item.depth + 1, in_tree});
      }
    }
  }

  bool seen(const Node& node) const { return seen_[spec_.index_of(node)]; }

  std::vector<OutlineItem> items;

 private:
  const Spec& spec_;
  std::vector<bool> seen_;
  std::vector<OutlineItem> stack_;
};

}  // namespace

std::vector<OutlineItem> outline(const Spec& spec) {
  Walk walk(spec);
  if (spec.root() != nullptr) walk.visit(*spec.root(), true);
  for (const Node& node : spec.nodes()) {
    if (!node.hidden && spec.at(node.parent) == nullptr) walk.visit(node, false);
  }
  for (const Node& node : spec.nodes()) {
    if (!node.hidden) walk.visit(node, false);
  }
  return std::move(walk.items);
}

std::vector<OutlineItem> outline_below(const Spec& spec, const Node& top) {
  Walk walk(spec);
  walk.visit(top, true);
  return std::move(walk.items);
}

std::vector<const Node*> phases(const Spec& spec) {
  std::vector<const Node*> phases;
  for (const OutlineItem& item : outline(spec)) {
    if (item.node->type == NodeType::kPhase) phases.push_back(item.node);
  }
  return phases;
}

std::string_view title_of(const Spec& spec) {
  std::string_view title = spec.title.string();
  if (title.empty()) title = spec.metadata.find("title").string();
  if (title.empty() && spec.root() != nullptr) title = spec.root()->title.string();
  return title;
}

std::string_view status_word(const Node& node) { return node.status_value.string(); }
std::string_view type_word(const Node& node) { return node.type_value.string(); }

}  // namespace sdd::spec
