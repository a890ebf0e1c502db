#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/strings.h"
#include "rules/hierarchy/links.h"
#include "rules/nearest_id.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_children_exist(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kUnknownChild = {
    .code = "SDD204",
    .name = "unknown-child",
    .severity = Severity::kError,
    .fix = Safety::kPlan,
    .title = "a node lists a child that does not exist",
    .why =
        "Work that is planned in the list but has no node can never be started, completed "
        "or counted. Either the id is mistyped, or an update lost the node.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}},
    "task-1-2": {"type": "task", "title": "Test it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "test_a.py"}}
  }
})"}}},
    .check = check_children_exist};

namespace {

// How many nodes name each id as their parent although there is no such node.
std::unordered_map<std::string_view, std::size_t> lost_parents(const spec::Spec& spec) {
  std::unordered_map<std::string_view, std::size_t> lost;
  for (const spec::Node& node : spec.nodes()) {
    if (node.parent_value.is_string() && node.parent == spec::kNoNode) {
      ++lost[node.parent_value.string()];
    }
  }
  return lost;
}

class UnknownChildren {
 public:
  UnknownChildren(const spec::Spec& spec, Report& report)
      : spec_(spec), report_(report), nearest_(spec) {}

  void of(const spec::Node& node) {
    const std::span<const spec::Child> children = spec_.children(node);
    for (const spec::Child& child : children) {
      if (child.node != spec::kNoNode || child.value.is_string()) continue;
      report_
          .add(child.value,
               fmt::format("a child is {}, not the id of a node", kind_name(child.value.kind())))
          .node = node.id;
    }
    json::Value last;  // the second of two equal names is a repeated child (SDD213)
    for (const std::uint32_t at : children_without_node(spec_, node)) {
      const json::Value child = children[at].value;
      if (report_.overflowed()) return;
      if (!last || last.string() != child.string()) tell(node, child);
      last = child;
    }
  }

 private:
  void tell(const spec::Node& node, json::Value child) {
    if (!lost_) lost_ = lost_parents(spec_);
    const std::string name = quote(child.string());
    Finding& finding = report_.add(child, fmt::format("{} lists {} as a child, and there is no "
                                                      "such node",
                                                      quote(node.id), name));
    finding.node = node.id;
    finding.fix = Fix{Safety::kPlan, fmt::format("take {} out of the children", name)};
    if (const auto lost = lost_->find(child.string()); lost != lost_->end()) {
      finding.help = fmt::format(
          "{} it as {} parent: the node itself may have been lost",
          lost->second == 1 ? "one node names" : fmt::format("{} nodes name", lost->second),
          lost->second == 1 ? "its" : "their");
      finding.fix.reset();
      return;
    }
    const std::string near = nearest_.find(child.string());
    if (near.empty()) return;
    finding.help = fmt::format("did you mean {}?", quote(near));
    finding.fix->title = fmt::format("write {} for {}", quote(near), name);
  }

  const spec::Spec& spec_;
  Report& report_;
  NearestId nearest_;
  std::optional<std::unordered_map<std::string_view, std::size_t>> lost_;
};

void check_children_exist(const spec::Spec& spec, Report& report) {
  UnknownChildren unknown(spec, report);
  for (const spec::Node& node : spec.nodes()) {
    const auto children = spec.children(node);
    if (!node.hidden && std::any_of(children.begin(), children.end(), [](const spec::Child& child) {
          return child.node == spec::kNoNode;
        })) {
      unknown.of(node);
    }
  }
}

}  // namespace

}  // namespace sdd::rules
