#include "text/damage.h"

#include <gtest/gtest.h>

#include <string>

namespace sdd {
namespace {

using std::string_literals::operator""s;

TEST(Damage, blank_text_is_blank) {
  EXPECT_TRUE(is_blank_text(""));
  EXPECT_TRUE(is_blank_text(" \t\r\n"));
  EXPECT_FALSE(is_blank_text(" \v"));
}

TEST(Damage, encodings_are_told_by_mark_or_zeros) {
  EXPECT_EQ(foreign_encoding("\xFF\xFE{\0"s)->name, "UTF-16 (little endian)");
  EXPECT_EQ(foreign_encoding("\xFF\xFE\0\0{\0\0\0"s)->name, "UTF-32 (little endian)");
  EXPECT_EQ(foreign_encoding("\0{\0}"s)->name, "UTF-16 (big endian)");
  EXPECT_EQ(foreign_encoding("{\0\0\0}\0\0\0"s)->name, "UTF-32 (little endian)");
  // Cyrillic between quotes.
  EXPECT_EQ(foreign_encoding("{\0\"\0\x16\x04\"\0:\0\x31\0}\0"s)->name, "UTF-16 (little endian)");
  EXPECT_TRUE(foreign_encoding("\xEF\xBB\xBF{}")->only_a_mark);
  EXPECT_FALSE(foreign_encoding("{}"));
  EXPECT_FALSE(foreign_encoding("{\"\xE9\": 1}"));
}

TEST(Damage, a_hole_is_no_encoding) {
  EXPECT_FALSE(foreign_encoding("\0\0\0\0"s));
  EXPECT_FALSE(foreign_encoding("{\"a\": \0\0\0\0\0 1}"s));
  EXPECT_FALSE(foreign_encoding("{\0}"s));
  EXPECT_FALSE(foreign_encoding("{\"a\": \"x\0x\0x\0x\0x\0x\0\"}"s));
  EXPECT_FALSE(foreign_encoding(std::string(8000, ' ') + std::string(200, '\0')));
}

TEST(Damage, runs_of_nul_are_listed_and_bounded) {
  EXPECT_EQ(nul_runs("\0a\0\0"s), (std::vector<Span>{{0, 1}, {2, 4}}));
  EXPECT_TRUE(nul_runs("abc").empty());
  std::string many;
  for (int i = 0; i < 10'000; ++i) many += "\0x"s;
  const std::vector<Span> runs = nul_runs(many);
  EXPECT_EQ(runs.size(), kMostDamageRanges);
  EXPECT_EQ(runs.back().end, many.size() - 1);
}

TEST(Damage, runs_of_bad_bytes_are_listed) {
  EXPECT_TRUE(invalid_utf8_runs("a\xC3\xA9\xF0\x9F\x98\x80").empty());
  EXPECT_EQ(invalid_utf8_runs("\xE9 \xFF\xFEz\xC3"), (std::vector<Span>{{0, 1}, {2, 4}, {5, 6}}));
  EXPECT_EQ(invalid_utf8_runs("\xED\xA0\x80"), (std::vector<Span>{{0, 3}}));
}

TEST(Damage, conflicts_need_all_three_markers_in_order) {
  EXPECT_EQ(conflict_blocks("a\n<<<<<<< x\r\n=======\r\n>>>>>>> y\r\nb"),
            (std::vector<Span>{{2, 31}}));
  EXPECT_EQ(conflict_blocks("<<<<<<<\n||||||| base\n=======\n>>>>>>>"),
            (std::vector<Span>{{0, 36}}));
  EXPECT_TRUE(conflict_blocks("Title\n=======\ntext").empty());
  EXPECT_TRUE(conflict_blocks("=======\n<<<<<<< x\n>>>>>>> y").empty());
  EXPECT_TRUE(conflict_blocks("<<<<<<<< x\n========\n>>>>>>>> y").empty());
  EXPECT_TRUE(conflict_blocks(" <<<<<<< x\n=======\n>>>>>>> y").empty());
  EXPECT_EQ(
      conflict_blocks("<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> c\n<<<<<<< d\n=======\n>>>>>>> e")
          .size(),
      2U);
}

TEST(Damage, a_character_cut_by_the_end_is_found) {
  EXPECT_EQ(cut_character("abc"), 3U);
  EXPECT_EQ(cut_character("ab\xC3"), 2U);
  EXPECT_EQ(cut_character("a\xE2\x82"), 1U);
  EXPECT_EQ(cut_character("\xF0\x9F\x98"), 0U);
  EXPECT_EQ(cut_character("\xF4\x8F"), 0U);
  EXPECT_EQ(cut_character("a\xC3\xA9"), 3U);
  EXPECT_EQ(cut_character("a\xED\xA0"), 3U);  // would be a surrogate: wrong, not cut
  EXPECT_EQ(cut_character("a\xFF"), 2U);
  EXPECT_EQ(cut_character(""), 0U);
}

}  // namespace
}  // namespace sdd
