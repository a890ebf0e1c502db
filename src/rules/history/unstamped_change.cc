#include "base/time.h"
#include "json/equality.h"
#include "rules/rule.h"
#include "rules/versions.h"

namespace sdd::rules {
namespace {

bool is_told_at(json::Value moment, Timestamp latest) {
  const auto at = parse_rfc3339(moment.string());
  return at && *at <= latest;
}

// Whether an update is new that has a time of its own, and not one after last_updated: a merge
// brought the work of a branch, and the newer stamp of the two stayed.
bool joins_an_earlier_update(const SpecVersions& versions) {
  const auto latest = parse_rfc3339(versions.now.last_updated.string());
  if (!latest) return false;
  for (const json::Value entry : new_entries(versions)) {
    if (is_told_at(entry.find("timestamp"), *latest)) return true;
  }
  for (const spec::Node& node : versions.now.nodes()) {
    const spec::Node* before = versions.before.find(node.id);
    for (const auto member : {&spec::NodeMetadata::started_at, &spec::NodeMetadata::completed_at}) {
      const json::Value moment = node.metadata.*member;
      const json::Value known = before == nullptr ? json::Value() : before->metadata.*member;
      if (moment && !(known && json::same(moment, known)) && is_told_at(moment, *latest))
        return true;
    }
  }
  return false;
}

}  // namespace

constinit const Rule kUnstampedChange = {
    .code = "SDD910",
    .name = "unstamped-change",
    .severity = Severity::kNote,
    .fix = Safety::kNone,
    .title = "the spec changed, and last_updated did not",
    .why =
        "Every update of sdd and of the older toolkit writes the time; an edit by hand often "
        "forgets it. Who compares versions by their time takes both for one.",
    .bad = {{{"base:specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}},
    "task-1-2": {"type": "task", "title": "Test it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "a", "content": "Done.", "metadata": {}, "task_id": "task-1-1"}
  ]
})"},
             {"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write all of it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}},
    "task-1-2": {"type": "task", "title": "Test it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "a", "content": "Done.", "metadata": {}, "task_id": "task-1-1"}
  ]
})"}}},
    .good = {{{"base:specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}},
    "task-1-2": {"type": "task", "title": "Test it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "a", "content": "Done.", "metadata": {}, "task_id": "task-1-1"}
  ]
})"},
              {"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-04T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}},
    "task-1-2": {"type": "task", "title": "Test it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "a", "content": "Done.", "metadata": {}, "task_id": "task-1-1"},
    {"timestamp": "2026-01-04T10:00:00Z", "entry_type": "note", "title": "Looked at it", "author": "a", "content": "Fine.", "metadata": {}, "task_id": "task-1-2"}
  ]
})"}}},
    .check = [](const SpecVersions& versions, Report& report) {
      const json::Value stamp = versions.now.last_updated;
      if (!stamp || !versions.before.last_updated) return;
      if (!json::same(stamp, versions.before.last_updated)) return;
      if (json::same(versions.before.root_value(), versions.now.root_value())) return;
      if (joins_an_earlier_update(versions)) return;
      report.add(stamp, "the spec changed, and last_updated did not: it was edited by hand");
    }};

}  // namespace sdd::rules
