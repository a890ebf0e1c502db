#include "rules/fixes.h"

#include <utility>

#include "spec/lists.h"
#include "spec/settle.h"

namespace sdd::rules {

spec::Change set_member(const spec::Node& node, std::string_view member, json::Value before,
                        std::string after) {
  std::optional<json::Snippet> old;
  if (before) old = json::Snippet{std::string(before.raw()), true};
  return spec::change_member(spec::node_path(node, member), std::move(old),
                             json::Snippet{std::move(after)});
}

spec::Change set_derived(const spec::Node& node, std::string_view member, json::Value before,
                         std::string after) {
  spec::Change change = set_member(node, member, before, std::move(after));
  change.derived = true;
  return change;
}

spec::Change ChildRemoval::of(const spec::Node& node, std::size_t position) {
  if (list_ != node.children_value) {
    list_ = node.children_value;
    keys_ = spec::item_keys(spec::ListKind::kTexts, list_);
    elements_.clear();
    for (const json::Value element : list_.elements()) elements_.push_back(element);
  }
  const spec::Spot spot = position == 0 ? spec::Spot{spec::Spot::At::kFirst, ""}
                                        : spec::Spot{spec::Spot::At::kBehind, keys_[position - 1]};
  return spec::remove_item(spec::node_path(node, "children"), keys_[position],
                           json::Snippet{std::string(elements_[position].raw()), true}, spot);
}

Fix node_fix(const spec::Node& node, Safety safety, std::string title, spec::Changes changes) {
  if (node.hidden) return {Safety::kPlan, std::move(title)};
  return {safety, std::move(title), std::move(changes)};
}

}  // namespace sdd::rules
