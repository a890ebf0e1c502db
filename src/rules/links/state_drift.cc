#include <algorithm>

#include "base/strings.h"
#include "rules/links/entry_places.h"
#include "rules/links/spec_state.h"
#include "rules/repository.h"
#include "rules/rule.h"

namespace sdd::rules {
namespace {

// SDD702, SDD704: where the Status is missing or unknown nothing can disagree with it.
bool says_state(const ItemView& view) {
  return view.item->status != bank::ItemStatus::kMissing &&
         view.item->status != bank::ItemStatus::kUnknown;
}

// SDD806 speaks about a work item that is done with an unfinished spec, SDD805 about an entry that
// alone says that the work is done.
bool is_told_already(const ItemView& view) {
  if (view.spec == nullptr || !view.spec->readable) return false;
  if (view.is_done()) return !is_finished(*view.spec);
  return view.last_entry() != nullptr && view.last_entry()->entry->done && !view.spec->complete;
}

std::string status_words(const ItemView& view) {
  return printable(view.item->meta(bank::Meta::kStatus)->value.view());
}

// The entry that disagrees with the work item: of one that is done the last that is still open
// (SDD612 speaks about those that a later one closes), of one that is open the last, when that is
// done. Earlier ones were steps.
const EntryView* disagreeing_entry(const ItemView& view) {
  if (!view.is_done()) {
    const EntryView* last = view.last_entry();
    return last != nullptr && last->entry->done ? last : nullptr;
  }
  const auto open = std::find_if(view.entries.rbegin(), view.entries.rend(), [](const auto* entry) {
    return !entry->entry->done && entry->closed_by == nullptr;
  });
  return open == view.entries.rend() ? nullptr : *open;
}

void check_states(const Repository& repository, LinkReport& report) {
  for (const ItemView& view : repository.items()) {
    if (!says_state(view) || is_told_already(view)) continue;
    if (const EntryView* entry = disagreeing_entry(view)) {
      const bool last = entry == view.last_entry();
      report.add(*entry->file, entry->entry->head().span(),
                 std::string(last ? "the last entry" : "an entry") + " about this work item is " +
                     (entry->entry->done ? "done" : "open") + ", but " +
                     quoted_path(view.file->path) + " says Status: " + status_words(view));
    } else if (!view.is_done() && view.spec != nullptr && view.spec->complete) {
      report.add(*view.file, place_of_status(view),
                 quote(view.spec->id) +
                     " is complete, but the work item says Status: " + status_words(view));
    }
  }
}

}  // namespace

constinit const Rule kStateDrift = {
    .code = "SDD807",
    .name = "state-drift",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "a work item and its log entry, or its spec, disagree on done",
    .why =
        "People look at one of the three and believe it. One finding for each work item, at the "
        "entry when that is part of it.",
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
- Status: active
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
    .check = check_states};

}  // namespace sdd::rules
