// The rules of 6xx and 7xx: odd cases, and what they find in the shared corpus.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bank/document.h"
#include "rules/bank_engine.h"
#include "support.h"
#include "text/source_text.h"

namespace sdd::rules {
namespace {

namespace fs = std::filesystem;

// One line a finding: code, line, the bytes it points at, message, fix.
std::vector<std::string> bank_lines(const SourceText& source, std::string_view path_in_bank,
                                    const BankOptions& options = {}) {
  const bank::Document document = bank::Document::of(source, bank::kind_of(path_in_bank));
  std::vector<std::string> lines;
  for (const Finding& finding : check_document(source, document, options)) {
    std::string line = std::string(finding.rule->code) + " " +
                       std::to_string(source.position(finding.span.begin).line) + " `" +
                       source.bytes().substr(finding.span.begin, finding.span.size()) + "` " +
                       finding.message;
    if (finding.fix) {
      line += std::string(" [") + to_string(finding.fix->safety) + ": " + finding.fix->title + "]";
    }
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> log_lines(std::string text, const BankOptions& options = {}) {
  return bank_lines(SourceText("branch_updates/2026-01-05-main.md", std::move(text)),
                    "branch_updates/2026-01-05-main.md", options);
}

// An entry without fault, as the rest of a list item behind its title.
const std::string kBankFields =
    "  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__x.md`\n"
    "  - Owner: Ada\n"
    "  - Branch: `main`\n"
    "  - Done: 2026-01-05\n"
    "  - Summary: Done.\n"
    "  - Tests: none\n"
    "  - Risks: none\n";

using BankLines = std::vector<std::string>;

TEST(BankRules, what_is_legal_is_silent) {
  EXPECT_EQ(log_lines("- [x] **[BUG]** A\n" + kBankFields), BankLines{});
  EXPECT_EQ(log_lines(""), BankLines{});
  EXPECT_EQ(log_lines("# Operations\n\n- Spec: `x/y.md`\n- Status: blocked\n"), BankLines{});
  EXPECT_EQ(log_lines("### Checks\n\n- [x] ran the tests\n- [ ] told everybody\n"), BankLines{});
  EXPECT_EQ(log_lines("<!--\n- [x] **[BUG]** not an entry: a comment\n-->\n"), BankLines{});
  EXPECT_EQ(log_lines("```\n- [x] **[BUG]** nor here\n```\n"), BankLines{});
}

TEST(BankRules, older_tasks_of_current_tasks_are_silent) {
  const SourceText source("current_tasks.md",
                          "- [x] **[BUG]** Older\n\n  - It was like this: done\n"
                          "  - **Owner**: Ada\n\n- [ ] Decide something\n");
  EXPECT_EQ(bank_lines(source, "current_tasks.md"), BankLines{});
}

TEST(BankRules, drift_is_told_with_a_fix) {
  EXPECT_EQ(log_lines("- [X] **[BUG] A**\n" + kBankFields),
            (BankLines{"SDD607 1 `[X]` the box is ticked with a capital X [safe: write '[x]']",
                       "SDD607 1 `**[BUG] A**` the stars stand around tags and title, not around "
                       "the tags [safe: write '**[BUG]** A']"}));
  EXPECT_EQ(log_lines("- [x] [BUG][PIER] A\n" + kBankFields),
            (BankLines{"SDD607 1 `[BUG][PIER]` the tags are not bold [safe: write "
                       "'**[BUG][PIER]**']"}));
  std::string text = "- [x] **[BUG]** A\n\n" + kBankFields;
  text.replace(text.find("Done: "), 6, "Done:");
  EXPECT_EQ(
      log_lines(text),
      (BankLines{"SDD607 2 `\n` a blank line stands inside the entry [safe: remove the blank "
                 "line]",
                 "SDD607 6 `Done:` no blank stands behind the colon [safe: write 'Done: ']"}));
}

TEST(BankRules, paths_belong_in_back_ticks) {
  const auto with_spec = [](const std::string& spec, const BankOptions& options = {}) {
    std::string text = "- [x] **[BUG]** A\n" + kBankFields;
    const std::size_t begin = text.find('`');
    text.replace(begin, text.find('\n', begin) - begin, spec);
    return log_lines(text, options);
  };
  EXPECT_EQ(with_spec("a/b__c.md"),
            (BankLines{"SDD607 2 `a/b__c.md` the path is not in back-ticks [safe: write "
                       "'`a/b__c.md`']"}));
  EXPECT_EQ(with_spec("[b.md](a/b.md)"),
            (BankLines{"SDD607 2 `[b.md](a/b.md)` the path is a link, not in back-ticks [safe: "
                       "write '`a/b.md`']"}));
  EXPECT_EQ(with_spec("[the item](a/b.md)"),
            (BankLines{"SDD607 2 `[the item](a/b.md)` the path is a link, not in back-ticks [plan: "
                       "write '`a/b.md`']"}));
  EXPECT_EQ(with_spec("N/A (docs only)"), BankLines{});
  EXPECT_EQ(with_spec("a/2026**bugfix**c.md"),
            (BankLines{"SDD613 2 `a/2026**bugfix**c.md` the path has '**' where '__' stood [plan: "
                       "write '`a/2026__bugfix__c.md`']"}));
  const BankOptions there{
      .exists = [](std::string_view path) { return path == "a/2026__bugfix__c.md"; }};
  EXPECT_EQ(with_spec("`a/2026**bugfix**c.md`", there),
            (BankLines{"SDD613 2 ``a/2026**bugfix**c.md`` the path has '**' where '__' stood "
                       "[safe: write '`a/2026__bugfix__c.md`']"}));
}

TEST(BankRules, a_tick_in_a_code_span_or_behind_a_slash_opens_nothing) {
  std::string text = "- [x] **[BUG]** `a ``b`` c` and \\` d\n" + kBankFields;
  EXPECT_EQ(log_lines(text), BankLines{});
  text.insert(text.find("none"), "`make test, ``a`` ");
  EXPECT_EQ(log_lines(text), (BankLines{"SDD608 7 ``` this back-tick is never closed"}));
}

TEST(BankRules, the_snippet_of_a_work_item_is_judged_by_its_spec_alone) {
  const std::string path = "meta/memory_bank/specs/work_items/2026-01-02__bugfix__x.md";
  const std::string item =
      "# X\n\n## Meta\n\n- Type: bugfix\n- Status: done\n- Owner: Ada\n- Created: 2026-01-02\n\n"
      "## Task Entry (for branch_updates)\n\n- [X] **[BUG]** A\n  - Spec: ";
  const auto with_spec = [&](const std::string& spec) {
    return bank_lines(SourceText(path, item + spec + "\n"), path.substr(17));
  };
  EXPECT_EQ(with_spec("`" + path + "`"), BankLines{});
  EXPECT_EQ(with_spec("`specs/work_items/2026-01-02__bugfix__x.md`"), BankLines{});
  EXPECT_EQ(with_spec("`x/2026-01-02__bugfix__y.md`"),
            (BankLines{"SDD707 13 `x/2026-01-02__bugfix__y.md` the entry's Spec is "
                       "'x/2026-01-02__bugfix__y.md', not this file"}));
}

TEST(BankRules, damage_is_told_alone) {
  const std::string entry = "- [ ] **[BUG]** A\n";
  const auto first_code = [&](const std::string& text) {
    const BankLines lines = log_lines(text);
    return lines.size() == 1 ? lines[0].substr(0, 8) : std::to_string(lines.size());
  };
  EXPECT_EQ(first_code(entry + std::string(4, '\0')), "SDD005 2");
  EXPECT_EQ(first_code(entry + "<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n"), "SDD006 2");
  EXPECT_EQ(first_code(entry + "\xC3("), "SDD007 2");
  EXPECT_EQ(first_code("\xEF\xBB\xBF" + entry), "SDD008 1");
  std::string dense;
  for (int i = 0; i < 200'000; ++i) dense += "- a\n";
  EXPECT_EQ(first_code(dense), "SDD011 1");
  EXPECT_EQ(log_lines("Heading\n=======\n"), BankLines{});
}

TEST(BankRules, windows_line_ends_change_nothing) {
  std::string text = "- [x] **[BUG]** A\n" + kBankFields;
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2)) {
    text.insert(at, "\r");
  }
  EXPECT_EQ(log_lines(text), BankLines{});
}

TEST(BankRules, of_a_flood_of_findings_the_first_are_told) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "- [ ] **[BUG]** A\n\n";
  const BankLines lines = log_lines(text);
  EXPECT_EQ(lines.size(), kMaxFindings + 1);
  EXPECT_TRUE(lines.front().starts_with("SDD011"));
}

// Counted and judged one by one. rules.md has other figures for two: its one SDD610 is a free
// bullet of an older task, and of its six SDD703 three are spelling variants or not in Meta.
TEST(BankRules, finds_in_the_corpus_what_is_there) {
  const auto root = test::shared("corpus/airis/meta/memory_bank");
  if (!root) GTEST_SKIP() << "the real memory bank is not there";
  std::map<std::string, int> counts;
  for (const fs::directory_entry& file : fs::recursive_directory_iterator(*root)) {
    if (file.path().extension() != ".md") continue;
    const std::string inside = fs::relative(file.path(), *root).string();
    const SourceText source("meta/memory_bank/" + inside, test::read_bytes(file.path()));
    const bank::Document document = bank::Document::of(source, bank::kind_of(inside));
    for (const Finding& finding : check_document(source, document)) {
      ++counts[std::string(finding.rule->code) + " " + to_string(finding.severity)];
    }
  }
  const std::map<std::string, int> expected = {
      {"SDD601 warning", 10}, {"SDD604 error", 1},   {"SDD604 note", 42},
      {"SDD609 note", 3},     {"SDD614 warning", 1}, {"SDD702 warning", 4},
      {"SDD703 note", 3},     {"SDD704 warning", 1}, {"SDD705 warning", 13},
  };
  EXPECT_EQ(counts, expected);
}

}  // namespace
}  // namespace sdd::rules
