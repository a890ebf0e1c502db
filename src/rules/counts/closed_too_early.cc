#include <algorithm>

#include "base/strings.h"
#include "rules/rule.h"
#include "spec/roll_up.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {

std::string id_and_status(const spec::Node& child) {
  return quoted(child.id) + " is " + std::string(child.status_value.string());
}

// "'a', 'b', 'c' and 4 more"
std::string some_ids(const std::vector<const spec::Node*>& nodes, std::size_t most) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < nodes.size() && i < most; ++i) words.push_back(quoted(nodes[i]->id));
  if (nodes.size() > most) words.push_back(std::to_string(nodes.size() - most) + " more");
  return join_and(words);
}

void add_closed_too_early(const spec::Spec& spec, const spec::Node& node,
                          const std::vector<spec::NodeStatus>& statuses, Report& report) {
  constexpr std::size_t kMostNamed = 3;
  std::vector<const spec::Node*> open;
  for (const spec::Child& entry : spec.children(node)) {
    const spec::Node* child = spec.at(entry.node);
    if (child == nullptr || !spec::is_surely_open(*child, statuses[entry.node])) continue;
    if (std::find(open.begin(), open.end(), child) == open.end()) open.push_back(child);
  }
  std::string message = "status is completed, but ";
  message += open.size() == 1
                 ? id_and_status(*open[0])
                 : std::to_string(open.size()) + " children are not: " + some_ids(open, kMostNamed);
  Finding& finding = report.add(node.status_value, std::move(message));
  finding.node = node.id;
  finding.fix = Fix{Safety::kPlan, "complete what is open, or set status to in_progress"};
  for (std::size_t i = 0; i < open.size() && i < kMostNamed; ++i) {
    finding.related.push_back({open[i]->status_value.span(), id_and_status(*open[i])});
  }
}

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
    .check = [](const spec::Spec& spec, Report& report) {
      if (spec::statuses_agree(spec)) return;
      const std::vector<spec::NodeStatus> statuses = spec::check_statuses(spec);
      for (const spec::Node& node : spec.nodes()) {
        const spec::NodeStatus& status = statuses[spec.index_of(node)];
        if (status.fault == spec::StatusFault::kClosedTooEarly) {
          add_closed_too_early(spec, node, statuses, report);
        }
      }
    }};

}  // namespace sdd::rules
