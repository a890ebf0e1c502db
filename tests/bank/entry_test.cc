#include "bank/entry.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "bank/date.h"
#include "bank/document.h"
#include "text/source_text.h"

namespace sdd::bank {
namespace {

using EntryWords = std::vector<std::string_view>;

std::string entry_title(std::string_view line) {
  const SourceText source("log.md", "- [x] " + std::string(line) + "\n  - Owner: Ada\n");
  const Document document = Document::of(source, Kind::kLog);
  if (document.entries().size() != 1) return "no entry";
  std::string found;
  for (const std::string_view tag : document.entries()[0].tag_list())
    found += std::string(tag) + ",";
  return found + "|" + std::string(document.entries()[0].title.view());
}

TEST(BankEntry, finds_tags_and_title_in_every_form) {
  EXPECT_EQ(entry_title("**[BUG][A/B-1]** Mend `it`"), "BUG,A/B-1,|Mend `it`");
  EXPECT_EQ(entry_title("**[BUG] Mend it**"), "BUG,|Mend it");
  EXPECT_EQ(entry_title("**[BUG] Mend** it"), "BUG,|Mend** it");
  EXPECT_EQ(entry_title("[BUG][UI] Mend it"), "BUG,UI,|Mend it");
  EXPECT_EQ(entry_title("**[BUG]**"), "BUG,|");
  EXPECT_EQ(entry_title("[a link](b.md) and more"), "|[a link](b.md) and more");
  EXPECT_EQ(entry_title("[UPPER](b.md)"), "|[UPPER](b.md)");
  EXPECT_EQ(entry_title("[12] of them"), "|[12] of them");
  EXPECT_EQ(entry_title("Mend it"), "|Mend it");
}

TEST(BankEntry, a_field_is_a_key_a_colon_and_a_blank) {
  const SourceText source("log.md",
                          "- [ ] **[A]** b\n  - Spec: x/y.md\n  - Started:2026-01-05\n"
                          "  - Validation update (2026): done\n  - **Owner**: Ada\n"
                          "  - http://example.org\n  - `a: b`\n  - Notes:\n    - first\n"
                          "  - branch: main\n");
  const Document document = Document::of(source, Kind::kLog);
  ASSERT_EQ(document.entries().size(), 1U);
  const TaskEntry& entry = document.entries()[0];
  EntryWords keys;
  for (const Field& field : entry.fields) keys.push_back(field.key.view());
  EXPECT_EQ(keys, (EntryWords{"Spec", "Started", "Validation update (2026)", "", "", "", "Notes",
                              "branch"}));
  EXPECT_EQ(entry.field(Key::kStarted)->date(), (Date{2026, 1, 5}));
  EXPECT_EQ(entry.fields[6].value.view(), "- first");
  EXPECT_NE(entry.field(Key::kBranch), nullptr);
  EXPECT_EQ(entry.field(Key::kOwner), nullptr);
}

std::string path_in(const std::string& value) {
  const SourceText source("log.md", "- [ ] **[A]** b\n  - Spec: " + value + "\n");
  const Document document = Document::of(source, Kind::kLog);
  const auto path = document.entries().at(0).field(Key::kSpec)->path();
  return path ? std::string(path->path.view()) : "none";
}

TEST(BankEntry, a_path_is_ticked_or_linked_or_looks_like_one) {
  EXPECT_EQ(path_in("`a/b.md`"), "a/b.md");
  EXPECT_EQ(path_in("see `a b`"), "a b");
  EXPECT_EQ(path_in("``a/b.md``"), "a/b.md");
  EXPECT_EQ(path_in("[text `x`](a/b.md)"), "a/b.md");
  EXPECT_EQ(path_in("a/b.md (old)"), "a/b.md");
  EXPECT_EQ(path_in("b.json."), "b.json");
  EXPECT_EQ(path_in("N/A (`docs/x.md` only)"), "none");
  EXPECT_EQ(path_in("n/a"), "none");
  EXPECT_EQ(path_in("TBD"), "none");
  EXPECT_EQ(path_in("https://example.org/a.md"), "none");
  EXPECT_EQ(path_in("words only"), "none");
  EXPECT_EQ(path_in("`unclosed/a.md"), "`unclosed/a.md");
}

TEST(BankEntry, node_ids_are_whole_words) {
  EXPECT_EQ(node_ids("verify-4-1, task-1-2-3 and (phase-2): verify-4-1"),
            (EntryWords{"verify-4-1", "task-1-2-3", "phase-2"}));
  EXPECT_EQ(node_ids("subtask-1 my-task-1 task-1-files task- task-x phase verify-1a"),
            EntryWords{});
  EXPECT_EQ(node_ids("task-1"), EntryWords{"task-1"});
}

TEST(BankEntry, its_day_is_that_of_its_state) {
  const SourceText source("log.md",
                          "- [x] **[A]** b\n  - Started: 2026-01-02\n  - Done: 2026-01-05 (late)\n"
                          "- [ ] **[A]** b\n  - Started: 2026-01-02\n"
                          "- [x] **[A]** b\n  - Started: 2026-01-03\n  - Done: soon\n");
  const Document document = Document::of(source, Kind::kLog);
  EXPECT_EQ(document.entries().at(0).date(), (Date{2026, 1, 5}));
  EXPECT_EQ(document.entries().at(1).date(), (Date{2026, 1, 2}));
  EXPECT_EQ(document.entries().at(2).date(), (Date{2026, 1, 3}));
}

TEST(BankDate, is_in_the_calendar) {
  EXPECT_EQ(leading_date("2026-02-28"), (Date{2026, 2, 28}));
  EXPECT_EQ(leading_date("2028-02-29, at night"), (Date{2028, 2, 29}));
  for (const char* text :
       {"", "2026-02-29", "2026-13-01", "2026-1-1", "2026-01-011", "soon", " 2026-01-01"}) {
    EXPECT_EQ(leading_date(text), std::nullopt) << text;
  }
  EXPECT_LT((Date{2025, 12, 31}), (Date{2026, 1, 1}));
  EXPECT_EQ(to_string(Date{326, 1, 2}), "0326-01-02");
}

}  // namespace
}  // namespace sdd::bank
