#include "bank/document.h"
#include "base/strings.h"
#include "rules/rule.h"

namespace sdd::rules {

constinit const Rule kUnknownWorkItemStatus = {
    .code = "SDD704",
    .name = "unknown-work-item-status",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "the status of a work item is not a known one",
    .why =
        "A status that nobody knows is neither open nor done: the work item falls out of every "
        "list.",
    .bad = {{{"meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md",
              R"(# Mend the pier lamps

## Meta

- Type: bugfix
- Status: finished
- Owner: Ada
- Branch: bugfix/pier-lamps
- SDD Spec: N/A
- Created: 2026-01-02
- Updated: 2026-01-05

## Goal / Acceptance Criteria

- [x] Every lamp burns.
)"}}},
    .good = {{{"meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md",
               R"(# Mend the pier lamps

## Meta

- Type: bugfix
- Status: Done (with a note)
- Owner: Ada
- Branch: bugfix/pier-lamps
- SDD Spec: N/A
- Created: 2026-01-02
- Updated: 2026-01-05

## Goal / Acceptance Criteria

- [x] Every lamp burns.
)"}}},
    .check = [](const BankFile& file, Report& report) {
      const bank::WorkItem* item = file.document.work_item();
      if (item == nullptr || item->status != bank::ItemStatus::kUnknown) return;
      const bank::Piece status = item->meta(bank::Meta::kStatus)->value;
      Finding& finding = report.add(status.span(), "Status is " + quote(status.view(), 40));
      finding.help = did_you_mean(
          status.view(), {"draft", "active", "in progress", "blocked", "done", "completed"});
      if (finding.help.empty()) {
        finding.help = "known are draft, active, in progress, blocked, done and completed";
      }
    }};

}  // namespace sdd::rules
