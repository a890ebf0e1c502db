#include "rules/counts/count_words.h"
#include "rules/rule.h"
#include "spec/counts.h"
#include "spec/spec.h"

namespace sdd::rules {

constinit const Rule kCompletedMismatch = {
    .code = "SDD302",
    .name = "completed-mismatch",
    .severity = Severity::kError,
    .fix = Safety::kSafe,
    .title = "completed_tasks is not the number of completed tasks below",
    .why =
        "This is how a lost update shows: two programs wrote the file at once, the task says that "
        "it is done, and the count above does not know. A spec that is one short can never be "
        "closed.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}},
    "task-1-2": {"type": "task", "title": "Try it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}}
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
    "task-1-2": {"type": "task", "title": "Try it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"}
  ]
})"}}},
    .check = [](const spec::Spec& spec, Report& report) {
      if (spec::counts_agree(spec)) return;
      const std::vector<spec::NodeCounts> counts = spec::check_counts(spec);
      for (const spec::Node& node : spec.nodes()) {
        const spec::CheckedCount& completed = counts[spec.index_of(node)].completed;
        const bool exceeds = node.total && node.completed > node.total;  // SDD303
        if (!completed.is_wrong || exceeds) continue;
        add_wrong_count(report, node, "completed_tasks", why_completed(node, completed), completed);
      }
    }};

}  // namespace sdd::rules
