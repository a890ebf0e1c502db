#include <optional>
#include <string>

#include "bank/document.h"
#include "rules/rule.h"

namespace sdd::rules {
namespace {

void check_dates(const BankFile& file, Report& report);

}  // namespace

constinit const Rule kImpossibleDates = {
    .code = "SDD706",
    .name = "impossible-dates",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "the dates of a work item contradict each other",
    .why =
        "Nothing is updated before it was created, and the entry that the work item proposes lies "
        "between the two days. One of the dates was copied, or never changed.",
    .bad = {{{"meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md",
              R"(# Mend the pier lamps

## Meta

- Type: bugfix
- Status: done
- Owner: Ada
- Branch: bugfix/pier-lamps
- SDD Spec: N/A
- Created: 2026-01-02
- Updated: 2026-01-01

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

## Task Entry

- [x] **[BUG][PIER]** Mend the pier lamps
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md`
  - Owner: Ada
  - Branch: `bugfix/pier-lamps`
  - Done: 2026-01-05
  - Summary: The lamps burn again.
  - Tests: `make test`
  - Risks: Low
)"}}},
    .check = check_dates};

namespace {

std::optional<bank::Date> date_of(const bank::WorkItem& item, bank::Meta key) {
  const bank::Field* field = item.meta(key);
  return field == nullptr ? std::nullopt : field->date();
}

void check_entry_date(const bank::Field& field, std::optional<bank::Date> created,
                      std::optional<bank::Date> updated, Report& report) {
  const std::optional<bank::Date> date = field.date();
  if (!date) return;
  const std::string when =
      "the entry's " + std::string(field.key.view()) + " is " + to_string(*date);
  if (created && *date < *created) {
    report.add(field.value.span(), when + ", the work item was created on " + to_string(*created));
  } else if (updated && *date > *updated) {
    report.add(field.value.span(),
               when + ", the work item was updated last on " + to_string(*updated));
  }
}

void check_dates(const BankFile& file, Report& report) {
  const bank::WorkItem* item = file.document.work_item();
  if (item == nullptr) return;
  const std::optional<bank::Date> created = date_of(*item, bank::Meta::kCreated);
  const std::optional<bank::Date> updated = date_of(*item, bank::Meta::kUpdated);
  if (created && updated && *updated < *created) {
    report.add(item->meta(bank::Meta::kUpdated)->value.span(),
               "updated on " + to_string(*updated) + ", created on " + to_string(*created));
    return;
  }
  for (const bank::TaskEntry& entry : file.document.entries()) {
    for (const bank::Field& field : entry.fields) {
      if (field.id != bank::Key::kStarted && field.id != bank::Key::kDone) continue;
      check_entry_date(field, created, updated, report);
    }
  }
}

}  // namespace

}  // namespace sdd::rules
