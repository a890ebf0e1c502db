#include "rules/links/entry_places.h"
#include "rules/repository.h"
#include "rules/rule.h"

namespace sdd::rules {

constinit const Rule kUnloggedWorkItem = {
    .code = "SDD809",
    .name = "unlogged-work-item",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "a work item is done, and no entry tells of it",
    .why =
        "The log is where people see what was done and when. A done work item without an entry was "
        "never logged, or its entry was lost in a merge.",
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
    .check = [](const Repository& repository, LinkReport& report) {
      // The entry may stand in a log that is damaged, and that is told already.
      if (repository.entries_missing()) return;
      for (const ItemView& view : repository.items()) {
        if (!view.is_done() || !view.entries.empty()) continue;
        report.add(*view.file, place_of_status(view),
                   "the work item is done, but no entry of a log names it");
      }
    }};

}  // namespace sdd::rules
