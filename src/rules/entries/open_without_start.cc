#include "bank/document.h"
#include "rules/entries/logged_entries.h"
#include "rules/rule.h"

namespace sdd::rules {

constinit const Rule kOpenWithoutStart = {
    .code = "SDD602",
    .name = "open-without-start",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "an open entry has no Started date",
    .why =
        "An open entry without a day cannot be told from one that was forgotten: `Started:` is how "
        "long it has been open.",
    .bad = {{{"meta/memory_bank/branch_updates/2026-01-05-bugfix-pier-lamps.md",
              R"(- [ ] **[BUG][PIER]** Mend the pier lamps
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md`
  - Owner: Ada
  - Branch: `bugfix/pier-lamps`
  - Summary: The lamps burn again.
  - Tests: `make test`
  - Risks: Low
)"}}},
    .good = {{{"meta/memory_bank/branch_updates/2026-01-05-bugfix-pier-lamps.md",
               R"(- [ ] **[BUG][PIER]** Mend the pier lamps
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md`
  - Owner: Ada
  - Branch: `bugfix/pier-lamps`
  - Started: 2026-01-02
  - Summary: The lamps burn again.
  - Tests: `make test`
  - Risks: Low
)"}}},
    .check = [](const BankFile& file, Report& report) {
      for (const bank::TaskEntry& entry : logged_entries(file.document)) {
        if (entry.done || entry.field(bank::Key::kStarted) != nullptr) continue;
        report.add(entry.head().span(), "the entry is open, 'Started' is missing").help =
            "add '  - Started: YYYY-MM-DD'";
      }
    }};

}  // namespace sdd::rules
