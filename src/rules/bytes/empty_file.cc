#include "rules/bytes/damage.h"

namespace sdd::rules {

constinit const Rule kEmptyFile = {
    .code = "SDD001",
    .name = "empty-file",
    .severity = Severity::kError,
    .fix = Safety::kRepair,
    .title = "the file is empty",
    .why =
        "A writer that was killed, a disk that was full or a power loss left a file without "
        "content. Everything that the spec said is gone from this file; a backup, git or "
        "the update log may still hold it.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"(
)"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .check = [](const DamagedFile& file, Report& report) {
      report_damage(file, json::DamageKind::kEmpty, report);
    }};

}  // namespace sdd::rules
