#include <fmt/format.h>
#include <string>

#include "base/strings.h"
#include "json/tree.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_file_paths(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kMissingFilePath = {
    .code = "SDD513",
    .name = "missing-file-path",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "a task that changes code does not name the file",
    .why =
        "Reviews, reports and checks start from the file that a task is about. A task of category "
        "implementation or refactoring, and one that names no category, is expected to change one.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"task_category": "implementation"}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"task_category": "implementation", "file_path": "a.py"}}
  }
})"}}},
    .check = check_file_paths};

namespace {

bool needs_file_path(json::Value category) {
  if (!category || category.is_null()) return true;
  return category.string() == "implementation" || category.string() == "refactoring";
}

void check_file_paths(const spec::Spec& spec, Report& report) {
  for (const spec::Node& node : spec.nodes()) {
    if (node.type != spec::NodeType::kTask || node.hidden) continue;
    if (!node.metadata_value.is_object()) continue;  // SDD208, or no object
    const json::Value category = node.metadata.task_category;
    if (!needs_file_path(category)) continue;
    const json::Value path = node.metadata.file_path;
    const bool blank = path.is_null() || (path.is_string() && path.string().empty());
    if (path && !blank) continue;
    const std::string task =
        category.is_string()
            ? fmt::format("{} is a task of category {}", quote(node.id), category.string())
            : fmt::format("{} is a task without a category", quote(node.id));
    Finding& finding = path ? report.add(path, task + ", but its file_path is empty")
                            : report.add_missing(node.metadata_value, "file_path",
                                                 task + ", but has no file_path");
    finding.node = node.id;
    finding.help =
        "name the file that it changes, or set task_category to investigation, decision or "
        "research";
  }
}

}  // namespace

}  // namespace sdd::rules
