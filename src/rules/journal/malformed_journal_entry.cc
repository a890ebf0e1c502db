#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

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

// What a member of an entry must be; nullptr: anything.
const char* wanted_kind(std::string_view name, json::Value value) {
  constexpr std::string_view kTexts[] = {"timestamp", "entry_type", "title", "author", "content"};
  if (name == "metadata") return value.is_object() ? nullptr : "an object";
  if (name == "task_id") return value.is_string() || value.is_null() ? nullptr : "a text";
  const bool is_text = std::find(std::begin(kTexts), std::end(kTexts), name) != std::end(kTexts);
  return is_text && !value.is_string() ? "a text" : nullptr;
}

void check_entry(const spec::JournalEntry& entry, Report& report) {
  if (!entry.value.is_object()) {
    report.add(entry.value,
               fmt::format("the entry is {}, not an object", json::kind_name(entry.value.kind())));
    return;
  }
  if (!entry.timestamp())
    report.add_missing(entry.value, "timestamp", "the entry has no timestamp");
  if (!entry.title()) report.add_missing(entry.value, "title", "the entry has no title");
  for (const json::Member member : entry.value.members()) {
    const std::string_view name = member.key.string();
    const char* wanted = wanted_kind(name, member.value);
    if (wanted == nullptr) continue;
    report.add(member.value,
               fmt::format("{} is {}, not {}", name, json::kind_name(member.value.kind()), wanted));
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
