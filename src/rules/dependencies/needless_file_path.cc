#include <fmt/format.h>
#include <string_view>

#include "base/strings.h"
#include "json/tree.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_needless_file_paths(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kNeedlessFilePath = {
    .code = "SDD514",
    .name = "needless-file-path",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "a task that changes no code names a file",
    .why =
        "An investigation, a decision or research ends in knowledge, not in a changed file. "
        "Usually the category is wrong, and reports leave the task out of the code changes.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"task_category": "decision", "file_path": "a.py"}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"task_category": "decision"}}
  }
})"}}},
    .check = check_needless_file_paths};

namespace {

void check_needless_file_paths(const spec::Spec& spec, Report& report) {
  for (const spec::Node& node : spec.nodes()) {
    const json::Value path = node.metadata.file_path;
    if (node.type != spec::NodeType::kTask || !path || node.hidden) continue;
    if (path.is_null() || (path.is_string() && path.string().empty())) continue;
    const std::string_view category = node.metadata.task_category.string();
    if (category != "investigation" && category != "decision" && category != "research") continue;
    Finding& finding = report.add(
        path, fmt::format("{} is a task of category {}, which changes no file, but it names one",
                          quote(node.id), category));
    finding.node = node.id;
    finding.help = "take file_path out, or change task_category";
    finding.related.push_back({node.metadata.task_category.span(), "the category stands here"});
  }
}

}  // namespace

}  // namespace sdd::rules
