#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/strings.h"
#include "rules/hierarchy/links.h"
#include "rules/nearest_id.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_parents_exist(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kUnknownParent = {
    .code = "SDD203",
    .name = "unknown-parent",
    .severity = Severity::kError,
    .fix = Safety::kPlan,
    .title = "a node names a parent that does not exist",
    .why =
        "A node whose parent is not there belongs nowhere: completing it updates no count "
        "above it. Either the id is mistyped, or the parent was lost by an update.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "phase-1", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
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
    .check = check_parents_exist};

namespace {

// Not where the root itself is missing: that is one fault (SDD201), however many name it.
bool names_no_parent(const spec::Node& node) {
  const json::Value parent = node.parent_value;
  return parent && !parent.is_null() && node.parent == spec::kNoNode &&
         parent.string() != "spec-root";
}

// The ids that nodes list as children although there is no such node.
std::unordered_set<std::string_view> lost_children(const spec::Spec& spec) {
  std::unordered_set<std::string_view> lost;
  for (const spec::Node& node : spec.nodes()) {
    for (const spec::Child& child : spec.children(node)) {
      if (child.node == spec::kNoNode && child.value.is_string()) lost.insert(child.value.string());
    }
  }
  return lost;
}

void check_parents_exist(const spec::Spec& spec, Report& report) {
  std::optional<std::vector<std::uint32_t>> listers;
  std::unordered_set<std::string_view> lost;
  NearestId nearest(spec);
  for (const spec::Node& node : spec.nodes()) {
    if (!names_no_parent(node) || node.id == "spec-root" || node.hidden) continue;
    if (!listers) {
      listers = first_listers(spec);
      lost = lost_children(spec);
    }
    const json::Value parent = node.parent_value;
    const bool is_id = parent.is_string();
    Finding& finding = report.add(
        parent, is_id
                    ? fmt::format("parent is {}, and there is no such node", quote(parent.string()))
                    : fmt::format("parent is {}, not the id of a node", kind_name(parent.kind())));
    finding.node = node.id;
    std::string likely;
    if (const spec::Node* lister = spec.at((*listers)[spec.index_of(node)])) {
      likely = lister->id;
      finding.help = fmt::format("{} lists it as a child", quote(likely));
    } else if (is_id && lost.contains(parent.string())) {
      finding.help = fmt::format("{} is listed as a child, too: the node itself may have been lost",
                                 quote(parent.string()));
    } else if (is_id) {
      likely = nearest.find(parent.string());
      if (!likely.empty()) finding.help = fmt::format("did you mean {}?", quote(likely));
    }
    if (!likely.empty()) finding.fix = Fix{Safety::kPlan, "set parent to " + quote(likely)};
  }
}

}  // namespace

}  // namespace sdd::rules
