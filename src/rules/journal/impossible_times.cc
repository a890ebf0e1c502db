#include <fmt/format.h>

#include "base/strings.h"
#include "rules/rule.h"
#include "spec/journal.h"

namespace sdd::rules {
namespace {
void check_node_times(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kImpossibleTimes = {
    .code = "SDD411",
    .name = "impossible-times",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "the times of a node cannot be",
    .why =
        "A task starts, is completed, is journaled, in this order, and what is not completed "
        "has no time of completion. Hours worked and reports are computed from these times; "
        "often a task was reopened and kept its old ones.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "started_at": "2026-01-03T11:00:00Z", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}},
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
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "started_at": "2026-01-03T09:00:00Z", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}},
    "task-1-2": {"type": "task", "title": "Print it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"}
  ]
})"}}},
    .check = check_node_times};

namespace {

void add_earlier(const spec::Node& node, const char* name, json::Value value, const char* than,
                 json::Value other, Report& report) {
  Finding& finding =
      report.add(value, fmt::format("{} {} is earlier than {} {}", name, quote(value.string()),
                                    than, quote(other.string())));
  finding.node = node.id;
  finding.related.push_back({other.span(), than});
}

void check_node_times(const spec::Spec& spec, Report& report) {
  for (const spec::Node& node : spec.nodes()) {
    const spec::NodeMetadata& metadata = node.metadata;
    if (node.hidden || !metadata.completed_at.is_string()) continue;
    const spec::NodeTimes times = spec::times_of(node);
    if (!times.completed) continue;
    // A time that should not be there is not held against the others.
    if (node.status && node.status != spec::Status::kCompleted) {
      Finding& finding = report.add(
          metadata.completed_at,
          fmt::format("{} is {}, and has a completed_at", quote(node.id), to_string(*node.status)));
      finding.node = node.id;
      finding.related.push_back({node.status_value.span(), "its status"});
      continue;
    }
    if (times.started && *times.completed < *times.started) {
      add_earlier(node, "completed_at", metadata.completed_at, "started_at", metadata.started_at,
                  report);
    }
    if (times.journaled && *times.journaled < *times.completed) {
      add_earlier(node, "journaled_at", metadata.journaled_at, "completed_at",
                  metadata.completed_at, report);
    }
  }
}

}  // namespace

}  // namespace sdd::rules
