#include <string_view>

#include "bank/document.h"
#include "rules/entries/logged_entries.h"
#include "rules/rule.h"
#include "text/source_text.h"

namespace sdd::rules {
namespace {

// Whether the line before the one at `begin` is text: no blank line, heading, rule or comment.
bool runs_on(std::string_view bytes, std::size_t begin) {
  std::string_view before = bytes.substr(0, bytes.substr(0, begin).rfind('\n') + 1);
  if (before.empty()) return false;
  before.remove_suffix(1);
  const std::string_view line = before.substr(before.rfind('\n') + 1);
  const std::size_t first = line.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return false;
  const std::string_view text = line.substr(first, line.find_last_not_of(" \t\r") + 1 - first);
  return !text.starts_with('#') && !text.starts_with("---") && !text.ends_with("-->");
}

// Before the line at `begin`, with the line end that the line before it has.
Edit blank_line(std::string_view bytes, std::size_t begin) {
  const std::size_t end = bytes.substr(0, begin).rfind('\n');
  const bool crlf = end > 0 && bytes[end - 1] == '\r';
  return {{end + 1, end + 1}, crlf ? "\r\n" : "\n"};
}

}  // namespace

constinit const Rule kEntriesRunTogether = {
    .code = "SDD609",
    .name = "entries-run-together",
    .severity = Severity::kNote,
    .fix = Safety::kSafe,
    .title = "no blank line stands before an entry",
    .why =
        "Two entries without a blank line between them are easily taken for one, by people, and by "
        "tools that move entries from a branch log to the list of tasks.",
    .bad = {{{"meta/memory_bank/branch_updates/2026-01-05-bugfix-pier-lamps.md",
              R"(- [x] **[BUG][PIER]** Mend the pier lamps
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md`
  - Owner: Ada
  - Branch: `bugfix/pier-lamps`
  - Done: 2026-01-05
  - Summary: The lamps burn again.
  - Tests: `make test`
  - Risks: Low
- [ ] **[BUG][PIER]** Paint the pier
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md`
  - Owner: Ada
  - Branch: `bugfix/pier-lamps`
  - Started: 2026-01-02
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

- [ ] **[BUG][PIER]** Paint the pier
  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__pier-lamps.md`
  - Owner: Ada
  - Branch: `bugfix/pier-lamps`
  - Started: 2026-01-02
  - Summary: The lamps burn again.
  - Tests: `make test`
  - Risks: Low
)"}}},
    .check = [](const BankFile& file, Report& report) {
      for (const bank::TaskEntry& entry : logged_entries(file.document)) {
        if (!runs_on(file.source.bytes(), entry.whole.begin)) continue;
        Finding& finding = report.add(entry.head().span(), "no blank line stands before the entry");
        finding.fix = Fix{Safety::kSafe, "put a blank line before the entry"};
        finding.fix->edits.push_back(blank_line(file.source.bytes(), entry.whole.begin));
      }
    }};

}  // namespace sdd::rules
