#include "bank/document.h"
#include "rules/entries/logged_entries.h"
#include "rules/rule.h"

namespace sdd::rules {

constinit const Rule kDoneBeforeStart = {
    .code = "SDD606",
    .name = "done-before-start",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "an entry was done before it was started",
    .why = "One of the two dates is wrong; usually one was copied from another entry.",
    .bad = {{{"meta/memory_bank/branch_updates/2026-01-05-bugfix-pier-lamps.md",
              R"(- [x] **[BUG][PIER]** Mend the pier lamps
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md`
  - Owner: Ada
  - Branch: `bugfix/pier-lamps`
  - Started: 2026-01-07
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
        const bank::Field* started = entry.field(bank::Key::kStarted);
        const bank::Field* done = entry.field(bank::Key::kDone);
        if (started == nullptr || done == nullptr || !started->date() || !done->date()) continue;
        if (*done->date() >= *started->date()) continue;
        report.add(done->value.span(), "done on " + to_string(*done->date()) + ", started on " +
                                           to_string(*started->date()));
      }
    }};

}  // namespace sdd::rules
