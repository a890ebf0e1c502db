#include "repair/soundness.h"

#include <algorithm>
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

bool lacks_a_member(json::Value node, json::Value other) {
  const auto lacks = [](json::Value object, json::Value full) {
    const auto members = full.members();
    return std::any_of(members.begin(), members.end(), [object](const json::Member member) {
      return !object.find(member.key.string());
    });
  };
  if (lacks(node, other)) return true;
  const auto members = other.members();
  return std::any_of(members.begin(), members.end(), [&](const json::Member member) {
    return lacks(node.find(member.key.string()), member.value);
  });
}

bool changes_a_kind(json::Value node, json::Value other) {
  const auto differs = [](json::Value a, json::Value b) {
    return a && b && (a.is_object() != b.is_object() || a.is_array() != b.is_array());
  };
  for (const json::Member member : other.members()) {
    const json::Value own = node.find(member.key.string());
    if (differs(own, member.value)) return true;
    for (const json::Member inner : member.value.members()) {
      if (differs(own.find(inner.key.string()), inner.value)) return true;
    }
  }
  return false;
}

}  // namespace sdd::repair
