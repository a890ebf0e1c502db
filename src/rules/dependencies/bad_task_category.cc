#include <fmt/format.h>
#include <string>
#include <string_view>

#include "base/strings.h"
#include "json/tree.h"
#include "rules/dependencies/known_words.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_categories(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kBadTaskCategory = {
    .code = "SDD512",
    .name = "bad-task-category",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "a task is of an empty or unknown category",
    .why =
        "The category decides what a task must name, such as the file that it changes. Programs "
        "that sort tasks by it do not know what to do with another word.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"task_category": "implement", "file_path": "a.py"}}
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
    .check = check_categories};

namespace {

void check_categories(const spec::Spec& spec, Report& report) {
  for (const spec::Node& node : spec.nodes()) {
    const json::Value category = node.metadata.task_category;
    if (!category || node.hidden) continue;
    const std::string_view word = category.string();
    if (category.is_string() && is_one_of(kTaskCategories, word)) continue;
    const std::string what = !category.is_string() ? kind_name(category.kind())
                             : word.empty()        ? "empty"
                                                   : quote(word);
    Finding& finding = report.add(
        category, fmt::format("task_category is {}, not one of investigation, implementation, "
                              "refactoring, decision and research",
                              what));
    finding.node = node.id;
    finding.help = did_you_mean(word, {kTaskCategories.begin(), kTaskCategories.end()});
  }
}

}  // namespace

}  // namespace sdd::rules
