

#include "rules/journal/missing_entry.h"
#include "rules/rule.h"
#include "spec/journal.h"

namespace sdd::rules {
namespace {
void check_traces(const SpecFile& file, Report& report);
}  // namespace

constinit const Rule kCompletionWithoutTrace = {
    .code = "SDD409",
    .name = "completion-without-trace",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "a task is completed, and neither flag nor entry tells of it",
    .why =
        "The status was set by hand, or by a program that keeps no journal: when it was done, "
        "by whom and with what result stands nowhere. In a spec that keeps no journal at all "
        "it is a note.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py"}},
    "task-1-2": {"type": "task", "title": "Print it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}}
  },
  "journal": [
    {"timestamp": "2026-01-02T09:00:00Z", "entry_type": "note", "title": "Begun", "author": "demo", "content": "See the log.", "metadata": {}}
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
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"}
  ]
})"}}},
    .check = check_traces};

namespace {

void check_traces(const SpecFile& file, Report& report) {
  const bool keeps_journal = !file.spec.journal().empty();
  for (const spec::Node& node : file.spec.nodes()) {
    if (file.journal.fault_of(node) != spec::JournalFault::kNoTrace) continue;
    Finding& finding = add_missing_entry(
        file, node, " is completed, and neither a flag nor a journal entry tells of it", report);
    if (!keeps_journal) finding.severity = Severity::kNote;
    finding.help = "write it: " + add_journal_command(file, node);
  }
}

}  // namespace

}  // namespace sdd::rules
