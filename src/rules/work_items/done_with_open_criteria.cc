#include <fmt/core.h>
#include <utility>
#include <vector>

#include "bank/document.h"
#include "rules/rule.h"

namespace sdd::rules {

constinit const Rule kDoneWithOpenCriteria = {
    .code = "SDD705",
    .name = "done-with-open-criteria",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "a work item is done and an acceptance criterion is open",
    .why =
        "Either the work is not done, or nobody ticked what was proved. Whoever relies on the "
        "criteria later cannot tell which.",
    .bad = {{{"meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md",
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
- [ ] No lamp flickers.
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
    .check = [](const BankFile& file, Report& report) {
      const bank::WorkItem* item = file.document.work_item();
      if (item == nullptr || item->status != bank::ItemStatus::kDone) return;
      std::vector<Related> open;
      for (const bank::Box& box : item->criteria) {
        if (!box.ticked) open.push_back({box.whole.span(), "open"});
      }
      if (open.empty()) return;
      Finding& finding =
          report.add(item->meta(bank::Meta::kStatus)->value.span(),
                     "the work item is done, " + fmt::format("{} of {} acceptance criteria {} open",
                                                             open.size(), item->criteria.size(),
                                                             open.size() == 1 ? "is" : "are"));
      constexpr std::size_t kShown = 8;
      if (open.size() > kShown) open.resize(kShown);
      finding.related = std::move(open);
    }};

}  // namespace sdd::rules
