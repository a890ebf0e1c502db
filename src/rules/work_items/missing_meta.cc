#include <string>
#include <vector>

#include "bank/document.h"
#include "base/strings.h"
#include "rules/rule.h"

namespace sdd::rules {
namespace {

void check_meta(const BankFile& file, Report& report);

}  // namespace

constinit const Rule kMissingMeta = {
    .code = "SDD702",
    .name = "missing-meta",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "a work item does not say what it is",
    .why =
        "Type, Status, Owner and Created in the block `## Meta` are what lists of work items are "
        "made of. Without Status nobody can tell whether the work is done.",
    .bad = {{{"meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md",
              R"(# Mend the pier lamps

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
    .check = check_meta};

namespace {

constexpr bank::Meta kNeeded[] = {bank::Meta::kType, bank::Meta::kStatus, bank::Meta::kOwner,
                                  bank::Meta::kCreated};

void check_meta(const BankFile& file, Report& report) {
  const bank::WorkItem* item = file.document.work_item();
  if (item == nullptr) return;
  if (!item->meta_heading) {
    report.add(item->title.span(), "there is no block '## Meta'");
    return;
  }
  std::vector<std::string> missing;
  for (const bank::Meta key : kNeeded) {
    const bank::Field* field = item->meta(key);
    if (field == nullptr || field->value.empty()) missing.push_back(quote(bank::name_of(key)));
  }
  if (missing.empty()) return;
  report.add(item->meta_heading->span(), "Meta lacks " + join_and(missing));
}

}  // namespace

}  // namespace sdd::rules
