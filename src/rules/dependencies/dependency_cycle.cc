#include <fmt/format.h>
#include <string>
#include <vector>

#include "base/strings.h"
#include "rules/rule.h"
#include "spec/dependencies.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_dependency_cycles(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kDependencyCycle = {
    .code = "SDD502",
    .name = "dependency-cycle",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "nodes wait for one another in a circle",
    .why =
        "None of them can ever be started by the rules of the plan. One of the dependencies is "
        "wrong, and only a person knows which.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}, "dependencies": {"blocks": ["task-1-2"], "blocked_by": ["task-1-2"], "depends": []}},
    "task-1-2": {"type": "task", "title": "Try it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}, "dependencies": {"blocks": ["task-1-1"], "blocked_by": ["task-1-1"], "depends": []}}
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
    .check = check_dependency_cycles};

namespace {

// "a → b → a"; of a very long way its beginning and its end.
std::string way_of_waiting(const spec::Spec& spec, const spec::DependencyCycle& cycle) {
  constexpr std::size_t kMost = 24;
  constexpr std::size_t kHead = 20;
  std::string way;
  for (std::size_t i = 0; i < cycle.size(); ++i) {
    if (cycle.size() > kMost && i == kHead) {
      const std::size_t left_out = cycle.size() - kMost;
      way += fmt::format("({} more) → ", left_out);
      i += left_out;
    }
    way += printable(spec.nodes()[cycle[i].waiter()].id) + " → ";
  }
  return way + printable(spec.nodes()[cycle[0].waiter()].id);
}

void check_dependency_cycles(const spec::Spec& spec, Report& report) {
  constexpr std::size_t kMostRelated = 5;
  const std::vector<spec::Dependency> dependencies = spec::dependencies(spec);
  for (const spec::DependencyCycle& cycle : spec::dependency_cycles(spec, dependencies)) {
    const spec::Dependency& first = cycle.front();
    const std::string name = quote(spec.nodes()[first.waiter()].id);
    Finding& finding =
        report.add(first.value, cycle.size() == 1 ? name + " waits for itself"
                                                  : "nodes wait for one another in a circle: " +
                                                        way_of_waiting(spec, cycle));
    finding.node = spec.nodes()[first.node].id;
    finding.help = "take one of these dependencies out";
    for (std::size_t i = 1; i < cycle.size() && i <= kMostRelated; ++i) {
      finding.related.push_back(
          {cycle[i].value.span(),
           fmt::format("{} waits for {}", quote(spec.nodes()[cycle[i].waiter()].id),
                       quote(spec.nodes()[cycle[i].blocker()].id))});
    }
  }
}

}  // namespace

}  // namespace sdd::rules
