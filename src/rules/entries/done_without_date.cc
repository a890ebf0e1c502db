#include "bank/document.h"
#include "rules/entries/logged_entries.h"
#include "rules/rule.h"

namespace sdd::rules {

constinit const Rule kDoneWithoutDate = {
    .code = "SDD601",
    .name = "done-without-date",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "an entry is ticked and has no Done date",
    .why =
        "A ticked entry says that work is done; `Done:` says since when. Without the day nobody "
        "can tell it from an entry that was ticked by mistake, and it cannot be put in order with "
        "the others.",
    .bad = {{{"meta/memory_bank/branch_updates/2026-01-05-bugfix-pier-lamps.md",
              R"(- [x] **[BUG][PIER]** Mend the pier lamps
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md`
  - Owner: Ada
  - Branch: `bugfix/pier-lamps`
  - Summary: The lamps burn again.
  - Tests: `make test`
  - Risks: Low
)"}}},
    .good = {{{"meta/memory_bank/branch_updates/2026-01-05-bugfix-pier-lamps.md",
               R"(- [x] **[BUG][PIER]** Mend the pier lamps
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md`
  - Owner: Ada
  - Branch: `bugfix/pier-lamps`
  - Done: 2026-01-05
  - Summary: The lamps burn again.
  - Tests: `make test`
  - Risks: Low
)"}}},
    .check = [](const BankFile& file, Report& report) {
      for (const bank::TaskEntry& entry : logged_entries(file.document)) {
        if (!entry.done || entry.field(bank::Key::kDone) != nullptr) continue;
        report.add(entry.head().span(), "the entry is ticked, 'Done' is missing").help =
            "add '  - Done: YYYY-MM-DD'";
      }
    }};

}  // namespace sdd::rules
