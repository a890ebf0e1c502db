#include "base/strings.h"
#include "rules/rule.h"
#include "rules/versions.h"

namespace sdd::rules {

constinit const Rule kEntryRemoved = {
    .code = "SDD909",
    .name = "entry-removed",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "a task entry is gone from the memory bank",
    .why =
        "Entries are closed and moved to current_tasks.md, never deleted: they are the record of "
        "who did what. One that stands nowhere any more was lost in a merge, or overwritten.",
    .bad = {{{"base:meta/memory_bank/branch_updates/2026-05-04-feature-lamps.md",
              R"(- [x] **[FIX][PIER]** Mend the lamps
  - Spec: N/A
  - Owner: Ada
  - Branch: `feature/lamps`
  - Started: 2026-05-04
  - Done: 2026-05-05
  - Summary: Done.
  - Tests: `make test`
  - Risks: Low

- [x] **[FIX][PIER]** Paint the rail
  - Spec: N/A
  - Owner: Ada
  - Branch: `feature/lamps`
  - Started: 2026-05-04
  - Done: 2026-05-05
  - Summary: Done.
  - Tests: `make test`
  - Risks: Low
)"},
             {"meta/memory_bank/branch_updates/2026-05-04-feature-lamps.md",
              R"(- [x] **[FIX][PIER]** Mend the lamps
  - Spec: N/A
  - Owner: Ada
  - Branch: `feature/lamps`
  - Started: 2026-05-04
  - Done: 2026-05-05
  - Summary: Done.
  - Tests: `make test`
  - Risks: Low
)"}}},
    .good = {{{"base:meta/memory_bank/branch_updates/2026-05-04-feature-lamps.md",
               R"(- [x] **[FIX][PIER]** Mend the lamps
  - Spec: N/A
  - Owner: Ada
  - Branch: `feature/lamps`
  - Started: 2026-05-04
  - Done: 2026-05-05
  - Summary: Done.
  - Tests: `make test`
  - Risks: Low

- [x] **[FIX][PIER]** Paint the rail
  - Spec: N/A
  - Owner: Ada
  - Branch: `feature/lamps`
  - Started: 2026-05-04
  - Done: 2026-05-05
  - Summary: Done.
  - Tests: `make test`
  - Risks: Low
)"},
              {"meta/memory_bank/branch_updates/2026-05-04-feature-lamps.md",
               R"(- [x] **[FIX][PIER]** Mend the lamps
  - Spec: N/A
  - Owner: Ada
  - Branch: `feature/lamps`
  - Started: 2026-05-04
  - Done: 2026-05-05
  - Summary: Done.
  - Tests: `make test`
  - Risks: Low
)"},
              {"meta/memory_bank/current_tasks.md", R"(# Tasks

## Done

- [x] **[FIX][PIER]** Paint the rail
  - Spec: N/A
  - Owner: Ada
  - Branch: `feature/lamps`
  - Started: 2026-05-04
  - Done: 2026-05-05
  - Summary: Done.
  - Tests: `make test`
  - Risks: Low
)"}}},
    .check = [](const Versions& versions, LinkReport& report) {
      for (const GoneEntry& entry : versions.entries) {
        report.add(entry.path, "the entry " + quote(entry.title) + " is gone from the memory bank")
            .help = "put it back: 'git log -p' shows it";
      }
    }};

}  // namespace sdd::rules
