#include <fmt/format.h>

#include "base/strings.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_titles(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kTitleMismatch = {
    .code = "SDD116",
    .name = "title-mismatch",
    .severity = Severity::kNote,
    .fix = Safety::kNone,
    .title = "the spec's titles differ",
    .why =
        "A spec can say its title three times: at the top, in metadata and at spec-root. "
        "Lists show one, reports another; where they differ, nobody knows that it is the "
        "same spec.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Example", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
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
    .check = check_titles};

namespace {

// Stands at the first title that is not the same as the one before it.
void check_titles(const spec::Spec& spec, Report& report) {
  struct Title {
    const char* where = nullptr;
    json::Value value;
  };
  const Title titles[] = {
      {"title", spec.title},
      {"metadata.title", spec.metadata.find("title")},
      {"the title of 'spec-root'", spec.root() != nullptr ? spec.root()->title : json::Value()},
  };
  const Title* first = nullptr;
  for (const Title& title : titles) {
    if (!title.value.is_string() || title.value.string().empty()) continue;
    if (first == nullptr) {
      first = &title;
    } else if (title.value.string() != first->value.string()) {
      Finding& finding = report.add(
          title.value, fmt::format("{} is {}, {} is {}", title.where, quote(title.value.string()),
                                   first->where, quote(first->value.string())));
      finding.related.push_back({first->value.span(), "the other title"});
      if (&title == &titles[2]) finding.node = spec.root()->id;
      return;
    }
  }
}

}  // namespace

}  // namespace sdd::rules
