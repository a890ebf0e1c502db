#include <fmt/format.h>
#include <string_view>

#include "base/strings.h"
#include "rules/nearest_id.h"
#include "rules/rule.h"
#include "spec/dependencies.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_known_dependencies(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kUnknownDependency = {
    .code = "SDD501",
    .name = "unknown-dependency",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "a dependency names a node that does not exist",
    .why =
        "The task waits for something that nobody will ever complete, or was meant to wait for "
        "something else. Usually an id is misspelled, or the other task was renamed or taken out.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}, "dependencies": {"blocks": [], "blocked_by": [], "depends": []}},
    "task-1-2": {"type": "task", "title": "Try it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}, "dependencies": {"blocks": [], "blocked_by": ["task-1-9"], "depends": []}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}, "dependencies": {"blocks": ["task-1-2"], "blocked_by": [], "depends": []}},
    "task-1-2": {"type": "task", "title": "Try it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}, "dependencies": {"blocks": [], "blocked_by": ["task-1-1"], "depends": []}}
  }
})"}}},
    .check = check_known_dependencies};

namespace {

void check_known_dependencies(const spec::Spec& spec, Report& report) {
  NearestId nearest(spec);
  spec::for_each_dependency(spec, [&](const spec::Dependency& dependency) {
    if (dependency.target != spec::kNoNode) return;
    const std::string_view id = dependency.value.string();
    Finding& finding = report.add(
        dependency.value,
        fmt::format("{} names {}, but no node has this id", to_string(dependency.kind), quote(id)));
    finding.node = spec.nodes()[dependency.node].id;
    finding.help = nearest.question(id);
  });
}

}  // namespace

}  // namespace sdd::rules
