#include "bank/document.h"
#include "rules/entries/logged_entries.h"
#include "rules/rule.h"

namespace sdd::rules {
namespace {

void add_unbalanced(bank::Piece text, Report& report) {
  const bank::Piece open = bank::unbalanced_ticks(text);
  if (!open.empty()) report.add(open.span(), "this back-tick is never closed");
}

}  // namespace

constinit const Rule kUnbalancedBackticks = {
    .code = "SDD608",
    .name = "unbalanced-backticks",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "a back-tick opens a command or path and nothing closes it",
    .why =
        "From there on nothing tells a command from prose: a path is not seen as one, a command "
        "cannot be copied. Often an edit cut the value short.",
    .bad = {{{"meta/memory_bank/branch_updates/2026-01-05-bugfix-pier-lamps.md",
              R"(- [x] **[BUG][PIER]** Mend the pier lamps
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md`
  - Owner: Ada
  - Branch: `bugfix/pier-lamps`
  - Done: 2026-01-05
  - Summary: The lamps burn again.
  - Tests: `make test, `make lint`
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
        add_unbalanced(entry.title, report);
        for (const bank::Field& field : entry.fields) add_unbalanced(field.value, report);
      }
    }};

}  // namespace sdd::rules
