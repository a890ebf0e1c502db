#include <string>

#include "bank/document.h"
#include "base/strings.h"
#include "rules/entries/logged_entries.h"
#include "rules/rule.h"

namespace sdd::rules {
namespace {

void check_form(const BankFile& file, Report& report);

}  // namespace

constinit const Rule kIrregularEntry = {
    .code = "SDD607",
    .name = "irregular-entry",
    .severity = Severity::kWarning,
    .fix = Safety::kSafe,
    .title = "an entry is not quite in its form",
    .why =
        "Tools find entries by their form: `- [x] **[TAG]** Title`, then fields `Key: value`, "
        "paths in back-ticks, no blank line inside. This one is read as it was meant, but a "
        "stricter reader misses it, or a part of it.",
    .bad = {{{"meta/memory_bank/branch_updates/2026-01-05-bugfix-pier-lamps.md",
              R"(- [x] **[BUG][PIER] Mend the pier lamps**
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md`
  - Owner: Ada
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
    .check = check_form};

namespace {

using Kind = bank::Irregularity::Kind;

std::string message_of(Kind kind) {
  switch (kind) {
    case Kind::kUpperCaseBox:
      return "the box is ticked with a capital X";
    case Kind::kPlainTags:
      return "the tags are not bold";
    case Kind::kBoldTitle:
      return "the stars stand around tags and title, not around the tags";
    case Kind::kNoBlank:
      return "no blank stands behind the colon";
    case Kind::kLinkedPath:
      return "the path is a link, not in back-ticks";
    case Kind::kBarePath:
      return "the path is not in back-ticks";
    case Kind::kBlankLine:
      return "a blank line stands inside the entry";
    case Kind::kMangledPath:
      break;
  }
  return "the entry is not in its form";
}

void check_form(const BankFile& file, Report& report) {
  for (const bank::TaskEntry& entry : logged_entries(file.document)) {
    for (const bank::Irregularity& irregularity : entry.irregularities) {
      if (irregularity.kind == Kind::kMangledPath) continue;  // SDD613
      Finding& finding = report.add(irregularity.where.span(), message_of(irregularity.kind));
      finding.fix =
          Fix{irregularity.same_meaning ? Safety::kSafe : Safety::kPlan,
              irregularity.replacement.empty() ? "remove the blank line"
                                               : "write " + quote(irregularity.replacement)};
      if (!irregularity.same_meaning) continue;
      finding.fix->edits.push_back({irregularity.where.span(), irregularity.replacement});
    }
  }
}

}  // namespace

}  // namespace sdd::rules
