#include <fmt/format.h>

#include "base/strings.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {

constinit const Rule kNodeNotAnObject = {
    .code = "SDD212",
    .name = "node-not-an-object",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "what stands under a node id is no object",
    .why =
        "A node is an object with a type, a title and a status. A text or null in its "
        "place is all that is left of the work, and many programs stop at it.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}},
    "task-1-2": null
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .check = [](const spec::Spec& spec, Report& report) {
      for (const spec::Node& node : spec.nodes()) {
        if (node.value.is_object()) continue;
        report
            .add(node.value, fmt::format("{} is {}, not an object", quote(node.id),
                                         kind_name(node.value.kind())))
            .node = node.id;
      }
    }};

}  // namespace sdd::rules
