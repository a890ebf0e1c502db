#include <fmt/format.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/strings.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_children_once(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kRepeatedChild = {
    .code = "SDD213",
    .name = "repeated-child",
    .severity = Severity::kError,
    .fix = Safety::kSafe,
    .title = "a node lists a child twice",
    .why =
        "The work of a child that is listed twice is counted twice, so the counts above "
        "it can never add up.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1", "task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
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
    .check = check_children_once};

namespace {

void tell_repetition(const spec::Node& node, json::Value first, json::Value again, Report& report) {
  const std::string name = quoted(again.string());
  Finding& finding =
      report.add(again, fmt::format("{} lists {} as a child a second time", quoted(node.id), name));
  finding.node = node.id;
  finding.related.push_back({first.span(), "listed here already"});
  finding.fix = Fix{Safety::kSafe, fmt::format("take the repeated {} out", name)};
}

// Children that exist are remembered by the link that named them last: a link of the same list
// means that it was repeated. Names without a node go through a set, list by list.
void check_children_once(const spec::Spec& spec, Report& report) {
  std::vector<const spec::Child*> named(spec.nodes().size(), nullptr);
  std::unordered_map<std::string_view, json::Value> unknown;
  for (const spec::Node& node : spec.nodes()) {
    const auto children = spec.children(node);
    if (children.size() < 2) continue;
    unknown.clear();
    for (const spec::Child& child : children) {
      if (child.node == spec::kNoNode) {
        if (!child.value.is_string()) continue;
        const auto [first, is_new] = unknown.emplace(child.value.string(), child.value);
        if (!is_new) tell_repetition(node, first->second, child.value, report);
      } else if (named[child.node] >= children.data() && named[child.node] != nullptr) {
        tell_repetition(node, named[child.node]->value, child.value, report);
      } else {
        named[child.node] = &child;
      }
    }
  }
}

}  // namespace

}  // namespace sdd::rules
