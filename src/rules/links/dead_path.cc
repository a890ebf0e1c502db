#include <algorithm>

#include "base/strings.h"
#include "rules/repository.h"
#include "rules/rule.h"

namespace sdd::rules {
namespace {

// The links that other rules judge: SDD801 to SDD803, SDD613 and SDD707.
std::vector<Span> judged_elsewhere(const bank::Document& document) {
  std::vector<Span> spans;
  const auto add = [&](const bank::Field* field) {
    if (field == nullptr) return;
    if (const auto path = field->path()) spans.push_back(path->whole.span());
  };
  for (const bank::TaskEntry& entry : document.entries()) {
    add(entry.field(bank::Key::kSpec));
    if (!entry.in_task_section) add(entry.field(bank::Key::kSddSpec));
  }
  if (const bank::WorkItem* item = document.work_item()) add(item->meta(bank::Meta::kSddSpec));
  std::sort(spans.begin(), spans.end(), [](Span a, Span b) { return a.begin < b.begin; });
  return spans;
}

bool is_in(const std::vector<Span>& spans, Span span) {
  const auto after = std::upper_bound(spans.begin(), spans.end(), span.begin,
                                      [](std::size_t begin, Span s) { return begin < s.begin; });
  return after != spans.begin() && span.end <= std::prev(after)->end;
}

void check_paths(const Repository& repository, LinkReport& report) {
  for (const BankView& file : repository.files()) {
    if (file.document->mentions().empty() || file.document->kind() == bank::Kind::kGuidance)
      continue;
    const std::vector<Span> elsewhere = judged_elsewhere(*file.document);
    for (const bank::Mention& mention : file.document->mentions()) {
      const std::string_view path = plain_path(mention.path.view());
      if (!repository.is_ours(path) || repository.exists(path)) continue;
      if (is_in(elsewhere, mention.path.span())) continue;
      report.add(file, mention.path.span(), "there is no " + quoted_path(path));
    }
  }
}

}  // namespace

constinit const Rule kDeadPath = {
    .code = "SDD808",
    .name = "dead-path",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "a path in back-ticks leads nowhere",
    .why =
        "Paths below the memory bank and the specs are how one file leads to the next; after a "
        "move they lead nowhere. Patterns such as `branch_updates/*.md` are no paths.",
    .bad = {{{"meta/sdd/specs/completed/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "metadata": {"work_item_spec": "meta/memory_bank/specs/work_items/2026-01-02__feature__demo.md"},
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "completed", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"}
  ]
})"},
             {"meta/memory_bank/specs/work_items/2026-01-02__feature__demo.md", R"(# Demo

## Meta

- Type: feature
- Status: done
- Owner: Ada
- Branch: `feature/demo`
- SDD Spec: `meta/sdd/specs/completed/demo-2026-01-02-001.json`
- Created: 2026-01-02
- Updated: 2026-01-03

## Context

See `meta/memory_bank/guides/gone.md`.
)"},
             {"meta/memory_bank/branch_updates/2026-01-03-feature-demo.md",
              R"(- [x] **[FEATURE]** Demo
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__feature__demo.md`
  - Owner: Ada
  - Branch: `feature/demo`
  - Done: 2026-01-03
  - Summary: It works.
  - Tests: `make test`
  - Risks: Low
)"}}},
    .good = {{{"meta/sdd/specs/completed/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "metadata": {"work_item_spec": "meta/memory_bank/specs/work_items/2026-01-02__feature__demo.md"},
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "completed", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 1, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Write it", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "task-1-1"}
  ]
})"},
              {"meta/memory_bank/specs/work_items/2026-01-02__feature__demo.md", R"(# Demo

## Meta

- Type: feature
- Status: done
- Owner: Ada
- Branch: `feature/demo`
- SDD Spec: `meta/sdd/specs/completed/demo-2026-01-02-001.json`
- Created: 2026-01-02
- Updated: 2026-01-03

## Context

See `meta/memory_bank/branch_updates/*.md` and `meta/sdd/specs/completed/demo-2026-01-02-001.json`.
)"},
              {"meta/memory_bank/branch_updates/2026-01-03-feature-demo.md",
               R"(- [x] **[FEATURE]** Demo
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__feature__demo.md`
  - Owner: Ada
  - Branch: `feature/demo`
  - Done: 2026-01-03
  - Summary: It works.
  - Tests: `make test`
  - Risks: Low
)"}}},
    .check = check_paths};

}  // namespace sdd::rules
