#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {

constinit const Rule kEmptyTitle = {
    .code = "SDD211",
    .name = "empty-title",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "a node's title is empty",
    .why =
        "The title is all that a reader of a progress report or a journal sees of a task. "
        "An empty one says nothing about what was to be done.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
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
    .check = [](const spec::Spec& spec, Report& report) {
      for (const spec::Node& node : spec.nodes()) {
        if (!node.title.is_string()) continue;
        const std::string_view title = node.title.string();
        if (title.find_first_not_of(" \t\r\n") != std::string_view::npos) continue;
        report.add(node.title, "title is empty").node = node.id;
      }
    }};

}  // namespace sdd::rules
