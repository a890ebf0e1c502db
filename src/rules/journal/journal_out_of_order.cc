#include <cstdint>
#include <optional>

#include "base/strings.h"
#include "base/time.h"
#include "rules/journal/stamp.h"
#include "rules/rule.h"
#include "spec/journal.h"

namespace sdd::rules {
namespace {
void check_order(const SpecFile& file, Report& report);
}  // namespace

constinit const Rule kJournalOutOfOrder = {
    .code = "SDD405",
    .name = "journal-out-of-order",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "the times of the journal go backward",
    .why =
        "The journal only grows at its end. An entry that is older than the one before it was "
        "put in later, has a wrong time, or comes from a merge that joined two versions of "
        "the file.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}},
    "task-1-2": {"type": "task", "title": "Print it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}}
  },
  "journal": [
    {"timestamp": "2026-01-02T12:00:00Z", "entry_type": "note", "title": "Begun", "author": "demo", "content": "See the log.", "metadata": {}},
    {"timestamp": "2026-01-02T09:00:00Z", "entry_type": "note", "title": "Planned", "author": "demo", "content": "See the log.", "metadata": {}},
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"}
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
    {"timestamp": "2026-01-02T09:00:00Z", "entry_type": "note", "title": "Planned", "author": "demo", "content": "See the log.", "metadata": {}},
    {"timestamp": "2026-01-02T12:00:00Z", "entry_type": "note", "title": "Begun", "author": "demo", "content": "See the log.", "metadata": {}},
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"}
  ]
})"}}},
    .check = check_order};

namespace {

// Each entry against the one before it that tells a time: one wrong time in a row of right ones is
// told once. A time beyond last_updated is SDD410's matter; what follows it is not out of order for
// that.
void check_order(const SpecFile& file, Report& report) {
  const std::vector<spec::JournalEntry>& journal = file.spec.journal();
  const auto stamp = parse_rfc3339(file.spec.last_updated.string());
  std::optional<std::uint32_t> before;
  for (std::uint32_t i = 0; i < journal.size(); ++i) {
    const auto at = file.journal.time(i);
    if (!at) continue;
    if (before && *at < *file.journal.time(*before) &&
        !(stamp && is_after_stamp(*file.journal.time(*before), *stamp))) {
      const json::Value earlier = journal[*before].timestamp();
      Finding& finding = report.add(journal[i].timestamp(),
                                    "the entry is of " + quote(journal[i].timestamp().string()) +
                                        ", the one before it of " + quote(earlier.string()));
      finding.related.push_back({earlier.span(), "the entry before it"});
    }
    before = i;
  }
}

}  // namespace

}  // namespace sdd::rules
