#include <fmt/format.h>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "rules/id_list.h"
#include "rules/rule.h"
#include "spec/dependencies.h"
#include "spec/roll_up.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_blockers(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kStartedBeforeBlocker = {
    .code = "SDD504",
    .name = "started-before-blocker",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "work has begun although what it waits for is not completed",
    .why =
        "Either the dependency is not true, or the work builds on something that is not there yet. "
        "It also comes about when the blocker is reopened later.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}, "dependencies": {"blocks": ["task-1-2"], "blocked_by": [], "depends": []}},
    "task-1-2": {"type": "task", "title": "Try it", "status": "in_progress", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py", "started_at": "2026-01-02T03:00:00Z"}, "dependencies": {"blocks": [], "blocked_by": ["task-1-1"], "depends": []}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}, "dependencies": {"blocks": ["task-1-2"], "blocked_by": [], "depends": []}},
    "task-1-2": {"type": "task", "title": "Try it", "status": "in_progress", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py", "started_at": "2026-01-02T03:00:00Z"}, "dependencies": {"blocks": [], "blocked_by": ["task-1-1"], "depends": []}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"}
  ]
})"}}},
    .check = check_blockers};

namespace {

bool has_begun(const spec::Node& node) {
  return node.status == spec::Status::kInProgress || node.status == spec::Status::kCompleted;
}

bool is_unfinished(const spec::Node& node) {
  return node.status && *node.status != spec::Status::kCompleted;
}

void tell_open_blockers(const spec::Spec& spec, const std::vector<spec::Dependency>& open,
                        Report& report) {
  constexpr std::size_t kMostNamed = 3;
  const spec::Node& node = spec.nodes()[open[0].node];
  const spec::Node& blocker = spec.nodes()[open[0].target];
  std::vector<std::string_view> ids;
  for (const spec::Dependency& dependency : open) ids.push_back(spec.at(dependency.target)->id);
  const std::string_view status = to_string(*node.status);
  Finding& finding =
      report.add(open[0].value,
                 open.size() == 1
                     ? fmt::format("{} is {}, but {}, which blocks it, is {}", quote(node.id),
                                   status, quote(blocker.id), to_string(*blocker.status))
                     : fmt::format("{} is {}, but {} of its blockers are not completed: {}",
                                   quote(node.id), status, open.size(), id_list(ids, kMostNamed)));
  finding.node = node.id;
  finding.related.push_back(
      {node.status_value.span(), fmt::format("{} is {}", quote(node.id), status)});
  for (std::size_t i = 0; i < open.size() && i < kMostNamed; ++i) {
    const spec::Node& other = spec.nodes()[open[i].target];
    finding.related.push_back({other.status_value.span(),
                               fmt::format("{} is {}", quote(other.id), to_string(*other.status))});
  }
}

// A status that contradicts the children's is a finding of its own (SDD305, SDD306), so a node
// counts as begun or unfinished only when its children say so, too.
void check_blockers(const spec::Spec& spec, Report& report) {
  std::vector<spec::NodeStatus> statuses;
  std::vector<spec::Dependency> open;  // of one node
  spec::for_each_dependency(spec, [&](const spec::Dependency& dependency) {
    const spec::Node* blocker = spec.at(dependency.target);
    if (blocker == nullptr || dependency.kind != spec::DependencyKind::kBlockedBy) return;
    const spec::Node& node = spec.nodes()[dependency.node];
    if (!has_begun(node) || !is_unfinished(*blocker)) return;
    if (statuses.empty()) statuses = spec::check_statuses(spec);
    if (!spec::is_surely_open(*blocker, statuses[dependency.target])) return;
    if (!spec::has_surely_begun(node, statuses[dependency.node])) return;
    if (!open.empty() && open[0].node != dependency.node) {
      tell_open_blockers(spec, open, report);
      open.clear();
    }
    open.push_back(dependency);
  });
  if (!open.empty()) tell_open_blockers(spec, open, report);
}

}  // namespace

}  // namespace sdd::rules
