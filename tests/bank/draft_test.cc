#include "bank/draft.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "bank/document.h"
#include "support.h"
#include "text/source_text.h"

namespace sdd::bank {
namespace {

namespace fs = std::filesystem;

// The print of the one entry of a log.
std::string reprinted(const std::string& text) {
  const SourceText source("log.md", text);
  const Document document = Document::of(source, Kind::kLog);
  if (document.entries().size() != 1) return "no entry";
  return print(draft_of(document.entries()[0]));
}

TEST(BankDraft, is_printed_in_the_form_of_an_entry) {
  const Draft draft{.done = true,
                    .tags = {"BUG", "PIER"},
                    .title = "Mend the lamps",
                    .fields = {{"Owner", {"Ada"}},
                               {"Tests", {"", "- `a`", "  - b"}},
                               {"", {"a free bullet", "goes on"}}}};
  const std::string text =
      "- [x] **[BUG][PIER]** Mend the lamps\n  - Owner: Ada\n  - Tests:\n    - `a`\n      - b\n"
      "  - a free bullet\n    goes on\n";
  EXPECT_EQ(print(draft), text);
  const SourceText source("log.md", text);
  const Document document = Document::of(source, Kind::kLog);
  ASSERT_EQ(document.entries().size(), 1U);
  EXPECT_EQ(draft_of(document.entries()[0]), draft);
  EXPECT_TRUE(is_in_form(document.entries()[0]));
}

TEST(BankDraft, straightens_what_is_irregular) {
  EXPECT_EQ(
      reprinted("* [X] **[BUG] Mend\n  the lamps**\n\n    * Owner:Ada  \nand Grace\n\n    * Done: "
                "2026-01-05\n"),
      "- [x] **[BUG]** Mend the lamps\n  - Owner: Ada\n    and Grace\n  - Done: 2026-01-05\n");
  EXPECT_EQ(reprinted("1. [ ] **[BUG]** A\r\n\r\n   -\r\n   - Tests: a\r\n\r\n     b\r\n"),
            "- [ ] **[BUG]** A\n  - Tests: a\n\n     b\n");
  EXPECT_EQ(reprinted("- [ ] **[BUG]** A\n  - \rTests: a\n"), "- [ ] **[BUG]** A\n  - Tests: a\n");
}

// Every entry of the corpus stands there as print() would write it.
TEST(BankDraft, every_entry_of_the_corpus_is_printed_as_it_stands) {
  const auto root = test::shared("corpus");
  if (!root) GTEST_SKIP() << "the real files are not there";
  std::size_t entries = 0;
  for (const fs::directory_entry& file : fs::recursive_directory_iterator(*root)) {
    if (file.path().extension() != ".md") continue;
    const SourceText source(file.path().string(), test::read_bytes(file.path()));
    const bool current = file.path().filename() == "current_tasks.md";
    const bool item = file.path().string().find("work_items") != std::string::npos ||
                      file.path().filename() == "work-item.md";
    const Document document = Document::of(source, current ? Kind::kCurrentTasks
                                                   : item  ? Kind::kWorkItem
                                                           : Kind::kLog);
    for (const TaskEntry& entry : document.entries()) {
      const std::string printed = print(draft_of(entry));
      EXPECT_EQ(printed, std::string(entry.whole.view()) + "\n") << file.path();
      EXPECT_TRUE(is_in_form(entry));
      const SourceText again_source("log.md", printed);
      const Document again = Document::of(again_source, Kind::kLog);
      ASSERT_EQ(again.entries().size(), 1U) << printed;
      EXPECT_EQ(draft_of(again.entries()[0]), draft_of(entry));
      ++entries;
    }
  }
  EXPECT_GT(entries, 250U);
}

}  // namespace
}  // namespace sdd::bank
