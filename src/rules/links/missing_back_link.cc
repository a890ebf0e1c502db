#include "base/strings.h"
#include "rules/links/entry_places.h"
#include "rules/repository.h"
#include "rules/rule.h"

namespace sdd::rules {
namespace {

Span place_in(const ItemView& view) {
  if (const auto* field = view.item->meta(bank::Meta::kSddSpec)) return place_of_link(*field);
  return view.item->meta_heading ? view.item->meta_heading->span() : Span{};
}

// The work item names a spec that exists: does that name it back? Where the spec names a file that
// does not exist, that is told below, once.
void check_spec_of(const Repository& repository, const ItemView& view, LinkReport& report) {
  const SpecFacts* spec = view.spec;
  if (spec == nullptr || !spec->readable) return;
  const std::string_view named = plain_path(spec->work_item);
  if (repository.item_at(named) == &view || (!named.empty() && !repository.exists(named))) return;
  const std::string item = quoted_path(view.file->path);
  report.add(*spec, named.empty() ? item + " names this spec, but the spec has no work_item_spec"
                                  : item + " names this spec, but its work_item_spec is " +
                                        quoted_path(named));
}

// A work item may name several specs in one line. Two files of one id are SDD114.
bool names(const ItemView& view, const SpecFacts& spec) {
  if (view.spec == &spec || (view.spec != nullptr && view.spec->id == spec.id)) return true;
  const bank::Field* field = view.item->meta(bank::Meta::kSddSpec);
  return field != nullptr && field->value.view().find(spec.path) != std::string_view::npos;
}

void check_item_of(const Repository& repository, const SpecFacts& spec, LinkReport& report) {
  const std::string_view named = plain_path(spec.work_item);
  if (named.empty()) return;
  if (!repository.exists(named)) {
    report.add(spec, "work_item_spec names " + quoted_path(named) + ", and there is no such file");
    return;
  }
  const ItemView* view = repository.item_at(named);
  if (view == nullptr || names(*view, spec)) return;
  const std::string_view link = path_of(view->item->meta(bank::Meta::kSddSpec));
  if (!link.empty() && !repository.exists(link)) return;  // SDD802
  Finding& finding =
      report.add(*view->file, place_in(*view),
                 quoted_path(spec.path) + " names this work item, but its SDD Spec is " +
                     (link.empty() ? "missing" : quoted_path(link)));
  finding.help = "write it down here, or take it out there";
}

void check_back_links(const Repository& repository, LinkReport& report) {
  for (const ItemView& view : repository.items()) check_spec_of(repository, view, report);
  for (const SpecFacts& spec : repository.specs()) check_item_of(repository, spec, report);
}

}  // namespace

constinit const Rule kMissingBackLink = {
    .code = "SDD803",
    .name = "missing-back-link",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "a spec and a work item do not name each other",
    .why =
        "From the spec the way leads to why it is done, from the work item to how far it is. When "
        "only one names the other, or names a file that is gone, half of the readers never find "
        "the other half.",
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
- SDD Spec: N/A
- Created: 2026-01-02
- Updated: 2026-01-03
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
    .check = check_back_links};

}  // namespace sdd::rules
