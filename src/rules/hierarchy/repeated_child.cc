#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/strings.h"
#include "rules/fixes.h"
#include "rules/hierarchy/links.h"
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

void tell_repetition(const spec::Spec& spec, const spec::Node& node, json::Value first,
                     const spec::Child& repeated, ChildRemoval& removal, Report& report) {
  const json::Value again = repeated.value;
  const std::string name = quote(again.string());
  Finding& finding =
      report.add(again, fmt::format("{} lists {} as a child a second time", quote(node.id), name));
  finding.node = node.id;
  finding.related.push_back({first.span(), "listed here already"});
  const auto position = static_cast<std::size_t>(&repeated - spec.children(node).data());
  finding.fix = node_fix(node, Safety::kSafe, fmt::format("take the repeated {} out", name),
                         {removal.of(node, position)});
}

void check_unknown_once(const spec::Spec& spec, const spec::Node& node, ChildRemoval& removal,
                        Report& report) {
  json::Value first;
  for (const std::uint32_t at : children_without_node(spec, node)) {
    const spec::Child& child = spec.children(node)[at];
    if (first && first.string() == child.value.string()) {
      tell_repetition(spec, node, first, child, removal, report);
    } else {
      first = child.value;
    }
  }
}

// Children that exist are remembered by the link that named them last: a link of the same list
// means that it was repeated. Names without a node are sorted, list by list.
void check_children_once(const spec::Spec& spec, Report& report) {
  std::vector<const spec::Child*> named(spec.nodes().size(), nullptr);
  ChildRemoval removal;
  for (const spec::Node& node : spec.nodes()) {
    const auto children = spec.children(node);
    bool all_known = true;
    if (children.size() < 2) continue;
    for (const spec::Child& child : children) {
      if (child.node == spec::kNoNode) {
        all_known = false;
      } else if (named[child.node] != nullptr && named[child.node] >= children.data()) {
        tell_repetition(spec, node, named[child.node]->value, child, removal, report);
      } else {
        named[child.node] = &child;
      }
    }
    if (!all_known) check_unknown_once(spec, node, removal, report);
  }
}

}  // namespace

}  // namespace sdd::rules
