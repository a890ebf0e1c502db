#include "bank/document.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "text/source_text.h"

namespace sdd::bank {
namespace {

constexpr std::string_view kTwoEntries =
    "### Done\n"
    "- [x] **[BUG][BILLING]** Show why `top-up` failed: verify-4-1\n"
    "  - Spec: `meta/memory_bank/specs/work_items/2026-02-11__bugfix__topup.md`\n"
    "  - Owner: Codex\n"
    "  - Branch: `HEAD (no branch)`\n"
    "  - Done: 2026-02-11\n"
    "  - Summary: Полностью выполнен SDD-спек (49/49): see `a/b.md`, `a/*.md`.\n"
    "  - Tests: `sh -lc \"if [ ! -e x ]; then npm ci; fi\"`, `a \\(app\\) {b}` (62/62 passed);\n"
    "    - more\n"
    "  - Next: nothing\n"
    "- [ ] **[SDD]** Open\n"
    "  - Owner: Codex\n";

TEST(BankDocument, reads_every_field_of_every_entry) {
  const SourceText source("log.md", std::string(kTwoEntries));
  const Document document = Document::of(source, Kind::kLog);
  ASSERT_EQ(document.entries().size(), 2U);
  const TaskEntry& entry = document.entries()[0];
  EXPECT_TRUE(entry.done);
  EXPECT_EQ(entry.tag_list(), (std::vector<std::string_view>{"BUG", "BILLING"}));
  EXPECT_EQ(entry.title.view(), "Show why `top-up` failed: verify-4-1");
  EXPECT_EQ(entry.subjects(), (std::vector<std::string_view>{"verify-4-1"}));
  ASSERT_EQ(entry.fields.size(), 7U);
  EXPECT_EQ(entry.field(Key::kSpec)->path()->path.view(),
            "meta/memory_bank/specs/work_items/2026-02-11__bugfix__topup.md");
  EXPECT_EQ(to_string(*entry.field(Key::kDone)->date()), "2026-02-11");
  EXPECT_EQ(entry.field(Key::kTests)->value.view(),
            "`sh -lc \"if [ ! -e x ]; then npm ci; fi\"`, `a \\(app\\) {b}` (62/62 passed);\n"
            "    - more");
  EXPECT_EQ(entry.field(Key::kRisks), nullptr);
  EXPECT_TRUE(entry.irregularities.empty());
  EXPECT_FALSE(document.entries()[1].done);
  ASSERT_EQ(document.claims().size(), 1U);
  EXPECT_EQ(document.claims()[0].counts.view(), "49/49");
  ASSERT_EQ(document.mentions().size(), 2U);
  EXPECT_EQ(document.mentions()[1].path.view(), "a/b.md");
}

TEST(BankDocument, knows_what_a_file_is_for) {
  EXPECT_EQ(kind_of("branch_updates/2026-02-11-x.md"), Kind::kLog);
  EXPECT_EQ(kind_of("branch_updates/_template.md"), Kind::kGuidance);
  EXPECT_EQ(kind_of("specs/work_items/README.md"), Kind::kGuidance);
  EXPECT_EQ(kind_of("specs/.reviews/x.md"), Kind::kGuidance);
  EXPECT_EQ(kind_of("specs/work_items/2026-02-11__bugfix__x.md"), Kind::kWorkItem);
  EXPECT_EQ(kind_of("current_tasks.md"), Kind::kCurrentTasks);
  EXPECT_EQ(kind_of("guides/x.md"), Kind::kOther);
}

}  // namespace
}  // namespace sdd::bank
