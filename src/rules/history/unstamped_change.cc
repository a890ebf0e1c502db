#include "json/equality.h"
#include "rules/rule.h"
#include "rules/versions.h"

namespace sdd::rules {

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
      report.add(stamp, "the spec changed, and last_updated did not: it was edited by hand");
    }};

}  // namespace sdd::rules
