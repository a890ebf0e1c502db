// What the fixes of rules about specs are made of: Changes of a node, and what becomes of a fix
// that cannot be addressed.
//
//   finding.fix = node_fix(node, Safety::kSafe, "set parent to null",
//                          {set_member(node, "parent", node.parent_value, "null")});
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "json/tree.h"
#include "rules/finding.h"
#include "spec/change.h"
#include "spec/spec.h"

namespace sdd::rules {

// A member of the node that is `before` (missing: there is none) becomes `after`, a JSON text.
spec::Change set_member(const spec::Node& node, std::string_view member, json::Value before,
                        std::string after);
// The same for what follows from other statements: a count, the status of a parent.
spec::Change set_derived(const spec::Node& node, std::string_view member, json::Value before,
                         std::string after);

// Takes elements out of lists of children. Keeps the last list's identities: of a long list with
// many faults they are found once.
class ChildRemoval {
 public:
  // The element at `position` of the node's children, which are a list, goes.
  spec::Change of(const spec::Node& node, std::size_t position);

 private:
  json::Value list_;
  std::vector<std::string> keys_;
  std::vector<json::Value> elements_;
};

// A fix about a node. Changes name a node by its id, so one that is hidden by another of the same
// id (SDD010) cannot be fixed: then it is a plan.
Fix node_fix(const spec::Node& node, Safety safety, std::string title, spec::Changes changes);

}  // namespace sdd::rules
