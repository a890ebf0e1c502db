#include <fmt/format.h>

#include <string>

#include "base/strings.h"
#include "rules/nearest_id.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_root_exists(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kMissingRoot = {
    .code = "SDD201",
    .name = "missing-root",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "the hierarchy has no spec-root",
    .why =
        "Everything starts at spec-root: progress, the tree, the counts. Without it there "
        "are nodes but no spec, and every program that walks the tree finds nothing.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "phase-1": {"type": "phase", "title": "Build", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
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
    .check = check_root_exists};

namespace {

// A node that was meant to be the root: of type spec, or with a name like it.
std::string root_by_another_name(const spec::Spec& spec) {
  for (const spec::Node& node : spec.nodes()) {
    if (node.type == spec::NodeType::kSpec) {
      return fmt::format("{} is of type spec: call it 'spec-root'", quote(node.id));
    }
  }
  const std::string near = NearestId(spec).find("spec-root");
  return near.empty() ? near : fmt::format("is {} meant to be it?", quote(near));
}

void check_root_exists(const spec::Spec& spec, Report& report) {
  if (spec.root() != nullptr) return;
  const json::Value document = spec.root_value();
  if (!document.is_object()) {
    report.add(document, fmt::format("the document is {}, not a spec", kind_name(document.kind())));
  } else if (!spec.hierarchy) {
    report.add_missing(document, "hierarchy", "there is no hierarchy, so there is no 'spec-root'");
  } else if (!spec.hierarchy.is_object()) {
    report.add(spec.hierarchy, fmt::format("hierarchy is {}, not an object of nodes",
                                           kind_name(spec.hierarchy.kind())));
  } else if (spec.nodes().empty()) {
    report.add_missing(spec.hierarchy, "spec-root", "hierarchy is empty");
  } else {
    report.add_missing(spec.hierarchy, "spec-root", "hierarchy has no node 'spec-root'").help =
        root_by_another_name(spec);
  }
}

}  // namespace

}  // namespace sdd::rules
