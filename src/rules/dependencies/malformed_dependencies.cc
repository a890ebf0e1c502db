#include <fmt/format.h>
#include <string>
#include <utility>

#include "json/tree.h"
#include "rules/rule.h"
#include "spec/dependencies.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_shape_of_dependencies(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kMalformedDependencies = {
    .code = "SDD505",
    .name = "malformed-dependencies",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "dependencies is not an object of lists of ids",
    .why =
        "No program finds out what the node waits for: what stands here is skipped, or stops the "
        "reader with an error.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}, "dependencies": {"blocks": [], "blocked_by": [], "depends": []}},
    "task-1-2": {"type": "task", "title": "Try it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}, "dependencies": ["task-1-1"]}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}, "dependencies": {"blocks": [], "blocked_by": [], "depends": []}},
    "task-1-2": {"type": "task", "title": "Try it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}, "dependencies": {"blocks": [], "blocked_by": [], "depends": []}}
  }
})"}}},
    .check = check_shape_of_dependencies};

namespace {

constexpr const char* kShapeHelp =
    R"(write {"blocks": […], "blocked_by": […], "depends": […]}, each with ids of nodes)";

void tell_wrong_shape(const spec::Node& node, json::Value value, std::string message,
                      Report& report) {
  Finding& finding = report.add(value, std::move(message));
  finding.node = node.id;
  finding.help = kShapeHelp;
}

void check_shape_of_dependencies(const spec::Spec& spec, Report& report) {
  for (const spec::Node& node : spec.nodes()) {
    const json::Value object = node.dependencies;
    if (!object || node.hidden) continue;
    if (!object.is_object()) {
      tell_wrong_shape(node, object,
                       fmt::format("dependencies is {}, not an object", kind_name(object.kind())),
                       report);
      continue;
    }
    if (spec::has_only_empty_lists(object)) continue;
    for (const spec::DependencyKind kind : spec::kDependencyKinds) {
      const json::Value list = object.find(to_string(kind));
      if (list && !list.is_array()) {
        tell_wrong_shape(
            node, list,
            fmt::format("{} is {}, not a list of ids", to_string(kind), kind_name(list.kind())),
            report);
      }
      for (const json::Value id : list.elements()) {
        if (id.is_string()) continue;
        tell_wrong_shape(node, id,
                         fmt::format("{} holds {} where an id must stand", to_string(kind),
                                     kind_name(id.kind())),
                         report);
      }
    }
  }
}

}  // namespace

}  // namespace sdd::rules
