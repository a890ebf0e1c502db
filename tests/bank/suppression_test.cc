#include "bank/suppression.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "bank/document.h"
#include "text/source_text.h"

namespace sdd::bank {
namespace {

std::vector<std::string> covered_in(const std::string& text, Kind kind = Kind::kLog) {
  const SourceText source("log.md", text);
  const Document document = Document::of(source, kind);
  std::vector<std::string> covered;
  for (const Suppression& suppression : document.suppressions()) {
    covered.emplace_back(suppression.covers.view());
  }
  return covered;
}

using Covered = std::vector<std::string>;
const std::string kIgnore = "<!-- sdd: ignore SDD612 because it is meant -->\n";

TEST(BankSuppression, has_codes_and_a_reason) {
  const std::string text = "<!--sdd: ignore SDD612,\n  dead-path SDD8 because it is\n meant --> x";
  const auto found = suppression_of(Piece::of(text, 0, text.size()));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->codes, (std::vector<std::string_view>{"SDD612", "dead-path", "SDD8"}));
  EXPECT_EQ(found->because.view(), "it is\n meant");
  EXPECT_FALSE(found->is_malformed());
  EXPECT_EQ(found->comment.size, text.size() - 2);
}

TEST(BankSuppression, without_reason_or_code_it_is_malformed) {
  for (const std::string_view text :
       {"<!-- sdd: ignore SDD612 -->", "<!-- sdd: ignore because x -->", "<!-- sdd: -->",
        "<!-- sdd: ignore SDD612 because -->", "<!-- sdd: allow SDD612 because x -->"}) {
    const auto found = suppression_of(Piece::of(text, 0, text.size()));
    ASSERT_TRUE(found) << text;
    EXPECT_TRUE(found->is_malformed()) << text;
  }
  for (const std::string_view text : {"<!-- a comment -->", "<!-- sdd: ignore", "<div>"}) {
    EXPECT_FALSE(suppression_of(Piece::of(text, 0, text.size()))) << text;
  }
}

TEST(BankSuppression, covers_the_entry_behind_it) {
  const std::string entry = "- [x] **[A]** b\n  - Owner: Ada";
  EXPECT_EQ(covered_in(kIgnore + entry + "\n- [ ] **[A]** c\n"), Covered{entry});
  EXPECT_EQ(covered_in("# Log\n\n" + entry + "\n" + kIgnore + kIgnore + "\n" + entry + "\n"),
            (Covered{entry, entry}));
}

TEST(BankSuppression, covers_a_whole_list_or_file) {
  EXPECT_EQ(covered_in("# Item\n\n## Meta\n" + kIgnore + "- Status: done\n- Owner: Ada\n\nText\n",
                       Kind::kWorkItem),
            Covered{"- Status: done\n- Owner: Ada"});
  const std::string file = kIgnore + "\n# Log\n\n- [x] **[A]** b\n";
  EXPECT_EQ(covered_in(file), Covered{file});
  EXPECT_EQ(covered_in("# Log\n\n" + kIgnore), Covered{""});
  EXPECT_EQ(covered_in(kIgnore), Covered{kIgnore});
}

}  // namespace
}  // namespace sdd::bank
