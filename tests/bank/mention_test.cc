#include "bank/mention.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "bank/document.h"
#include "text/source_text.h"

namespace sdd::bank {
namespace {

std::vector<std::string_view> mentions_in(std::string_view text) {
  std::vector<Mention> mentions;
  find_mentions(Piece::of(text, 0, text.size()), mentions);
  std::vector<std::string_view> paths;
  for (const Mention& mention : mentions) paths.push_back(mention.path.view());
  return paths;
}

using MentionPaths = std::vector<std::string_view>;

TEST(BankMention, is_one_word_in_back_ticks_with_a_slash) {
  EXPECT_EQ(mentions_in("`a/b.md` and ``c/d`` but `e` and `jq f/g.json` and h/i"),
            (MentionPaths{"a/b.md", "c/d"}));
  EXPECT_EQ(mentions_in("`a/b.md:12`, `a/b/`, `a/b.md#part`, `a/b.md:3-7:`"),
            (MentionPaths{"a/b.md", "a/b", "a/b.md", "a/b.md"}));
  EXPECT_EQ(mentions_in("` a/b `"), MentionPaths{"a/b"});
}

TEST(BankMention, a_pattern_is_no_path) {
  EXPECT_EQ(mentions_in("`a/*` `a/<b>` `a/{b,c}` `a/...` `a/…` `a/YYYY-MM` `a/b?` `/`"),
            MentionPaths{});
}

TEST(BankMention, code_blocks_are_no_mentions) {
  const SourceText source("a.md",
                          "`a/b`\n\n```\n`c/d`\n```\n\n    `e/f`\n\n<!-- `g/h` -->\n\n# `i/j`\n");
  const Document document = Document::of(source, Kind::kOther);
  ASSERT_EQ(document.mentions().size(), 2U);
  EXPECT_EQ(document.mentions()[1].path.view(), "i/j");
}

TEST(BankMention, a_run_that_is_never_closed_is_text) {
  EXPECT_EQ(mentions_in("``a/b `c/d`"), (MentionPaths{"c/d"}));
  EXPECT_EQ(mentions_in("\\`a/b` `c/d`"), MentionPaths{});
  const std::string_view open = "a `b ``c``";
  EXPECT_EQ(unbalanced_ticks(Piece::of(open, 0, open.size())).begin, 2U);
}

}  // namespace
}  // namespace sdd::bank
