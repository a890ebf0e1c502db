#include <fmt/format.h>

#include "base/strings.h"
#include "rules/journal/missing_entry.h"
#include "rules/rule.h"
#include "spec/journal.h"

namespace sdd::rules {
namespace {
void check_lost_entries(const SpecFile& file, Report& report);
}  // namespace

constinit const Rule kLostJournalEntry = {
    .code = "SDD402",
    .name = "lost-journal-entry",
    .severity = Severity::kError,
    .fix = Safety::kRepair,
    .title = "a node says that it was journaled, and the entry is not there",
    .why =
        "The entry and the flag are written together; where an entry exists, it lies within "
        "two seconds of journaled_at. When it is gone, a second writer has put an older copy "
        "over the file, and whatever else it wrote may be gone, too. Nothing else shows it: "
        "the file is valid and every count is right.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}},
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
    .check = check_lost_entries};

namespace {

std::string why_lost(const SpecFile& file, const spec::Node& node) {
  const json::Value journaled = node.metadata.journaled_at;
  const bool has_entries = file.journal.first_of(node) != spec::kNoEntry;
  const char* lacks =
      has_entries ? "its journal entries are of other times" : "no journal entry names it";
  if (!journaled.is_string()) return fmt::format(" says that it was journaled, but {}", lacks);
  return fmt::format(" says that it was journaled at {}, but {}", quote(journaled.string()), lacks);
}

void check_lost_entries(const SpecFile& file, Report& report) {
  for (const spec::Node& node : file.spec.nodes()) {
    if (file.journal.fault_of(node) != spec::JournalFault::kLostEntry) continue;
    Finding& finding = add_missing_entry(file, node, why_lost(file, node), report);
    if (node.status != spec::Status::kCompleted) finding.severity = Severity::kNote;
    finding.help = "an update was lost; if nobody has the entry any more, write a new one: " +
                   add_journal_command(file, node);
    finding.fix =
        Fix{Safety::kRepair, "look for the entry: sdd repair " + shell_word(file.place.stem)};
  }
}

}  // namespace

}  // namespace sdd::rules
