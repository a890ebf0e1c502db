#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "rules/rule.h"
#include "spec/journal.h"

namespace sdd::rules {
namespace {
void check_repeated_entries(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kRepeatedJournalEntry = {
    .code = "SDD406",
    .name = "repeated-journal-entry",
    .severity = Severity::kNote,
    .fix = Safety::kNone,
    .title = "an entry says what another one says",
    .why =
        "Title, content and task are the same: a program was called twice, or a merge kept "
        "both copies. The journal is not rewritten for it; but whoever counts entries counts "
        "one too many.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:01Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}},
    "task-1-2": {"type": "task", "title": "Print it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"},
    {"timestamp": "2026-01-03T10:00:01Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"}
  ]
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:01Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}},
    "task-1-2": {"type": "task", "title": "Print it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"},
    {"timestamp": "2026-01-03T10:00:01Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done, with tests.", "metadata": {}, "task_id": "task-1-1"}
  ]
})"}}},
    .check = check_repeated_entries};

namespace {

bool say_the_same(const spec::JournalEntry& a, const spec::JournalEntry& b) {
  return a.title().string() == b.title().string() && a.content().string() == b.content().string() &&
         a.task_id().string() == b.task_id().string();
}

std::size_t hash_of_entry(const spec::JournalEntry& entry) {
  const std::hash<std::string_view> hash;
  return hash(entry.title().string()) ^ (hash(entry.content().string()) * 3) ^
         (hash(entry.task_id().string()) * 7);
}

void add_repeated(const spec::JournalEntry& entry, const spec::JournalEntry& first,
                  Report& report) {
  Finding& finding =
      report.add(entry.title(), "an earlier entry has the same title, content and task");
  finding.node = entry.task_id().string();
  finding.related.push_back({first.title().span(), "the first of them"});
}

// An open-addressing table of the entries seen so far: a set of the standard library would take
// more memory than a hostile file has bytes.
void check_repeated_entries(const spec::Spec& spec, Report& report) {
  const std::vector<spec::JournalEntry>& journal = spec.journal();
  std::size_t size = 16;
  while (size < journal.size() * 2) size *= 2;
  std::vector<std::uint32_t> slots(size, spec::kNoEntry);
  for (std::uint32_t i = 0; i < journal.size(); ++i) {
    // What is malformed (SDD408) says nothing that could be repeated.
    if (!journal[i].title().is_string()) continue;
    std::size_t slot = hash_of_entry(journal[i]) & (size - 1);
    while (slots[slot] != spec::kNoEntry && !say_the_same(journal[slots[slot]], journal[i])) {
      slot = (slot + 1) & (size - 1);
    }
    if (slots[slot] == spec::kNoEntry) {
      slots[slot] = i;
    } else {
      add_repeated(journal[i], journal[slots[slot]], report);
    }
  }
}

}  // namespace

}  // namespace sdd::rules
