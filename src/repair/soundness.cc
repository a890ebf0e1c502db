#include "repair/soundness.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "spec/counts.h"
#include "spec/kinship.h"
#include "spec/roll_up.h"
#include "spec/spec.h"

namespace sdd::repair {
namespace {

bool has_sure_children(const spec::Kinship& kin, const spec::Node& node, std::uint32_t index) {
  if (kin.may_lack_children(index)) return false;
  for (std::size_t i = 0; i < node.child_count; ++i) {
    if (kin.bond(node, i) != spec::Bond::kSure) return false;
  }
  return true;
}

bool has_every_member(const spec::Node& node) {
  return node.type_value && node.title && node.status_value && node.parent_value &&
         node.children_value && node.total && node.completed && node.metadata_value;
}

}  // namespace

std::set<std::string> unsound_nodes(const json::Tree& document) {
  const spec::Spec spec(document);
  const spec::Kinship kin(spec);
  const std::vector<spec::NodeCounts> counts = spec::check_counts(spec);
  const std::vector<spec::NodeStatus> statuses = spec::check_statuses(spec);
  std::set<std::string> unsound;
  for (const spec::Node& node : spec.nodes()) {
    const std::uint32_t index = spec.index_of(node);
    const bool adds_up = !counts[index].total.is_wrong && !counts[index].completed.is_wrong;
    const bool closed_early = statuses[index].fault == spec::StatusFault::kClosedTooEarly;
    if (!has_every_member(node) || !adds_up || closed_early ||
        !has_sure_children(kin, node, index)) {
      unsound.emplace(node.id);
    }
  }
  return unsound;
}

}  // namespace sdd::repair
