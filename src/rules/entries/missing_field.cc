#include <string>

#include "bank/document.h"
#include "rules/entries/logged_entries.h"
#include "rules/rule.h"

namespace sdd::rules {
namespace {

constexpr bank::Key kNeeded[] = {bank::Key::kSpec, bank::Key::kOwner, bank::Key::kSummary};
constexpr bank::Key kExpected[] = {bank::Key::kBranch, bank::Key::kTests, bank::Key::kRisks};

void add_missing(const bank::TaskEntry& entry, bank::Key key, Severity severity, Report& report) {
  if (entry.field(key) != nullptr) return;
  const std::string name(bank::name_of(key));
  report.add(entry.head().span(), "'" + name + "' is missing").severity = severity;
}

}  // namespace

constinit const Rule kMissingField = {
    .code = "SDD604",
    .name = "missing-field",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "an entry lacks a field",
    .why =
        "Spec, Owner and Summary are what an entry is for: where the work is described, whose it "
        "is, what came of it. Branch, Tests and Risks are expected too; that they are missing is "
        "only noted.",
    .bad = {{{"meta/memory_bank/branch_updates/2026-01-05-bugfix-pier-lamps.md",
              R"(- [x] **[BUG][PIER]** Mend the pier lamps
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md`
  - Owner: Ada
  - Branch: `bugfix/pier-lamps`
  - Done: 2026-01-05
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
        for (const bank::Key key : kNeeded) add_missing(entry, key, Severity::kError, report);
        for (const bank::Key key : kExpected) add_missing(entry, key, Severity::kNote, report);
      }
    }};

}  // namespace sdd::rules
