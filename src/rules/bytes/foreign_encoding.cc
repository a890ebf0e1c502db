#include "rules/bytes/damage.h"

namespace sdd::rules {

constinit const Rule kForeignEncoding = {
    .code = "SDD008",
    .name = "foreign-encoding",
    .severity = Severity::kError,
    .fix = Safety::kSafe,
    .title = "the file begins with a byte order mark, or is UTF-16 or UTF-32",
    .why =
        "Readers of JSON need not accept a byte order mark (RFC 8259, 8.1), and most refuse "
        "it; UTF-16 and UTF-32 none of the tools around a spec can read. A UTF-8 mark can "
        "be removed without changing a letter.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json",
              "\xEF\xBB\xBF"
              R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
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
      report_damage(file, json::DamageKind::kForeignEncoding, report);
    }};

}  // namespace sdd::rules
