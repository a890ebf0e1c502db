#include "text/edit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bench/random.h"

namespace sdd {
namespace {

std::string edited(const std::string& bytes, const std::vector<Edit>& edits) {
  const Result<std::string> changed = apply_edits(bytes, edits);
  EXPECT_TRUE(changed) << changed.error().message;
  return changed.value_or("");
}

TEST(Edit, replaces_inserts_and_deletes) {
  EXPECT_EQ(edited("abcdef", {{{1, 2}, "XX"}, {{4, 4}, "-"}, {{5, 6}, ""}}), "aXXcd-e");
  EXPECT_EQ(edited("", {{{0, 0}, "new"}}), "new");
  EXPECT_EQ(edited("same", {}), "same");
}

TEST(Edit, order_of_the_list_does_not_matter_but_at_one_place) {
  EXPECT_EQ(edited("abc", {{{2, 3}, "C"}, {{0, 1}, "A"}}), "AbC");
  EXPECT_EQ(edited("ac", {{{1, 1}, "1"}, {{1, 1}, "2"}}), "a12c");
  EXPECT_EQ(edited("abc", {{{1, 2}, "B"}, {{1, 1}, "+"}}), "a+Bc");
  EXPECT_EQ(edited("abc", {{{1, 1}, "+"}, {{0, 1}, "A"}}), "A+bc");
}

TEST(Edit, refuses_wishes_that_contradict_each_other) {
  const std::vector<std::vector<Edit>> all = {{{{0, 2}, "x"}, {{1, 3}, "y"}},
                                              {{{0, 3}, "x"}, {{1, 1}, "y"}},
                                              {{{0, 1}, ""}, {{0, 1}, ""}},
                                              {{{2, 5}, "x"}},
                                              {{{5, 5}, "x"}},
                                              {{{2, 1}, "x"}}};
  for (const std::vector<Edit>& edits : all) {
    const Result<std::string> changed = apply_edits("abcd", edits);
    ASSERT_FALSE(changed) << *changed;
    EXPECT_EQ(changed.error().kind, ErrorKind::kRefused);
  }
}

TEST(Edit, what_cannot_be_made_gives_nothing) {
  EXPECT_FALSE(edits_give("abcd", {{{2, 9}, ""}}, "ab"));
  EXPECT_FALSE(edits_give("abcd", {{{0, 3}, ""}, {{1, 2}, ""}}, "d"));
  EXPECT_FALSE(edits_give("abcd", {{{0, 1}, "x"}}, "xbc"));
  EXPECT_TRUE(edits_give("abcd", {{{0, 1}, "x"}}, "xbcd"));
}

TEST(Edit, neighbours_do_not_overlap) {
  EXPECT_EQ(edited("abcd", {{{0, 2}, "1"}, {{2, 4}, "2"}, {{4, 4}, "3"}}), "123");
}

TEST(Edit, inverse_restores_the_bytes_of_any_edits) {
  bench::Random random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    for (std::size_t i = random.below(40); i > 0; --i) {
      bytes.push_back(static_cast<char>('a' + random.below(26)));
    }
    std::vector<Edit> edits;
    std::size_t at = 0;
    while (at <= bytes.size() && edits.size() < 6) {
      const std::size_t begin = random.between(at, bytes.size());
      const std::size_t end = random.chance(30) ? begin : random.between(begin, bytes.size());
      edits.push_back({{begin, end}, std::string(random.below(4), 'X')});
      at = end + (random.chance(50) || begin == end ? 1 : 0);
    }
    if (!edits.empty() && random.chance(50)) std::swap(edits.front(), edits.back());
    const Result<std::string> changed = apply_edits(bytes, edits);
    ASSERT_TRUE(changed) << changed.error().message;
    const std::vector<Edit> back = invert_edits(edits, bytes);
    EXPECT_EQ(edited(*changed, back), bytes);
    EXPECT_TRUE(edits_give(*changed, back, bytes));
    EXPECT_FALSE(edits_give(*changed, back, bytes + "x"));
    EXPECT_EQ(edits_give(*changed, {}, bytes), *changed == bytes);
  }
}

}  // namespace
}  // namespace sdd
