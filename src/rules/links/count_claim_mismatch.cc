#include <algorithm>
#include <vector>

#include "base/strings.h"
#include "rules/engine.h"
#include "rules/repository.h"
#include "rules/rule.h"

namespace sdd::rules {
namespace {

// The spec that a claim is about: the one it names, else the entry's.
const SpecFacts* spec_of(const Repository& repository, const bank::Claim& claim,
                         const EntryView& view) {
  if (claim.spec.empty()) return view.spec;
  const std::string_view named = claim.spec.view();
  if (const SpecFacts* spec = repository.spec_at(named)) return spec;
  return repository.spec_with_id(place_of(named).stem);
}

std::string counts(std::int64_t completed, std::int64_t total) {
  return std::to_string(completed) + "/" + std::to_string(total);
}

void check_claim(const Repository& repository, const bank::Claim& claim, const EntryView& view,
                 LinkReport& report) {
  const SpecFacts* spec = spec_of(repository, claim, view);
  if (spec == nullptr || !spec->completed || !spec->total) return;
  if (claim.completed == *spec->completed && claim.total == *spec->total) return;
  Finding& finding =
      report.add(*view.file, claim.counts.span(),
                 "the entry says " + counts(claim.completed, claim.total) + ", " + quote(spec->id) +
                     " says " + counts(*spec->completed, *spec->total));
  if (spec->last_updated && (!view.date || *view.date < *spec->last_updated)) {
    finding.severity = Severity::kNote;
    finding.help = "the spec was changed later, on " + bank::to_string(*spec->last_updated);
  } else {
    finding.help = "see what the spec lost or gained: sdd validate " + printable(spec->id);
  }
}

// A document's claims stand in the order of its entries.
void check_claims(const Repository& repository, LinkReport& report) {
  for (const EntryView& view : repository.entries()) {
    const std::vector<bank::Claim>& claims = view.file->document->claims();
    const auto number = view.entry - view.file->document->entries().data();
    auto claim = std::lower_bound(claims.begin(), claims.end(), number,
                                  [](const auto& one, auto entry) { return one.entry < entry; });
    for (; claim != claims.end() && claim->entry == number; ++claim) {
      check_claim(repository, *claim, view, report);
    }
  }
}

}  // namespace

constinit const Rule kCountClaimMismatch = {
    .code = "SDD804",
    .name = "count-claim-mismatch",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "a count that an entry claims is not the spec's",
    .why =
        "The log says (49/49), the spec says 48: one of the two lost an update, or the entry was "
        "written before the work was done. Only counts that are said of a spec are compared; when "
        "the spec was changed on a later day, it is a note.",
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
)"},
             {"meta/memory_bank/branch_updates/2026-01-03-feature-demo.md",
              R"(- [x] **[FEATURE]** Demo
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__feature__demo.md`
  - Owner: Ada
  - Branch: `feature/demo`
  - Done: 2026-01-03
  - Summary: The SDD spec (2/2) is done.
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
  - Summary: The SDD spec (1/1) is done, 62/62 tests pass.
  - Tests: `make test`
  - Risks: Low
)"}}},
    .check = check_claims};

}  // namespace sdd::rules
