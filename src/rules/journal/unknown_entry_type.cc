#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_entry_types(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kUnknownEntryType = {
    .code = "SDD407",
    .name = "unknown-entry-type",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "a journal entry is of a kind that nothing knows",
    .why =
        "Readers ask the journal for decisions, deviations or blockers; an entry of another "
        "kind is in none of these lists.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}},
    "task-1-2": {"type": "task", "title": "Print it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}}
  },
  "journal": [
    {"timestamp": "2026-01-02T09:00:00Z", "entry_type": "desicion", "title": "Black ink", "author": "demo", "content": "See the log.", "metadata": {}},
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
    {"timestamp": "2026-01-02T09:00:00Z", "entry_type": "decision", "title": "Black ink", "author": "demo", "content": "See the log.", "metadata": {}},
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"}
  ]
})"}}},
    .check = check_entry_types};

namespace {

constexpr std::string_view kEntryTypes[] = {"status_change", "deviation", "blocker", "decision",
                                            "note",          "step",      "session", "worklog"};

void check_entry_types(const spec::Spec& spec, Report& report) {
  for (const spec::JournalEntry& entry : spec.journal()) {
    const json::Value type = entry.entry_type();
    if (!type.is_string()) continue;
    const auto* known = std::find(std::begin(kEntryTypes), std::end(kEntryTypes), type.string());
    if (known != std::end(kEntryTypes)) continue;
    Finding& finding = report.add(type, "unknown entry_type " + quote(type.string()));
    const std::vector<std::string_view> names(std::begin(kEntryTypes), std::end(kEntryTypes));
    finding.help = did_you_mean(type.string(), names);
    if (finding.help.empty()) {
      finding.help = "use " + join_or({names.begin(), names.end()});
    }
  }
}

}  // namespace

}  // namespace sdd::rules
