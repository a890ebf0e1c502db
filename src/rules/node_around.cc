#include "rules/node_around.h"

#include <algorithm>

namespace sdd::rules {

std::string_view node_around(const spec::Spec& spec, json::Value value) {
  // Nodes stand in file order, so their keys' positions ascend.
  const auto after = std::upper_bound(
      spec.nodes().begin(), spec.nodes().end(), value.index(),
      [](std::uint32_t index, const spec::Node& node) { return index < node.key.index(); });
  if (after == spec.nodes().begin()) return {};
  const spec::Node& node = *std::prev(after);
  return value.span().begin < node.value.span().end ? node.id : std::string_view();
}

}  // namespace sdd::rules
