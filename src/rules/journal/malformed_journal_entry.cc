#include <fmt/format.h>

#include "base/strings.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_entries(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kMalformedJournalEntry = {
    .code = "SDD408",
    .name = "malformed-journal-entry",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title =
        "a journal entry is no entry: not an object, without time or title, or with wrong types",
    .why =
        "Programs that read the journal skip such an entry or stop at it. What was to be kept "
        "for good is told to nobody.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}},
    "task-1-2": {"type": "task", "title": "Print it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}}
  },
  "journal": [
    {"entry_type": "note", "title": "Begun", "author": "demo", "content": "The plan stands.", "metadata": {}},
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
    {"timestamp": "2026-01-02T09:00:00Z", "entry_type": "note", "title": "Begun", "author": "demo", "content": "The plan stands.", "metadata": {}},
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"}
  ]
})"}}},
    .check = check_entries};

namespace {

void check_text(const spec::JournalEntry& entry, const char* name, json::Value value,
                bool is_required, Report& report) {
  if (value.is_string()) return;
  if (value) {
    report.add(value, fmt::format("{} is {}, not a text", name, json::kind_name(value.kind())));
  } else if (is_required) {
    report.add_missing(entry.value, name, fmt::format("the entry has no {}", name));
  }
}

void check_entry(const spec::JournalEntry& entry, Report& report) {
  if (!entry.value.is_object()) {
    report.add(entry.value,
               fmt::format("the entry is {}, not an object", json::kind_name(entry.value.kind())));
    return;
  }
  check_text(entry, "timestamp", entry.timestamp(), true, report);
  check_text(entry, "title", entry.title(), true, report);
  check_text(entry, "entry_type", entry.entry_type(), false, report);
  check_text(entry, "author", entry.author(), false, report);
  check_text(entry, "content", entry.content(), false, report);
  const json::Value task = entry.task_id();
  if (!task.is_null()) check_text(entry, "task_id", task, false, report);
  const json::Value metadata = entry.value.find("metadata");
  if (metadata && !metadata.is_object()) {
    report.add(metadata,
               fmt::format("metadata is {}, not an object", json::kind_name(metadata.kind())));
  }
}

void check_entries(const spec::Spec& spec, Report& report) {
  const json::Value journal = spec.journal_value;
  if (journal && !journal.is_array()) {
    report.add(journal, fmt::format("the journal is {}, not a list of entries",
                                    json::kind_name(journal.kind())));
  }
  for (const spec::JournalEntry& entry : spec.journal()) check_entry(entry, report);
}

}  // namespace

}  // namespace sdd::rules
