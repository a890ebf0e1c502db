

#include "base/strings.h"
#include "rules/fixes.h"
#include "rules/rule.h"
#include "spec/journal.h"
#include "spec/settle.h"

namespace sdd::rules {
namespace {
void check_stale_flags(const SpecFile& file, Report& report);
}  // namespace

constinit const Rule kStaleJournalFlag = {
    .code = "SDD403",
    .name = "stale-journal-flag",
    .severity = Severity::kNote,
    .fix = Safety::kSafe,
    .title = "a task still asks for a journal entry that is there",
    .why =
        "Lists of what is left to journal name the task, although somebody has written its "
        "entry since the completion, perhaps by hand.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": true}},
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
    .check = check_stale_flags};

namespace {

spec::Change set_flag(const spec::Node& node) {
  const json::Value flag = node.metadata.needs_journaling;
  return spec::change_member(spec::metadata_path(node, "needs_journaling"),
                             json::Snippet{std::string(flag.raw()), true}, json::Snippet{"false"});
}

void check_stale_flags(const SpecFile& file, Report& report) {
  for (const spec::Node& node : file.spec.nodes()) {
    if (file.journal.fault_of(node) != spec::JournalFault::kStaleFlag) continue;
    Finding& finding =
        report.add(node.metadata.needs_journaling,
                   "needs_journaling is true, but the journal tells of " + quote(node.id));
    finding.node = node.id;
    finding.fix = node_fix(node, Safety::kSafe, "set needs_journaling to false", {set_flag(node)});
  }
}

}  // namespace

}  // namespace sdd::rules
