#include "bank/document.h"
#include "base/strings.h"
#include "rules/entries/logged_entries.h"
#include "rules/rule.h"

namespace sdd::rules {

constinit const Rule kBadDate = {
    .code = "SDD605",
    .name = "bad-date",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "a date of an entry is none",
    .why =
        "Entries are put in order by their dates, and compared with work items and specs. A date "
        "is YYYY-MM-DD and in the calendar; text may follow it.",
    .bad = {{{"meta/memory_bank/branch_updates/2026-01-05-bugfix-pier-lamps.md",
              R"(- [x] **[BUG][PIER]** Mend the pier lamps
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md`
  - Owner: Ada
  - Branch: `bugfix/pier-lamps`
  - Done: 2026-02-30
  - Summary: The lamps burn again.
  - Tests: `make test`
  - Risks: Low
)"}}},
    .good = {{{"meta/memory_bank/branch_updates/2026-01-05-bugfix-pier-lamps.md",
               R"(- [x] **[BUG][PIER]** Mend the pier lamps
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md`
  - Owner: Ada
  - Branch: `bugfix/pier-lamps`
  - Done: 2026-01-05 (release pending)
  - Summary: The lamps burn again.
  - Tests: `make test`
  - Risks: Low
)"}}},
    .check = [](const BankFile& file, Report& report) {
      for (const bank::TaskEntry& entry : logged_entries(file.document)) {
        for (const bank::Field& field : entry.fields) {
          if (field.id != bank::Key::kStarted && field.id != bank::Key::kDone) continue;
          if (field.date()) continue;
          const bank::Piece where = field.value.empty() ? field.whole : field.value;
          report
              .add(where.span(),
                   quote(field.key.view()) + " is " + quote(field.value.view(), 40) + ", no date")
              .help = "a date is YYYY-MM-DD";
        }
      }
    }};

}  // namespace sdd::rules
