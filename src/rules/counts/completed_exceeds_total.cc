#include "rules/counts/count_words.h"
#include "rules/rule.h"
#include "spec/counts.h"
#include "spec/spec.h"

namespace sdd::rules {

constinit const Rule kCompletedExceedsTotal = {
    .code = "SDD303",
    .name = "completed-exceeds-total",
    .severity = Severity::kError,
    .fix = Safety::kSafe,
    .title = "completed_tasks is larger than total_tasks",
    .why =
        "More is said to be done than there is to do: progress goes over 100 %, and programs that "
        "wait for both numbers to be equal wait forever.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 2, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .check = [](const spec::Spec& spec, Report& report) {
      if (spec::counts_agree(spec)) return;
      const std::vector<spec::NodeCounts> counts = spec::check_counts(spec);
      for (const spec::Node& node : spec.nodes()) {
        if (!node.total || !node.completed || *node.completed <= *node.total) continue;
        const spec::CheckedCount& completed = counts[spec.index_of(node)].completed;
        // A completed_tasks that is right exceeds a total_tasks that is wrong (SDD301), and one
        // that adds up what the children state only repeats their fault.
        const bool follows = node.completed == completed.children_state;
        if (follows || node.hidden) continue;
        add_wrong_count(report, node, "completed_tasks",
                        "more than total_tasks, which is " + std::to_string(*node.total),
                        completed);
      }
    }};

}  // namespace sdd::rules
