#include "base/strings.h"
#include "rules/rule.h"
#include "spec/roll_up.h"
#include "spec/spec.h"

namespace sdd::rules {

constinit const Rule kClosedWithOpenWork = {
    .code = "SDD307",
    .name = "closed-with-open-work",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "the spec lies in completed/, and its work is not done",
    .why =
        "Nobody looks for work in that folder: what is still open there is forgotten. It comes "
        "about when the file is moved by hand before the last task is closed.",
    .bad = {{{"specs/completed/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}},
    "task-1-2": {"type": "task", "title": "Try it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}}
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
      if (file.place.status_folder != "completed") return;
      if (spec::says_complete(file.spec)) return;
      if (spec::completion(file.spec) != spec::Completion::kOpen) return;
      const spec::Node& root = *file.spec.root();
      const bool closed = root.status == spec::Status::kCompleted;
      Finding& finding = report.add(closed ? root.completed_value : root.status_value,
                                    "the spec lies in completed/, but spec-root is " +
                                        std::string(to_string(*root.status)) + " (" +
                                        std::to_string(*root.completed) + " of " +
                                        std::to_string(*root.total) + " tasks completed)");
      finding.node = root.id;
      finding.help = "complete what is open, or move the spec back: sdd move-spec " +
                     printable(file.place.stem) + " active";
    }};

}  // namespace sdd::rules
