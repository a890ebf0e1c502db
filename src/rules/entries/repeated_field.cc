#include "bank/document.h"
#include "base/strings.h"
#include "rules/entries/logged_entries.h"
#include "rules/rule.h"

namespace sdd::rules {

constinit const Rule kRepeatedField = {
    .code = "SDD610",
    .name = "repeated-field",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "an entry has a field twice",
    .why =
        "Two values for one question: a reader takes the first or the last. It happens when an "
        "entry is made from an older one.",
    .bad = {{{"meta/memory_bank/branch_updates/2026-01-05-bugfix-pier-lamps.md",
              R"(- [x] **[BUG][PIER]** Mend the pier lamps
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md`
  - Owner: Ada
  - Owner: Grace
  - Branch: `bugfix/pier-lamps`
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
  - Done: 2026-01-05
  - Summary: The lamps burn again.
  - Tests: `make test`
  - Risks: Low
)"}}},
    .check = [](const BankFile& file, Report& report) {
      for (const bank::TaskEntry& entry : logged_entries(file.document)) {
        for (const bank::Field& field : entry.fields) {
          const bank::Field* first = entry.field(field.id);
          if (field.id == bank::Key::kOther || first == &field) continue;
          report.add(field.whole.span(), quote(field.key.view()) + " stands here again")
              .related.push_back({first->whole.span(), "the first one"});
        }
      }
    }};

}  // namespace sdd::rules
