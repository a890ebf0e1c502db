#include <optional>
#include <string_view>

#include "bank/document.h"
#include "base/strings.h"
#include "rules/rule.h"
#include "text/source_text.h"

namespace sdd::rules {
namespace {

void check_spec(const BankFile& file, Report& report);

}  // namespace

constinit const Rule kForeignTaskEntry = {
    .code = "SDD707",
    .name = "foreign-task-entry",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "a work item's Task Entry section is about another work item",
    .why =
        "The section holds the entry that is copied into the logs. When its Spec is another file, "
        "every copy points at the wrong work item.",
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

## Task Entry

- [x] **[BUG][PIER]** Mend the pier lamps
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__quay-lamps.md`
  - Owner: Ada
  - Branch: `bugfix/pier-lamps`
  - Done: 2026-01-05
  - Summary: The lamps burn again.
  - Tests: `make test`
  - Risks: Low
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
    .check = check_spec};

namespace {

// Whether one of two paths is the end of the other: they may be relative to different folders.
bool same_file(std::string_view a, std::string_view b) {
  for (std::string_view* path : {&a, &b}) {
    while (path->starts_with("./")) path->remove_prefix(2);
  }
  if (a.size() < b.size()) std::swap(a, b);
  return a.ends_with(b) && (a.size() == b.size() || a[a.size() - b.size() - 1] == '/');
}

bool is_mangled(const bank::TaskEntry& entry, bank::Piece path) {
  for (const bank::Irregularity& irregularity : entry.irregularities) {
    if (irregularity.kind == bank::Irregularity::Kind::kMangledPath &&
        irregularity.where.span().contains(path.span())) {
      return true;
    }
  }
  return false;
}

void check_spec(const BankFile& file, Report& report) {
  if (file.document.work_item() == nullptr) return;
  for (const bank::TaskEntry& entry : file.document.entries()) {
    const bank::Field* spec = entry.field(bank::Key::kSpec);
    if (spec == nullptr || spec->value.empty()) continue;
    const std::optional<bank::PathValue> path = spec->path();
    if (path &&
        (same_file(path->path.view(), file.source.path()) || is_mangled(entry, path->path))) {
      continue;
    }
    report.add(path ? path->path.span() : spec->value.span(),
               "the entry's Spec is " + quote(path ? path->path.view() : spec->value.view(), 200) +
                   ", not this file");
  }
}

}  // namespace

}  // namespace sdd::rules
