#include "rules/bytes/damage.h"

namespace sdd::rules {

constinit const Rule kOverLimit = {
    .code = "SDD011",
    .name = "over-limit",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "the file is larger, deeper or denser than any spec",
    .why =
        "Nesting deeper than 512 levels, more than 64 MiB, more than 100,000 nodes, or a "
        "number that fits neither 64 bits nor a double: no spec is like that, but a broken "
        "or hostile file can be, and reading it would cost memory and time without an end.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 18446744073709551616, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
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
    .check = [](const DamagedFile& file, Report& report) {
      report_damage(file, json::DamageKind::kOverLimit, report);
    }};

}  // namespace sdd::rules
