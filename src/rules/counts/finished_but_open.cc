#include "base/strings.h"
#include "rules/rule.h"
#include "spec/roll_up.h"
#include "spec/spec.h"

namespace sdd::rules {

constinit const Rule kFinishedButOpen = {
    .code = "SDD308",
    .name = "finished-but-open",
    .severity = Severity::kWarning,
    .fix = Safety::kPlan,
    .title = "the spec is complete, and still lies in active/ or pending/",
    .why =
        "A spec in these folders is read as work to do. Closing it also records the day on which "
        "it was completed.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "completed", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"}
  ]
})"}}},
    .good = {{{"specs/completed/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "completed", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"}
  ]
})"}}},
    .check = [](const SpecFile& file, Report& report) {
      const std::string_view folder = file.place.status_folder;
      if (folder != "active" && folder != "pending") return;
      if (!spec::says_complete(file.spec)) return;
      if (spec::completion(file.spec) != spec::Completion::kComplete) return;
      const spec::Node& root = *file.spec.root();
      Finding& finding =
          report.add(root.status_value,
                     "spec-root is completed (" + std::to_string(*root.completed) + " of " +
                         std::to_string(*root.total) + " tasks), but the spec still lies in " +
                         std::string(folder) + "/");
      finding.node = root.id;
      finding.fix = Fix{Safety::kPlan, "close it: sdd complete-spec " + printable(file.place.stem)};
    }};

}  // namespace sdd::rules
