#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "rules/fixes.h"
#include "rules/rule.h"
#include "spec/counts.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_node_fields(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kMissingNodeField = {
    .code = "SDD208",
    .name = "missing-node-field",
    .severity = Severity::kError,
    .fix = Safety::kSafe,
    .title = "a node lacks one of the members that every node has",
    .why =
        "Programs read type, title, status, parent, children, both counts and metadata of "
        "every node without asking whether they are there. One that is missing stops them "
        "or is taken for something else.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["phase-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "phase-1": {"type": "phase", "title": "Build", "status": "pending", "parent": "spec-root", "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "phase-1", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["phase-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "phase-1": {"type": "phase", "title": "Build", "status": "pending", "parent": "spec-root", "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "phase-1", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .check = check_node_fields};

namespace {

struct NodeField {
  const char* name;
  json::Value spec::Node::*value;
  const char* help;  // "" where a fix says it
};

constexpr NodeField kNodeFields[] = {
    {"type", &spec::Node::type_value,
     "add one of spec, phase, group, task, subtask, verify and research"},
    {"title", &spec::Node::title, "add a title: what is to be done, in one line"},
    {"status", &spec::Node::status_value, "add one of pending, in_progress, completed and blocked"},
    {"parent", &spec::Node::parent_value, "add the id of the node that lists it as a child"},
    {"children", &spec::Node::children_value, "add the ids of the nodes below it"},
    {"total_tasks", &spec::Node::total_value, ""},
    {"completed_tasks", &spec::Node::completed_value, ""},
    {"metadata", &spec::Node::metadata_value, ""},
};

// Which nodes are named as a parent by others: empty children would contradict those.
std::vector<bool> named_as_parent(const spec::Spec& spec) {
  std::vector<bool> named(spec.nodes().size(), false);
  for (const spec::Node& node : spec.nodes()) {
    if (node.parent != spec::kNoNode && !node.hidden) named[node.parent] = true;
  }
  return named;
}

// Whether an empty metadata would only be the next fault: a task must name its file (SDD513), a
// verification its kind (SDD510).
bool needs_metadata(const spec::Node& node) {
  return !node.type || node.type == spec::NodeType::kTask || node.type == spec::NodeType::kVerify;
}

// What a missing member is judged by; each found when it is first asked for.
struct Surroundings {
  const spec::Spec& spec;
  std::optional<std::vector<bool>> parents = {};
  std::optional<std::vector<spec::NodeCounts>> counts = {};

  bool is_parent(const spec::Node& node) {
    if (!parents) parents = named_as_parent(spec);
    return (*parents)[spec.index_of(node)];
  }
  // What its children add up to, where that is one number.
  std::optional<std::int64_t> sum(const spec::Node& node, bool total) {
    if (!counts) counts = spec::check_counts(spec);
    const spec::NodeCounts& all = (*counts)[spec.index_of(node)];
    const spec::CountRange sum = (total ? all.total : all.completed).must_be;
    return sum.is_exact() ? std::optional(sum.least) : std::nullopt;
  }
};

// The one value that the rest of the file leaves open, as a fix; nothing where it is a statement.
std::optional<Fix> derived_field(Surroundings& around, const spec::Node& node,
                                 const NodeField& field) {
  const auto add = [&](std::string_view value) {
    return node_fix(node, Safety::kSafe, fmt::format("add {}: {}", field.name, value),
                    {set_derived(node, field.name, {}, std::string(value))});
  };
  if (field.value == &spec::Node::metadata_value) {
    Fix fix = add("{}");
    if (needs_metadata(node)) fix.safety = Safety::kPlan;
    return fix;
  }
  if (field.value == &spec::Node::children_value) {
    return around.is_parent(node) ? std::nullopt : std::optional<Fix>(add("[]"));
  }
  const bool total = field.value == &spec::Node::total_value;
  if (!total && field.value != &spec::Node::completed_value) return std::nullopt;
  if (!node.children_value.is_array()) return std::nullopt;
  if (node.child_count > 0) {
    const std::optional<std::int64_t> sum = around.sum(node, total);
    return sum ? std::optional<Fix>(add(std::to_string(*sum))) : std::nullopt;
  }
  if (!node.type || (!total && !node.status)) return std::nullopt;
  if (total) return add(node.is_container() ? "0" : "1");
  return add(node.is_leaf() && node.status == spec::Status::kCompleted ? "1" : "0");
}

void check_node_fields(const spec::Spec& spec, Report& report) {
  Surroundings around{spec};
  for (const spec::Node& node : spec.nodes()) {
    if (!node.value.is_object()) continue;
    for (const NodeField& field : kNodeFields) {
      if (node.*field.value) continue;
      Finding& finding = report.add_missing(
          node.value, field.name, fmt::format("{} has no {}", quote(node.id), field.name));
      finding.node = node.id;
      finding.help = field.help;
      finding.fix = derived_field(around, node, field);
      if (finding.fix) finding.help.clear();
    }
  }
}

}  // namespace

}  // namespace sdd::rules
