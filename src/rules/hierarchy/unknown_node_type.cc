#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "rules/fixes.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_node_types(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kUnknownNodeType = {
    .code = "SDD209",
    .name = "unknown-node-type",
    .severity = Severity::kError,
    .fix = Safety::kUnsafe,
    .title = "a node's type is none of the known ones",
    .why =
        "The type decides how a node is counted, whether it is shown as work or as a "
        "heading, and what its metadata must say. A type that nobody knows is treated "
        "differently by every program.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "tasks", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
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
    .check = check_node_types};

namespace {

constexpr std::pair<std::string_view, std::string_view> kOtherTypes[] = {
    {"root", "spec"},        {"specification", "spec"},  {"epic", "phase"},
    {"milestone", "phase"},  {"stage", "phase"},         {"section", "group"},
    {"category", "group"},   {"story", "task"},          {"todo", "task"},
    {"step", "task"},        {"item", "task"},           {"implementation", "task"},
    {"sub_task", "subtask"}, {"verification", "verify"}, {"check", "verify"},
    {"test", "verify"},      {"validation", "verify"},   {"investigation", "research"},
    {"spike", "research"},
};

std::string likely_type(std::string_view written) {
  std::string word = ascii_lower(written);
  std::replace_if(
      word.begin(), word.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
  for (const auto& [other, ours] : kOtherTypes) {
    if (word == other) return std::string(ours);
  }
  const std::vector<std::string> near = nearest(word, spec::node_type_names(), 1);
  return near.empty() ? std::string() : near[0];
}

void check_node_types(const spec::Spec& spec, Report& report) {
  for (const spec::Node& node : spec.nodes()) {
    const json::Value type = node.type_value;
    if (node.type || !type) continue;
    Finding& finding = report.add(
        type, fmt::format("type is {}, not one of spec, phase, group, task, subtask, verify and "
                          "research",
                          type.is_string() ? quote(type.string()) : kind_name(type.kind())));
    finding.node = node.id;
    const std::string likely = type.is_string() ? likely_type(type.string()) : std::string();
    if (likely.empty()) continue;
    finding.help = fmt::format("did you mean {}?", quote(likely));
    finding.fix = node_fix(node, Safety::kUnsafe, "set type to " + quote(likely),
                           {set_member(node, "type", type, '"' + likely + '"')});
  }
}

}  // namespace

}  // namespace sdd::rules
