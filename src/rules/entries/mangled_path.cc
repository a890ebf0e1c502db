#include "bank/document.h"
#include "base/strings.h"
#include "rules/rule.h"

namespace sdd::rules {
namespace {

void check_paths(const BankFile& file, Report& report);

}  // namespace

constinit const Rule kMangledPath = {
    .code = "SDD613",
    .name = "mangled-path",
    .severity = Severity::kError,
    .fix = Safety::kSafe,
    .title = "a formatter turned `__` in a path into `**`",
    .why =
        "Outside of back-ticks `__bugfix__` is bold text, and Markdown formatters write that with "
        "stars: the path no longer names its file.",
    .bad = {{{"meta/memory_bank/branch_updates/2026-01-05-bugfix-pier-lamps.md",
              R"(- [x] **[BUG][PIER]** Mend the pier lamps
  - Spec: meta/memory_bank/specs/work_items/2026-01-02**bugfix**pier-lamps.md
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
    .check = check_paths};

namespace {

void check_paths(const BankFile& file, Report& report) {
  for (const bank::TaskEntry& entry : file.document.entries()) {
    for (const bank::Irregularity& irregularity : entry.irregularities) {
      if (irregularity.kind != bank::Irregularity::Kind::kMangledPath) continue;
      const std::string_view ticked = irregularity.replacement;
      const std::string_view path = ticked.substr(1, ticked.size() - 2);
      Finding& finding =
          report.add(irregularity.where.span(), "the path has '**' where '__' stood");
      const bool there = file.exists && file.exists(path);
      finding.fix = Fix{there ? Safety::kSafe : Safety::kPlan, "write " + quote(ticked, 200)};
      if (there) finding.fix->edits.push_back({finding.span, irregularity.replacement});
      finding.help = "keep paths in back-ticks: formatters leave them alone";
    }
  }
}

}  // namespace

}  // namespace sdd::rules
