#include "rules/bytes/damage.h"

namespace sdd::rules {

constinit const Rule kInvalidUtf8 = {
    .code = "SDD007",
    .name = "invalid-utf8",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "the file is not UTF-8",
    .why =
        "JSON is UTF-8 (RFC 8259). A byte that is none was written in another encoding such "
        "as Latin-1, or a character was cut in two; no reader can tell which letter was "
        "meant.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json",
              "{\n  \"spec_id\": \"demo-2026-01-02-001\", \"title\": \"Caf\xE9 menu\", "
              "\"hierarchy\": {}\n}\n"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .check = [](const DamagedFile& file, Report& report) {
      report_damage(file, json::DamageKind::kInvalidUtf8, report);
    }};

}  // namespace sdd::rules
