#include "rules/counts/count_words.h"
#include "rules/rule.h"
#include "spec/counts.h"
#include "spec/spec.h"

namespace sdd::rules {

constinit const Rule kTotalMismatch = {
    .code = "SDD301",
    .name = "total-mismatch",
    .severity = Severity::kError,
    .fix = Safety::kSafe,
    .title = "total_tasks is not the number of tasks below",
    .why =
        "Progress, percentages and the closing of a spec are computed from this number. It goes "
        "wrong when two programs write the file at once, or when a task is added or removed by "
        "hand.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 2, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
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
        const spec::CheckedCount& total = counts[spec.index_of(node)].total;
        if (!total.is_wrong) continue;
        add_wrong_count(report, node, "total_tasks", why_total(node, total), total);
      }
    }};

}  // namespace sdd::rules
