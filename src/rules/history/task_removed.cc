#include <fmt/core.h>
#include <string>
#include <vector>

#include "base/strings.h"
#include "rules/history/reason.h"
#include "rules/rule.h"
#include "rules/versions.h"

namespace sdd::rules {
namespace {

constexpr std::size_t kTitle = 60;  // code points

std::size_t nodes_below(const spec::Spec& spec, const spec::Node& top) {
  std::vector<bool> seen(spec.nodes().size(), false);
  std::vector<const spec::Node*> open = {&top};
  std::size_t count = 0;
  while (!open.empty()) {
    const spec::Node* node = open.back();
    open.pop_back();
    for (const spec::Child& child : spec.children(*node)) {
      const spec::Node* below = spec.at(child.node);
      if (below == nullptr || below == &top || seen[child.node]) continue;
      seen[child.node] = true;
      ++count;
      open.push_back(below);
    }
  }
  return count;
}

}  // namespace

constinit const Rule kTaskRemoved = {
    .code = "SDD905",
    .name = "task-removed",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "a task is gone, and nothing says why",
    .why =
        "A task that was planned is not in this version any more, with everything that was said "
        "about it. A deviation, blocker or decision entry in the same change tells why; without "
        "one it is what an overwritten update looks like. With one the finding is a note that "
        "names the entry.",
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
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-04T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-2"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
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
      for (const spec::Node& before : versions.before.nodes()) {
        if (before.hidden || versions.now.find(before.id) != nullptr) continue;
        // Of a part of the tree that is gone only its top is told.
        const spec::Node* parent = versions.before.at(before.parent);
        if (parent != nullptr && versions.now.find(parent->id) == nullptr) continue;
        const std::size_t below = nodes_below(versions.before, before);
        const spec::Node* there = parent == nullptr ? nullptr : versions.now.find(parent->id);
        Finding& finding =
            there != nullptr
                ? report.add(*there, "")
                : report.add(place_of_member(versions.now, versions.now.hierarchy), "");
        finding.node = before.id;
        std::string what = quote(before.id) + " " + quote(before.title.string(), kTitle);
        what += below == 0 ? " is gone" : fmt::format(" is gone, and {} below it", below);
        tell_reason(versions, what, finding);
      }
    }};

}  // namespace sdd::rules
