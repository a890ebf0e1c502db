#include <fmt/format.h>

#include "base/strings.h"
#include "json/schema.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {

constinit const Rule kIdOutsideSchema = {
    .code = "SDD214",
    .name = "id-outside-schema",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "the schema in use never looks at a node, because of its id",
    .why =
        "A schema that knows nodes by patterns of their ids takes any other member "
        "without a look. A task called task-1 where task-1-1 is expected can then hold "
        "anything, and is valid.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"},
             {"meta/sdd/schema/sdd-spec-schema.json", R"({
  "$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
  "properties": {"hierarchy": {"type": "object", "patternProperties": {
    "^spec-root$": {"type": "object"}, "^phase-[0-9]+$": {"type": "object"}, "^task-[0-9]+-[0-9]+$": {"type": "object"}
  }}}
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"},
              {"meta/sdd/schema/sdd-spec-schema.json", R"({
  "$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
  "properties": {"hierarchy": {"type": "object", "patternProperties": {
    "^spec-root$": {"type": "object"}, "^phase-[0-9]+$": {"type": "object"}, "^task-[0-9]+-[0-9]+$": {"type": "object"}
  }}}
})"}}},
    .check = [](const SpecFile& file, Report& report) {
      if (file.schema == nullptr || file.schema_is_built_in) return;
      for (const json::Value key :
           file.schema->unchecked_members("hierarchy", file.spec.hierarchy)) {
        Finding& finding = report.add(
            key, fmt::format("the schema in use never looks at {}: no pattern of it covers this id",
                             quote(key.string())));
        finding.node = key.string();
        finding.help = "ids look like phase-1, task-1-1, task-1-1-1, verify-1-1";
      }
    }};

}  // namespace sdd::rules
