#include "base/strings.h"
#include "rules/fixes.h"
#include "rules/rule.h"
#include "spec/roll_up.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_lagging_parents(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kParentLagsBehind = {
    .code = "SDD306",
    .name = "parent-lags-behind",
    .severity = Severity::kWarning,
    .fix = Safety::kSafe,
    .title = "a node's status was not brought up to date with its children",
    .why =
        "A phase that is pending although work on it has begun, or open although all of it is "
        "completed, is wrong in every report. It comes about when a task is updated by hand, or "
        "when an update of the phase is lost.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "in_progress", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py", "started_at": "2026-01-02T03:00:00Z"}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "in_progress", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "in_progress", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py", "started_at": "2026-01-02T03:00:00Z"}}
  }
})"}}},
    .check = check_lagging_parents};

namespace {

const spec::Node* first_started(const spec::Spec& spec, const spec::Node& node) {
  for (const spec::Child& entry : spec.children(node)) {
    const spec::Node* child = spec.at(entry.node);
    if (child == nullptr) continue;
    if (child->status == spec::Status::kInProgress || child->status == spec::Status::kCompleted) {
      return child;
    }
  }
  return nullptr;
}

void add_lagging(const spec::Spec& spec, const spec::Node& node, const spec::NodeStatus& status,
                 Report& report) {
  const spec::Node* started = first_started(spec, node);
  if (started == nullptr) return;
  const std::string says = quote(started->id) + " is " + std::string(to_string(*started->status));
  const bool all = status.is == spec::Status::kCompleted && node.child_count > 1;
  const std::string children =
      all ? "all " + std::to_string(node.child_count) + " children are completed" : says;
  Finding& finding = report.add(
      node.status_value, "status is " + std::string(to_string(*node.status)) + ", but " + children);
  finding.node = node.id;
  finding.related.push_back({started->status_value.span(), says});
  if (status.is) {
    const std::string word(to_string(*status.is));
    finding.fix = node_fix(node, Safety::kSafe, "set status to " + word,
                           {set_derived(node, "status", node.status_value, '"' + word + '"')});
  }
}

void check_lagging_parents(const spec::Spec& spec, Report& report) {
  if (spec::statuses_agree(spec)) return;
  const std::vector<spec::NodeStatus> statuses = spec::check_statuses(spec);
  for (const spec::Node& node : spec.nodes()) {
    const spec::NodeStatus& status = statuses[spec.index_of(node)];
    if (status.fault == spec::StatusFault::kLagsBehind) {
      add_lagging(spec, node, status, report);
    }
  }
}

}  // namespace

}  // namespace sdd::rules
