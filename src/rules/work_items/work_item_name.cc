#include "bank/document.h"
#include "rules/rule.h"
#include "text/source_text.h"

namespace sdd::rules {

constinit const Rule kWorkItemName = {
    .code = "SDD701",
    .name = "work-item-name",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "the file name of a work item is not of the form",
    .why =
        "`YYYY-MM-DD__type__slug.md` is how work items are listed in order, and how entries and "
        "specs name them.",
    .bad = {{{"meta/memory_bank/specs/work_items/pier-lamps.md",
              R"(# Mend the pier lamps

## Meta

- Type: bugfix
- Status: done
- Owner: Ada
- Branch: bugfix/pier-lamps
- SDD Spec: N/A
- Created: 2026-01-02
- Updated: 2026-01-05

## Goal / Acceptance Criteria

- [x] Every lamp burns.
)"}}},
    .good = {{{"meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md",
               R"(# Mend the pier lamps

## Meta

- Type: bugfix
- Status: done
- Owner: Ada
- Branch: bugfix/pier-lamps
- SDD Spec: N/A
- Created: 2026-01-02
- Updated: 2026-01-05

## Goal / Acceptance Criteria

- [x] Every lamp burns.
)"}}},
    .check = [](const BankFile& file, Report& report) {
      if (file.document.work_item() == nullptr) return;
      if (bank::item_name_of(file.source.path()).is_regular()) return;
      report.add(Span{0, 0}, "the file name is not YYYY-MM-DD__type__slug.md");
    }};

}  // namespace sdd::rules
