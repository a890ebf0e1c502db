#include "rules/bytes/damage.h"

namespace sdd::rules {

constinit const Rule kConflictMarkers = {
    .code = "SDD006",
    .name = "conflict-markers",
    .severity = Severity::kError,
    .fix = Safety::kRepair,
    .title = "a merge left its conflict markers",
    .why =
        "Git could not join two versions and left both in the file, between `<<<<<<<`, "
        "`=======` and `>>>>>>>`. The file is no JSON until a merge that understands specs, "
        "or a person, joins them.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
<<<<<<< HEAD
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T08:00:00Z",
=======
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T09:30:00Z",
>>>>>>> topic
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
      report_damage(file, json::DamageKind::kConflictMarkers, report);
    }};

}  // namespace sdd::rules
