#include "rules/counts/count_words.h"
#include "rules/rule.h"
#include "spec/counts.h"
#include "spec/spec.h"

namespace sdd::rules {

constinit const Rule kCountNotANumber = {
    .code = "SDD304",
    .name = "count-not-a-number",
    .severity = Severity::kError,
    .fix = Safety::kSafe,
    .title = "a count is negative, fractional or no number at all",
    .why =
        "Nothing can be added up with it, so the progress of every node above is unknown too. "
        "Programs that read the file may stop with an error.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": "1", "completed_tasks": 0, "metadata": {}},
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
      std::vector<spec::NodeCounts> counts;
      for (const spec::Node& node : spec.nodes()) {
        const bool total = node.total_value && !node.total;
        const bool completed = node.completed_value && !node.completed;
        if ((!total && !completed) || node.hidden) continue;
        if (counts.empty()) counts = spec::check_counts(spec);
        const spec::NodeCounts& must_be = counts[spec.index_of(node)];
        if (total) {
          add_wrong_count(report, node, "total_tasks", why_no_count(node.total_value),
                          must_be.total);
        }
        if (completed) {
          add_wrong_count(report, node, "completed_tasks", why_no_count(node.completed_value),
                          must_be.completed);
        }
      }
    }};

}  // namespace sdd::rules
