#include <fmt/format.h>

#include <vector>

#include "base/strings.h"
#include "json/schema.h"
#include "rules/node_around.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {

constinit const Rule kSchemaViolation = {
    .code = "SDD101",
    .name = "schema-violation",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "the document does something that its schema does not allow",
    .why =
        "The schema says which members a spec has and of which kind each is; programs "
        "rely on it without asking again. Every violation is told, each at the value that "
        "is wrong, unless a rule of its own speaks about that value.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z", "metadata": {"objectives": "one text, not a list"},
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z", "metadata": {"objectives": ["one text in a list"]},
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .check = [](const SpecFile& file, Report& report) {
      if (file.schema == nullptr) return;
      std::vector<json::Violation> violations;
      file.schema->validate(file.spec.root_value(), violations);
      for (const json::Violation& violation : violations) {
        Finding& finding =
            violation.missing.empty()
                ? report.add(violation.instance, violation.message)
                : report.add_missing(violation.instance, violation.missing, violation.message);
        finding.node = node_around(file.spec, violation.instance);
        finding.help = fmt::format("the schema says so at {}", printable(violation.schema_pointer));
      }
    }};

}  // namespace sdd::rules
