#include <string>
#include <string_view>

#include "bank/document.h"
#include "bank/log_name.h"
#include "base/strings.h"
#include "rules/rule.h"
#include "text/source_text.h"

namespace sdd::rules {
namespace {

void check_slug(const BankFile& file, Report& report);

}  // namespace

constinit const Rule kSlugMismatch = {
    .code = "SDD614",
    .name = "slug-mismatch",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "no entry of a log is about the branch that the log is named after",
    .why =
        "A branch log is found by its branch: `YYYY-MM-DD-<branch>.md`, with `-` for `/`. When no "
        "entry names that branch, the log belongs to another one, or was copied.",
    .bad = {{{"meta/memory_bank/branch_updates/2026-01-05-bugfix-pier-lamps.md",
              R"(- [x] **[BUG][PIER]** Mend the pier lamps
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md`
  - Owner: Ada
  - Branch: `bugfix/pier-lights`
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
    .check = check_slug};

namespace {

// "2026-01-05-bugfix-pier-lamps.md" gives "bugfix-pier-lamps".
std::string slug_of_file(std::string_view path) {
  std::string_view name =
      path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
  if (name.ends_with(".md")) name.remove_suffix(3);
  constexpr std::size_t kDate = 11;
  if (bank::leading_date(name) && name.size() > kDate && name[kDate - 1] == '-') {
    name.remove_prefix(kDate);
  }
  return ascii_lower(name);
}

std::string slug_of_branch(const bank::Field& branch) {
  const auto path = branch.path();
  return ascii_lower(bank::branch_slug(path ? path->path.view() : branch.value.view()));
}

void check_slug(const BankFile& file, Report& report) {
  if (file.document.kind() != bank::Kind::kLog) return;
  const std::string slug = slug_of_file(file.source.path());
  const bank::Field* first = nullptr;
  for (const bank::TaskEntry& entry : file.document.entries()) {
    const bank::Field* branch = entry.field(bank::Key::kBranch);
    if (branch == nullptr || branch->value.empty()) continue;  // SDD604
    if (slug_of_branch(*branch) == slug) return;
    if (first == nullptr) first = branch;
  }
  if (first == nullptr) return;
  report.add(first->value.span(),
             "no entry is about the branch " + quote(slug) + ", which the log is named after");
}

}  // namespace

}  // namespace sdd::rules
