#include <fmt/format.h>

#include <string>

#include "base/strings.h"
#include "rules/fixes.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {

constinit const Rule kRootHasParent = {
    .code = "SDD202",
    .name = "root-has-parent",
    .severity = Severity::kError,
    .fix = Safety::kSafe,
    .title = "spec-root names a parent",
    .why =
        "spec-root is the top of the tree. A parent above it means that a program took it "
        "for a task, and whoever walks up from a task runs past the top.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": "phase-1", "children": ["phase-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "phase-1": {"type": "phase", "title": "Build", "status": "pending", "parent": "spec-root", "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "phase-1", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["phase-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "phase-1": {"type": "phase", "title": "Build", "status": "pending", "parent": "spec-root", "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "phase-1", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .check = [](const spec::Spec& spec, Report& report) {
      if (spec.root() == nullptr) return;
      const json::Value parent = spec.root()->parent_value;
      if (!parent || parent.is_null()) return;
      const std::string what =
          parent.is_string() ? quote(parent.string()) : kind_name(parent.kind());
      Finding& finding =
          report.add(parent, fmt::format("the parent of 'spec-root' is {}, not null", what));
      finding.node = spec.root()->id;
      finding.fix = node_fix(*spec.root(), Safety::kSafe, "set parent to null",
                             {set_member(*spec.root(), "parent", parent, "null")});
    }};

}  // namespace sdd::rules
