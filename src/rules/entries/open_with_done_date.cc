#include "bank/document.h"
#include "rules/entries/logged_entries.h"
#include "rules/rule.h"

namespace sdd::rules {

constinit const Rule kOpenWithDoneDate = {
    .code = "SDD603",
    .name = "open-with-done-date",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "an open entry has a Done date",
    .why =
        "The box says open, the date says done. One of the two is wrong, and whoever lists open "
        "work, or done work, gets a wrong answer.",
    .bad = {{{"meta/memory_bank/branch_updates/2026-01-05-bugfix-pier-lamps.md",
              R"(- [ ] **[BUG][PIER]** Mend the pier lamps
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md`
  - Owner: Ada
  - Branch: `bugfix/pier-lamps`
  - Started: 2026-01-02
  - Done: 2026-01-05
  - Summary: The lamps burn again.
  - Tests: `make test`
  - Risks: Low
)"}}},
    .good = {{{"meta/memory_bank/branch_updates/2026-01-05-bugfix-pier-lamps.md",
               R"(- [x] **[BUG][PIER]** Mend the pier lamps
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md`
  - Owner: Ada
  - Branch: `bugfix/pier-lamps`
  - Started: 2026-01-02
  - Done: 2026-01-05
  - Summary: The lamps burn again.
  - Tests: `make test`
  - Risks: Low
)"}}},
    .check = [](const BankFile& file, Report& report) {
      for (const bank::TaskEntry& entry : logged_entries(file.document)) {
        const bank::Field* done = entry.field(bank::Key::kDone);
        if (entry.done || done == nullptr) continue;
        report.add(done->whole.span(), "the entry is open and has a 'Done' date").help =
            "tick the box, or remove the date";
      }
    }};

}  // namespace sdd::rules
