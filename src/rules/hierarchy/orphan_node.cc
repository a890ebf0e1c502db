#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "rules/fixes.h"
#include "rules/hierarchy/links.h"
#include "rules/rule.h"
#include "spec/draft.h"
#include "spec/settle.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_all_listed(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kOrphanNode = {
    .code = "SDD206",
    .name = "orphan-node",
    .severity = Severity::kError,
    .fix = Safety::kUnsafe,
    .title = "a node cannot be reached from spec-root",
    .why =
        "A node that no list of children names is invisible: it is in no progress report "
        "and in no count, and its work is forgotten. Usually two updates ran at once, and "
        "the one that would have listed it was overwritten.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}},
    "task-1-2": {"type": "task", "title": "Test it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "test_a.py"}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}},
    "task-1-2": {"type": "task", "title": "Test it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "test_a.py"}}
  }
})"}}},
    .check = check_all_listed};

namespace {

// Where an id says that it belongs: task-2-1-3 below task-2-1, task-2-1 below phase-2.
const spec::Node* parent_by_id(const spec::Spec& spec, std::string_view id) {
  const std::size_t last = id.rfind('-');
  if (last == std::string_view::npos) return spec.root();
  if (const spec::Node* shorter = spec.find(id.substr(0, last))) return shorter;
  const std::size_t first = id.find('-');
  const std::size_t second = id.find('-', first + 1);
  const std::string_view number = id.substr(first + 1, second - first - 1);
  const spec::Node* phase = spec.find(fmt::format("phase-{}", number));
  return phase != nullptr ? phase : spec.root();
}

std::string why_orphaned(const spec::Spec& spec, const spec::Node& node) {
  if (const spec::Node* parent = spec.at(node.parent)) {
    return parent == &node ? "it names itself as its parent"
                           : fmt::format("its parent {} does not list it", quote(parent->id));
  }
  return node.parent_value.is_null() ? "no node lists it, and its parent is null"
                                     : "no node lists it as a child";
}

// Whether another rule says why nobody lists the node: the parent that it names does not exist
// (SDD203), is no object (SDD212), or has no children member at all (SDD208).
bool is_fault_of_parent(const spec::Spec& spec, const spec::Node& node) {
  if (const spec::Node* parent = spec.at(node.parent)) return !parent->children_value;
  return node.parent_value && !node.parent_value.is_null();
}

spec::Changes put_below(const spec::Spec& spec, const spec::Node& node, const spec::Node& home) {
  const std::string id = spec::json_text(node.id);
  spec::Changes changes = {
      spec::add_item(spec::node_path(home, "children"), id, json::Snippet{id})};
  if (spec.at(node.parent) == &home) return changes;
  changes.push_back(set_member(node, "parent", node.parent_value, spec::json_text(home.id)));
  return changes;
}

// A node that a node lists hangs on that one: it is reached, or it lies below another orphan, or on
// a circle (SDD207). So only the tops of detached pieces are orphans: nodes that nobody lists.
void check_all_listed(const spec::Spec& spec, Report& report) {
  if (spec.root() == nullptr) return;
  const std::vector<std::uint32_t> listers = first_listers(spec);
  std::optional<std::vector<bool>> reached;
  for (const spec::Node& node : spec.nodes()) {
    if (listers[spec.index_of(node)] != spec::kNoNode || &node == spec.root()) continue;
    if (node.hidden || !node.value.is_object() || is_fault_of_parent(spec, node)) continue;
    if (!reached) reached = reached_from_root(spec, false);

    Finding& finding = report.add(node, fmt::format("{} cannot be reached from 'spec-root': {}",
                                                    quote(node.id), why_orphaned(spec, node)));
    const spec::Node* home = spec.at(node.parent);
    if (home == nullptr) home = parent_by_id(spec, node.id);
    if (!(*reached)[spec.index_of(*home)]) continue;  // a circle, or another orphan's to say
    if (!home->children_value.is_array()) continue;
    finding.fix = node_fix(node, Safety::kUnsafe,
                           fmt::format("put it last into the children of {}", quote(home->id)),
                           put_below(spec, node, *home));
  }
}

}  // namespace

}  // namespace sdd::rules
