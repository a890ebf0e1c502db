#include "rules/bytes/damage.h"

namespace sdd::rules {

namespace {

// The title is lost in a run of NUL bytes.
constexpr char kHole[] =
    "{\n  \"spec_id\": \"demo-2026-01-02-001\", \"title\": \"Demo"
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
    "\"hierarchy\": {}\n}\n";

}  // namespace

constinit const Rule kNulHole = {
    .code = "SDD005",
    .name = "nul-hole",
    .severity = Severity::kError,
    .fix = Safety::kRepair,
    .title = "the file has a hole of NUL bytes",
    .why =
        "A writer was killed between two flushes, or the power failed before the pages "
        "reached the disk: the file has its length, but not its content. What stood in the "
        "hole is gone from this file.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", {kHole, sizeof kHole - 1}}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .check = [](const DamagedFile& file, Report& report) {
      report_damage(file, json::DamageKind::kNulHole, report);
    }};

}  // namespace sdd::rules
