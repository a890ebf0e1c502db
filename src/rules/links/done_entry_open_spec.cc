#include <map>
#include <set>

#include "base/strings.h"
#include "rules/links/entry_places.h"
#include "rules/links/spec_state.h"
#include "rules/repository.h"
#include "rules/rule.h"

namespace sdd::rules {
namespace {

// The last entry about each work item, and about each spec that is worked on without one.
std::vector<const EntryView*> last_entries(const Repository& repository) {
  std::vector<const EntryView*> last;
  std::map<const SpecFacts*, const EntryView*> without_item;
  for (const ItemView& view : repository.items()) {
    if (view.last_entry() != nullptr) last.push_back(view.last_entry());
  }
  for (const EntryView& view : repository.entries()) {
    if (view.item == nullptr && view.spec != nullptr) without_item[view.spec] = &view;
  }
  for (const auto& [spec, view] : without_item) last.push_back(view);
  return last;
}

// SDD806 speaks about these.
std::set<const SpecFacts*> specs_of_done_items(const Repository& repository) {
  std::set<const SpecFacts*> specs;
  for (const ItemView& view : repository.items()) {
    if (view.is_done() && view.spec != nullptr) specs.insert(view.spec);
  }
  return specs;
}

void check_last_entries(const Repository& repository, LinkReport& report) {
  const std::set<const SpecFacts*> told = specs_of_done_items(repository);
  for (const EntryView* view : last_entries(repository)) {
    const SpecFacts* spec = view->spec;
    if (!view->entry->done || spec == nullptr || !spec->readable || spec->complete) continue;
    if (told.contains(spec)) continue;
    Finding& finding =
        report.add(*view->file, place_of_work(*view->entry),
                   "the entry is done, but " + quote(spec->id) + " is " + state_of(*spec));
    finding.help = "complete what is open in the spec, or open the entry";
  }
}

}  // namespace

constinit const Rule kDoneEntryOpenSpec = {
    .code = "SDD805",
    .name = "done-entry-open-spec",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "the last entry of a work item is done, its spec is not",
    .why =
        "Earlier entries are steps, the last one says that the work is over. Either tasks of the "
        "spec were never closed, or the entry should still be open.",
    .bad = {{{"meta/sdd/specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "metadata": {"work_item_spec": "meta/memory_bank/specs/work_items/2026-01-02__feature__demo.md"},
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  },
  "journal": []
})"},
             {"meta/memory_bank/specs/work_items/2026-01-02__feature__demo.md", R"(# Demo

## Meta

- Type: feature
- Status: active
- Owner: Ada
- Branch: `feature/demo`
- SDD Spec: `meta/sdd/specs/active/demo-2026-01-02-001.json`
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
    .check = check_last_entries};

}  // namespace sdd::rules
