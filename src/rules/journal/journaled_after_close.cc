#include <fmt/format.h>
#include <cstdint>

#include "base/strings.h"
#include "base/time.h"
#include "rules/rule.h"
#include "spec/journal.h"

namespace sdd::rules {
namespace {
void check_after_close(const SpecFile& file, Report& report);
}  // namespace

constinit const Rule kJournaledAfterClose = {
    .code = "SDD412",
    .name = "journaled-after-close",
    .severity = Severity::kNote,
    .fix = Safety::kNone,
    .title = "the journal goes on after the spec was closed",
    .why =
        "Often this is right: somebody adds how it went in production. It can also mean that "
        "work went on in a spec that everybody takes for finished.",
    .bad = {{{"specs/completed/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-05T10:00:00Z",
  "metadata": {"status": "completed", "completed_date": "2026-01-04T10:00:00Z"},
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "completed", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"},
    {"timestamp": "2026-01-05T10:00:00Z", "entry_type": "note", "title": "Seen in print", "author": "demo", "content": "See the log.", "metadata": {}}
  ]
})"}}},
    .good = {{{"specs/completed/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-05T10:00:00Z",
  "metadata": {"status": "completed", "completed_date": "2026-01-04T10:00:00Z"},
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "completed", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"},
    {"timestamp": "2026-01-04T09:00:00Z", "entry_type": "note", "title": "Seen in print", "author": "demo", "content": "See the log.", "metadata": {}}
  ]
})"}}},
    .check = check_after_close};

namespace {

void check_after_close(const SpecFile& file, Report& report) {
  const json::Value closed = file.spec.metadata_or_top("completed_date");
  const auto end = parse_rfc3339(closed.string());
  if (!end) return;
  const std::vector<spec::JournalEntry>& journal = file.spec.journal();
  std::size_t later = 0;
  json::Value first;
  for (std::uint32_t i = 0; i < journal.size(); ++i) {
    const auto at = file.journal.time(i);
    if (!at || *at <= *end) continue;
    if (later++ == 0) first = journal[i].timestamp();
  }
  if (later == 0) return;
  Finding& finding = report.add(
      closed, fmt::format("the spec was closed at {}, and {} later", quote(closed.string()),
                          later == 1 ? "a journal entry is"
                                     : fmt::format("{} journal entries are", later)));
  finding.related.push_back({first.span(), later == 1 ? "the entry" : "the first of them"});
}

}  // namespace

}  // namespace sdd::rules
