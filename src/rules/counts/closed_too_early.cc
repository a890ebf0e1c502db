#include <algorithm>

#include "base/strings.h"
#include "rules/id_list.h"
#include "rules/rule.h"
#include "spec/roll_up.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_closed_parents(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kClosedTooEarly = {
    .code = "SDD305",
    .name = "closed-too-early",
    .severity = Severity::kError,
    .fix = Safety::kPlan,
    .title = "a node is completed while one of its children is not",
    .why =
        "Whoever reads the phase believes that its work is done. Either the child was reopened and "
        "the phase was not told, or the phase was closed over open work.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "completed", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
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
    .check = check_closed_parents};

namespace {

std::string id_and_status(const spec::Node& child) {
  return quote(child.id) + " is " + std::string(to_string(*child.status));
}

// The indices of the children that are not completed, each once.
std::vector<std::uint32_t> open_children(const spec::Spec& spec, const spec::Node& node,
                                         const std::vector<spec::NodeStatus>& statuses) {
  std::vector<std::uint32_t> open;
  for (const spec::Child& entry : spec.children(node)) {
    const spec::Node* child = spec.at(entry.node);
    if (child == nullptr || !spec::is_surely_open(*child, statuses[entry.node])) continue;
    open.push_back(entry.node);
  }
  std::sort(open.begin(), open.end());
  open.erase(std::unique(open.begin(), open.end()), open.end());
  return open;
}

void tell_closed_parent(const spec::Spec& spec, const spec::Node& node,
                        const std::vector<std::uint32_t>& open, Report& report) {
  constexpr std::size_t kMostNamed = 3;
  std::vector<std::string_view> ids;
  for (const std::uint32_t index : open) ids.push_back(spec.nodes()[index].id);
  const std::string what = open.size() == 1 ? id_and_status(spec.nodes()[open[0]])
                                            : std::to_string(open.size()) +
                                                  " children are not: " + id_list(ids, kMostNamed);
  Finding& finding = report.add(node.status_value, "status is completed, but " + what);
  finding.node = node.id;
  finding.fix = Fix{Safety::kPlan, "complete what is open, or set status to in_progress"};
  for (std::size_t i = 0; i < open.size() && i < kMostNamed; ++i) {
    const spec::Node& child = spec.nodes()[open[i]];
    finding.related.push_back({child.status_value.span(), id_and_status(child)});
  }
}

void check_closed_parents(const spec::Spec& spec, Report& report) {
  if (spec::statuses_agree(spec)) return;
  const std::vector<spec::NodeStatus> statuses = spec::check_statuses(spec);
  for (const spec::Node& node : spec.nodes()) {
    const spec::NodeStatus& status = statuses[spec.index_of(node)];
    if (status.fault == spec::StatusFault::kClosedTooEarly) {
      tell_closed_parent(spec, node, open_children(spec, node, statuses), report);
    }
  }
}

}  // namespace

}  // namespace sdd::rules
