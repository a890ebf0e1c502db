#include "bank/outline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>

#include "bank/blocks.h"
#include "bank/cmark_blocks.h"
#include "support.h"

namespace sdd::bank {
namespace {

namespace fs = std::filesystem;

TEST(BankOutline, keeps_markers_and_drops_text) {
  EXPECT_EQ(outline_of("- [x] **[BUG]** title\n  - Spec: `a`\n").text, "- x\n  - x\n");
  EXPECT_EQ(outline_of("# Title #\n> quote\n1. one\n***\n").text, "# x\n> x\n1. x\n***\n");
  EXPECT_EQ(outline_of("```sh\na ``` b\n```\n").text, "```x\nx\n```\n");
  EXPECT_EQ(outline_of("``` a `b`\n").text, "x\n");
  EXPECT_EQ(outline_of("<!-- a\nb --> c\n<pre>\nx </PRE> y").text, "<!--\nx-->\n<pre>\nx</pre>\n");
  EXPECT_EQ(outline_of("a\n\n\n\n\nb\r\n").text, "x\n\n\nx\n");
  EXPECT_EQ(outline_of("**bold**\n-no item\n1986.\n").text, "x\nx\n1986.\n");
}

TEST(BankOutline, knows_where_its_lines_begin) {
  const Outline outline = outline_of("a\n\n\n\n\nb\r\nc");
  EXPECT_EQ(outline.starts, (std::vector<std::uint32_t>{0, 2, 3, 6, 9}));
}

TEST(BankOutline, has_the_blocks_of_the_file) {
  for (const std::string_view text : {
           "- a\n\n      code\n  - b\n    > c\n\n  d\n- e\n",
           "> - a\n> \n>   b\nlazy\n\n* * *\n- - a\n* *\n",
           "a\n===\nb\n- - -\n\n+ \n\n  not in it\n",
           "<div>\n- [x] not an entry\n\n- [x] an entry\n",
           "<!--\n- a\n\n- b\n-->\n- c\n",
           "<?a\n?>\n<!A\nb>\n<![CDATA[\n]]>\nc\n",
           "<?<pre>\n- a\n?>\n<!--<b>\n- a\n-->\n- b\n",
           "<script>\n\n- a\n</script> b\n- c\n",
           "<b>\nhtml\n\n<b> text\n</i>\n",
           "1) a\n2) b\n3. c\n\n   d\n1234567890. e\n",
           "~~~ a ` b\n- x\n~~~~\n```\n~~~\n",
           "\t- a\n\n- \tb\n\n\tc\n",
           "- a\n  ```\n  - b\n- c\n",
           "####### a\n###\n#b\n",
       }) {
    ASSERT_TRUE(test::is_outlined_exactly(text)) << text;
    EXPECT_EQ(test::outline_blocks(text), test::cmark_blocks(text)) << text;
  }
}

TEST(BankOutline, has_the_blocks_of_every_file_of_the_corpus) {
  const auto root = test::shared("corpus");
  if (!root) GTEST_SKIP() << "the real files are not there";
  std::size_t files = 0;
  for (const fs::directory_entry& file : fs::recursive_directory_iterator(*root)) {
    if (file.path().extension() != ".md") continue;
    const std::string bytes = test::read_bytes(file.path());
    EXPECT_EQ(test::outline_blocks(bytes), test::cmark_blocks(bytes)) << file.path();
    ++files;
  }
  EXPECT_GT(files, 200U);
}

// Up to 10 MB each. Without the outline, the first of these takes cmark 2 GB.
TEST(BankBlocks, hostile_bytes_cost_no_more_than_others) {
  const std::size_t size = test::by_effort<std::size_t>(3'000'000, 10'000'000, 10'000'000);
  for (const std::string_view piece : {"[",
                                       "> ",
                                       ">",
                                       "- ",
                                       "- - - a\n",
                                       "`a",
                                       "![a](",
                                       "<!-- ",
                                       "*a _b",
                                       "-\n",
                                       "\n",
                                       "a\n\n",
                                       "1. ",
                                       "  ",
                                       "\t",
                                       "<a b='",
                                       "&",
                                       "\\",
                                       "> > > > > > > > a\n\n",
                                       "---",
                                       "===\n",
                                       "</pre"}) {
    std::string bytes;
    while (bytes.size() < size) bytes += piece;
    const Blocks blocks = blocks_of(bytes);
    EXPECT_LE(blocks.list.size(), kMaxBlocks) << piece;
    EXPECT_TRUE(std::all_of(blocks.list.begin(), blocks.list.end(), [&](const Block& block) {
      return block.end <= bytes.size();
    })) << piece;
  }
}

TEST(BankBlocks, deep_nesting_ends_somewhere) {
  std::string bytes;
  for (int depth = 0; depth < 2000; ++depth) bytes += std::string(2 * depth, ' ') + "- a\n";
  bytes += std::string(3'000'000, '\n') + "b\n";
  const Blocks blocks = blocks_of(bytes);
  EXPECT_TRUE(blocks.complete);
  EXPECT_LE(blocks.list.size(), 8000U);
}

TEST(BankBlocks, a_file_over_a_limit_is_not_read_to_its_end) {
  std::string many;
  for (std::size_t i = 0; i < kMaxBlocks; ++i) many += "a\n";
  EXPECT_FALSE(blocks_of(many).complete);
  EXPECT_TRUE(blocks_of(many.substr(0, kMaxBlocks / 2)).complete);
  const std::string large(kMaxMarkdownBytes + 1, 'a');
  EXPECT_FALSE(blocks_of(large).complete);
  EXPECT_TRUE(blocks_of(large).list.empty());
}

}  // namespace
}  // namespace sdd::bank
