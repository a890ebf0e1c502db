#include <fmt/format.h>
#include <cstdint>
#include <optional>

#include "base/strings.h"
#include "base/time.h"
#include "rules/journal/stamp.h"
#include "rules/rule.h"
#include "spec/journal.h"

namespace sdd::rules {
namespace {
void check_stamp(const SpecFile& file, Report& report);
}  // namespace

constinit const Rule kUpdateAfterStamp = {
    .code = "SDD410",
    .name = "update-after-stamp",
    .severity = Severity::kError,
    .fix = Safety::kPlan,
    .title = "something in the file is newer than last_updated",
    .why =
        "Every write sets last_updated. When an entry or a journaled_at is later, the last "
        "writer started from an older copy, or put an older stamp back: other things of that "
        "copy may have come back with it. Up to a minute is a note, for clocks of two "
        "machines differ.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}},
    "task-1-2": {"type": "task", "title": "Print it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}}
  },
  "journal": [
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
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"}
  ]
})"}}},
    .check = check_stamp};

namespace {

// What was written last, and where it says so.
struct Newest {
  Timestamp at = {INT64_MIN};
  json::Value value;
  std::string_view node;
  const char* what = "";

  void see(std::optional<Timestamp> time, json::Value where, std::string_view id,
           const char* name) {
    if (time && *time > at) *this = {*time, where, id, name};
  }
};

Newest newest_of(const SpecFile& file) {
  Newest newest;
  const std::vector<spec::JournalEntry>& journal = file.spec.journal();
  for (std::uint32_t i = 0; i < journal.size(); ++i) {
    newest.see(file.journal.time(i), journal[i].timestamp(), journal[i].task_id().string(),
               "a journal entry");
  }
  for (const spec::Node& node : file.spec.nodes()) {
    const json::Value journaled = node.metadata.journaled_at;
    if (node.hidden || !journaled.is_string()) continue;
    newest.see(parse_rfc3339(journaled.string()), journaled, node.id, "a journaled_at");
  }
  return newest;
}

void check_stamp(const SpecFile& file, Report& report) {
  const json::Value stamp = file.spec.last_updated;
  const auto updated = parse_rfc3339(stamp.string());
  if (!updated) return;
  const Newest newest = newest_of(file);
  if (newest.at <= *updated) return;
  Finding& finding =
      report.add(stamp, fmt::format("last_updated is {}, but {} is of {}", quote(stamp.string()),
                                    newest.what, quote(newest.value.string())));
  if (!is_after_stamp(newest.at, *updated)) finding.severity = Severity::kNote;
  finding.related.push_back({newest.value.span(), "the newest time of the file"});
  finding.fix =
      Fix{Safety::kPlan, "compare the file with its versions in git, then set last_updated to " +
                             quote(newest.value.string())};
}

}  // namespace

}  // namespace sdd::rules
