#include <optional>

#include "rules/rule.h"
#include "spec/kinship.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_containers(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kEmptyContainer = {
    .code = "SDD310",
    .name = "empty-container",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "a phase or group has no children",
    .why =
        "It stands in the plan without any work in it: either its tasks were never written down, "
        "or they were lost. It can be neither worked on nor, by any task, completed.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["phase-1", "task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "phase-1": {"type": "phase", "title": "Prepare", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 0, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["phase-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "phase-1": {"type": "phase", "title": "Prepare", "status": "pending", "parent": "spec-root", "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "phase-1", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .check = check_containers};

namespace {

// A container that a node names as its parent has lost that child (SDD206), it is not empty.
void check_containers(const spec::Spec& spec, Report& report) {
  std::optional<spec::Kinship> kin;
  for (const spec::Node& node : spec.nodes()) {
    const bool holds_tasks =
        node.type == spec::NodeType::kPhase || node.type == spec::NodeType::kGroup;
    if (!holds_tasks || node.child_count != 0 || node.hidden) continue;
    if (!kin) kin.emplace(spec);
    if (kin->may_lack_children(spec.index_of(node))) continue;
    Finding& finding = report.add(node.children_value,
                                  "the " + std::string(to_string(*node.type)) + " has no children");
    finding.node = node.id;
    finding.help = "write down its tasks, or take it out of the plan";
  }
}

}  // namespace

}  // namespace sdd::rules
