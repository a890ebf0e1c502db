#include "repair/conflict_sides.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "text/damage.h"

namespace sdd::repair {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

SpecSides sides_of_file(const std::string& bytes) {
  return cut_sides(bytes, conflict_blocks(bytes));
}

constexpr const char* kTwoBlocks = R"({
<<<<<<< ours
"a": 1,
=======
"a": 2,
"b": 2,
>>>>>>> theirs
"ä": 0,
<<<<<<< ours
=======
"c": 3,
>>>>>>> theirs
}
)";

TEST(ConflictSides, what_stands_outside_of_blocks_belongs_to_both_sides) {
  const SpecSides sides = sides_of_file(kTwoBlocks);
  EXPECT_EQ(sides.ours.text(), "{\n\"a\": 1,\n\"ä\": 0,\n}\n");
  EXPECT_EQ(sides.theirs.text(), "{\n\"a\": 2,\n\"b\": 2,\n\"ä\": 0,\n\"c\": 3,\n}\n");
  EXPECT_FALSE(sides.base);
}

TEST(ConflictSides, a_file_without_blocks_is_the_same_on_all_sides) {
  for (const std::string bytes : {"", "{}\r\n", "<<<<<<< ours\n1\n=======\n2\n"}) {
    const SpecSides sides = sides_of_file(bytes);
    EXPECT_EQ(sides.ours.text(), bytes);
    EXPECT_EQ(sides.theirs.text(), bytes);
  }
}

TEST(ConflictSides, there_is_a_base_when_every_block_says_it) {
  const std::string with_base = "<<<<<<< o\n1\n||||||| b\n0\n=======\n2\n>>>>>>> t\n";
  const SpecSides both = sides_of_file("[\n" + with_base + ",\n" + with_base + "]\n");
  ASSERT_TRUE(both.base);
  EXPECT_EQ(both.base->text(), "[\n0\n,\n0\n]\n");
  EXPECT_EQ(both.ours.text(), "[\n1\n,\n1\n]\n");
  EXPECT_EQ(both.theirs.text(), "[\n2\n,\n2\n]\n");
  EXPECT_FALSE(sides_of_file(with_base + "<<<<<<< o\n1\n=======\n2\n>>>>>>> t\n").base);
}

TEST(ConflictSides, line_ends_of_windows_and_a_missing_last_one_stay_as_they_are) {
  const SpecSides sides = sides_of_file(
      "a\r\n<<<<<<< o\r\n1\r\n|||||||\r\n0\r\n=======\r\n2\r\n>>>>>>> t\r\nb\r\n"
      "<<<<<<< o\r\n3\r\n|||||||\r\n=======\r\n4\r\n>>>>>>> t");
  EXPECT_EQ(sides.ours.text(), "a\r\n1\r\nb\r\n3\r\n");
  EXPECT_EQ(sides.theirs.text(), "a\r\n2\r\nb\r\n4\r\n");
  ASSERT_TRUE(sides.base);
  EXPECT_EQ(sides.base->text(), "a\r\n0\r\nb\r\n");
}

TEST(ConflictSides, only_seven_signs_at_the_begin_of_a_line_are_a_marker) {
  const SpecSides sides =
      sides_of_file("<<<<<<< o\n \"=======\"\n======= x\n>>>>>>>>\n>>>>>>> t\n");
  EXPECT_EQ(sides.ours.text(), " \"=======\"\n");
  EXPECT_EQ(sides.theirs.text(), ">>>>>>>>\n");
  const SpecSides longer =
      sides_of_file("<<<<<<< o\n========\n|||||||x\n=======\n=======\n||||||| b\n2\n>>>>>>> t\n");
  EXPECT_EQ(longer.ours.text(), "========\n|||||||x\n");
  EXPECT_EQ(longer.theirs.text(), "=======\n||||||| b\n2\n");
  EXPECT_FALSE(longer.base);
}

TEST(ConflictSides, a_block_that_was_not_finished_before_the_next_is_common_text) {
  const SpecSides sides =
      sides_of_file("<<<<<<< o\n1\n=======\n<<<<<<< o\n3\n=======\n4\n>>>>>>> t\n5\n>>>>>>> t\n");
  EXPECT_EQ(sides.ours.text(), "<<<<<<< o\n1\n=======\n3\n5\n>>>>>>> t\n");
  EXPECT_EQ(sides.theirs.text(), "<<<<<<< o\n1\n=======\n4\n5\n>>>>>>> t\n");
}

TEST(ConflictSides, a_range_of_a_side_stands_in_the_file_in_parts_that_markers_part) {
  const std::string bytes = kTwoBlocks;
  const SpecSides sides = sides_of_file(bytes);
  const std::string& text = sides.theirs.text();
  const auto parts = [&](Span range) {
    std::vector<std::string> all;
    for (const Span part : sides.theirs.places_of(range)) {
      all.push_back(bytes.substr(part.begin, part.size()));
    }
    return all;
  };
  EXPECT_THAT(parts({text.find("\"b\""), text.size()}),
              ElementsAre("\"b\": 2,\n", "\"ä\": 0,\n", "\"c\": 3,\n", "}\n"));
  EXPECT_THAT(parts({0, 3}), ElementsAre("{\n", "\""));
  EXPECT_THAT(sides.theirs.places_of({text.find("\"c\""), text.find("\"c\"") + 3}),
              ElementsAre(Span{bytes.find("\"c\""), bytes.find("\"c\"") + 3}));
  EXPECT_THAT(parts({4, 4}), IsEmpty());
  EXPECT_THAT(parts({text.size(), text.size() + 9}), IsEmpty());
}

TEST(ConflictSides, parts_that_adjoin_in_the_file_are_one) {
  const std::string bytes = "abcdef";
  CutText cut;
  cut.append(bytes, {0, 2});
  cut.append(bytes, {2, 2});
  cut.append(bytes, {2, 3});
  cut.append(bytes, {5, 6});
  EXPECT_EQ(cut.text(), "abcf");
  EXPECT_THAT(cut.places_of({1, 4}), ElementsAre(Span{1, 3}, Span{5, 6}));
  EXPECT_THAT(CutText().places_of({0, 9}), IsEmpty());
}

}  // namespace
}  // namespace sdd::repair
