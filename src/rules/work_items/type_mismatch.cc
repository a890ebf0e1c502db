#include <string>
#include <string_view>

#include "bank/document.h"
#include "base/strings.h"
#include "rules/rule.h"
#include "text/source_text.h"

namespace sdd::rules {
namespace {

std::string letters(std::string_view text) {
  std::string kept = ascii_lower(text);
  std::erase_if(kept, [](char c) { return c == ' ' || c == '-' || c == '_' || c == '`'; });
  return kept;
}

}  // namespace

constinit const Rule kTypeMismatch = {
    .code = "SDD703",
    .name = "type-mismatch",
    .severity = Severity::kNote,
    .fix = Safety::kNone,
    .title = "a work item has one type in its name and another in its Meta block",
    .why =
        "Lists go by the name, people by the block. Spelling variants (`bug fix`, `bugfix`) are "
        "equal.",
    .bad = {{{"meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md",
              R"(# Mend the pier lamps

## Meta

- Type: feature
- Status: done
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

- Type: bug fix
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
      if (item == nullptr || item->meta(bank::Meta::kType) == nullptr) return;
      const bank::Piece type = item->meta(bank::Meta::kType)->value;
      const bank::ItemName name = bank::item_name_of(file.source.path());
      if (type.empty() || name.type.empty() || letters(type.view()) == letters(name.type)) return;
      report.add(type.span(),
                 "Type is " + quote(type.view()) + ", the file name says " + quote(name.type));
    }};

}  // namespace sdd::rules
