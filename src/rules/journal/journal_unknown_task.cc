

#include "base/strings.h"
#include "rules/nearest_id.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_named_tasks(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kJournalUnknownTask = {
    .code = "SDD404",
    .name = "journal-unknown-task",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "a journal entry names a task that does not exist",
    .why =
        "What the entry tells belongs to no task: whoever reads the journal of a task will "
        "not find it. Either the id is mistyped, or the task was removed or renamed, or an "
        "older copy of the hierarchy was written over a newer one.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}},
    "task-1-2": {"type": "task", "title": "Print it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"},
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "note", "title": "Ink is short", "author": "demo", "content": "Ordered some.", "metadata": {}, "task_id": "task-1-3"}
  ]
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}},
    "task-1-2": {"type": "task", "title": "Print it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"},
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "note", "title": "Ink is short", "author": "demo", "content": "Ordered some.", "metadata": {}, "task_id": "task-1-2"}
  ]
})"}}},
    .check = check_named_tasks};

namespace {

void check_named_tasks(const spec::Spec& spec, Report& report) {
  if (spec.nodes().empty()) return;  // the hierarchy is missing, not the task
  NearestId nearest(spec);
  for (const spec::JournalEntry& entry : spec.journal()) {
    const json::Value task = entry.task_id();
    if (!task.is_string() || spec.find(task.string()) != nullptr) continue;
    Finding& finding =
        report.add(task, "the entry names " + quote(task.string()) + ", which does not exist");
    finding.help = nearest.question(task.string());
  }
}

}  // namespace

}  // namespace sdd::rules
