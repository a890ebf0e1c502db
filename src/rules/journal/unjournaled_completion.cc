#include <fmt/format.h>

#include "base/strings.h"
#include "rules/journal/missing_entry.h"
#include "rules/rule.h"
#include "spec/journal.h"

namespace sdd::rules {
namespace {
void check_unjournaled(const SpecFile& file, Report& report);
}  // namespace

constinit const Rule kUnjournaledCompletion = {
    .code = "SDD401",
    .name = "unjournaled-completion",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "a task was completed, and the journal does not tell of it yet",
    .why =
        "The journal is where people read what was done and why. A completion sets "
        "needs_journaling and the entry takes it away; as long as it stands, nobody has "
        "written down what happened. Phases and groups are a note: they close when their "
        "tasks do.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": true}},
    "task-1-2": {"type": "task", "title": "Print it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}}
  },
  "journal": [
    {"timestamp": "2026-01-02T09:00:00Z", "entry_type": "note", "title": "Begun", "author": "demo", "content": "The plan stands.", "metadata": {}}
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
    .check = check_unjournaled};

namespace {

std::string why_unjournaled(const SpecFile& file, const spec::Node& node) {
  const json::Value completed = node.metadata.completed_at;
  const std::string when =
      completed.is_string() ? " was completed at " + quote(completed.string()) : " is completed";
  const bool has_older = file.journal.first_of(node) != spec::kNoEntry;
  return when + (has_older ? ", and its journal entries are of an earlier completion"
                           : ", and no journal entry names it");
}

void check_unjournaled(const SpecFile& file, Report& report) {
  for (const spec::Node& node : file.spec.nodes()) {
    if (file.journal.fault_of(node) != spec::JournalFault::kUnjournaled) continue;
    Finding& finding = add_missing_entry(file, node, why_unjournaled(file, node), report);
    if (node.is_container()) finding.severity = Severity::kNote;
    finding.help = "write it: " + add_journal_command(file, node);
  }
}

}  // namespace

}  // namespace sdd::rules
