#include "rules/bytes/damage.h"

namespace sdd::rules {

constinit const Rule kTrailingFragment = {
    .code = "SDD003",
    .name = "trailing-fragment",
    .severity = Severity::kError,
    .fix = Safety::kRepair,
    .title = "bytes of another document follow a complete one",
    .why =
        "Two writers used one temporary file without a lock: the shorter document was "
        "written over the longer one, and the tail of the longer one stays behind it. This "
        "is the most frequent real damage; the first document is whole, and the tail may "
        "hold journal entries that it lacks.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
}ompleted_tasks": 0, "metadata": {"file_path": "a.py"}}
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
      report_damage(file, json::DamageKind::kTrailing, report);
    }};

}  // namespace sdd::rules
