#include "repair/fix_wave.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

namespace sdd::repair {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

rules::Finding with_changes(const spec::Changes& changes) {
  rules::Finding finding;
  finding.fix = rules::Fix{.safety = rules::Safety::kSafe, .title = "fix", .changes = changes};
  return finding;
}

rules::Finding with_edits(const std::vector<Edit>& edits) {
  rules::Finding finding;
  finding.fix = rules::Fix{.safety = rules::Safety::kSafe, .title = "fix", .edits = edits};
  return finding;
}

spec::Change set_member(const std::string& name, const std::string& after) {
  return spec::change_member({"metadata", name}, std::nullopt, json::Snippet{after});
}

std::vector<const rules::Finding*> pointers_to(const std::vector<rules::Finding>& findings) {
  std::vector<const rules::Finding*> candidates;
  for (const rules::Finding& finding : findings) candidates.push_back(&finding);
  return candidates;
}

// The positions of the findings that are in the wave.
std::vector<std::size_t> taken_of(const std::vector<rules::Finding>& findings,
                                  std::size_t most = SIZE_MAX) {
  std::vector<std::size_t> taken;
  for (const WaveItem& item : wave_of(pointers_to(findings), most).items) {
    taken.push_back(static_cast<std::size_t>(item.finding - findings.data()));
  }
  return taken;
}

TEST(FixWave, of_no_candidates_there_is_no_wave) {
  const Wave wave = wave_of({}, SIZE_MAX);
  EXPECT_THAT(wave.items, IsEmpty());
  EXPECT_FALSE(wave.by_edits);
  EXPECT_THAT(taken_of({with_changes({}), with_edits({})}), IsEmpty());
}

TEST(FixWave, takes_at_most_so_many_in_their_order) {
  const std::vector<rules::Finding> findings = {with_changes({set_member("b", "1")}),
                                                with_changes({set_member("a", "1")}),
                                                with_changes({set_member("c", "1")})};
  EXPECT_THAT(taken_of(findings), ElementsAre(0U, 1U, 2U));
  EXPECT_THAT(taken_of(findings, 2), ElementsAre(0U, 1U));
  EXPECT_THAT(taken_of(findings, 0), IsEmpty());
}

TEST(FixWave, edits_go_first_and_changes_wait_for_a_later_round) {
  const std::vector<rules::Finding> findings = {with_changes({set_member("a", "1")}),
                                                with_edits({{{0, 3}, ""}}),
                                                with_edits({{{9, 9}, "x"}})};
  EXPECT_THAT(taken_of(findings), ElementsAre(1U, 2U));
  EXPECT_THAT(taken_of(findings, 1), ElementsAre(1U));
  const Wave wave = wave_of(pointers_to(findings), SIZE_MAX);
  EXPECT_TRUE(wave.by_edits);
  EXPECT_THAT(wave.items.at(0).edits, ElementsAre(Edit{{0, 3}, ""}));
  EXPECT_THAT(wave.items.at(0).changes, IsEmpty());
  EXPECT_FALSE(wave_of({findings.data()}, SIZE_MAX).by_edits);
}

TEST(FixWave, what_says_another_value_of_one_member_waits_as_a_whole) {
  const std::vector<rules::Finding> findings = {
      with_changes({set_member("a", "1")}),
      with_changes({set_member("b", "2"), set_member("a", "2")}),
      with_changes({set_member("b", "3")})};
  EXPECT_THAT(taken_of(findings), ElementsAre(0U, 2U));
}

TEST(FixWave, items_of_one_list_are_told_apart_by_their_identity) {
  const auto item = [](const std::string& key, const std::string& text) {
    return with_changes({spec::add_item({"metadata", "assumptions"}, key, {text})});
  };
  EXPECT_THAT(taken_of({item("\"a\"", "\"a\""), item("\"ä\"", "\"ä\""), item("\"a\"", "\"b\"")}),
              ElementsAre(0U, 1U));
}

TEST(FixWave, what_changes_a_value_and_what_changes_something_inside_of_it_take_turns) {
  const auto takes_one = [](const spec::Change& first, const spec::Change& second) {
    const auto taken = [](const spec::Change& a, const spec::Change& b) {
      return taken_of({with_changes({a}), with_changes({b})}).size();
    };
    return taken(first, second) == 1 && taken(second, first) == 1;
  };
  const spec::Change node = spec::change_member({"hierarchy", "a"}, json::Snippet{"{}"}, {});
  const auto inside = [](const spec::Path& path) {
    return spec::change_member(path, std::nullopt, json::Snippet{"1"});
  };
  EXPECT_TRUE(takes_one(node, inside({"hierarchy", "a", "status"})));
  EXPECT_TRUE(takes_one(node, inside({"hierarchy", "a", "metadata", "x"})));
  EXPECT_FALSE(takes_one(node, inside({"hierarchy", "ab"})));
  EXPECT_FALSE(takes_one(node, inside({"hierarchy", "a-b", "status"})));
  const spec::Change item = spec::add_item({"metadata", "assumptions"}, "\"a\"", {"\"a\""});
  EXPECT_TRUE(takes_one(item, set_member("assumptions", "[]")));
  EXPECT_TRUE(takes_one(item, inside({"metadata"})));
  EXPECT_FALSE(takes_one(item, set_member("owner", "1")));
}

TEST(FixWave, an_item_has_only_what_no_other_says_and_without_anything_it_is_none) {
  const std::vector<rules::Finding> findings = {
      with_changes({set_member("a", "1"), set_member("b", "\"ü\"")}),
      with_changes({set_member("b", "\"\\u00fc\""), set_member("a", "1.0")}),
      with_changes({set_member("a", "1"), set_member("c", "3")})};
  const Wave wave = wave_of(pointers_to(findings), SIZE_MAX);
  ASSERT_EQ(wave.items.size(), 2U);
  EXPECT_EQ(wave.items[0].changes.size(), 2U);
  EXPECT_EQ(wave.items[1].finding, &findings[2]);
  ASSERT_EQ(wave.items[1].changes.size(), 1U);
  EXPECT_EQ(spec::pointer_of(wave.items[1].changes[0]), "/metadata/c");
}

TEST(FixWave, edits_that_are_the_same_are_made_once) {
  const std::vector<rules::Finding> findings = {
      with_edits({{{0, 3}, "x"}}), with_edits({{{0, 3}, "x"}}),
      with_edits({{{0, 3}, "x"}, {{10, 10}, "y"}}), with_edits({{{0, 3}, "z"}})};
  const Wave wave = wave_of(pointers_to(findings), SIZE_MAX);
  ASSERT_EQ(wave.items.size(), 2U);
  EXPECT_EQ(wave.items[0].finding, &findings[0]);
  EXPECT_EQ(wave.items[1].finding, &findings[2]);
  EXPECT_THAT(wave.items[1].edits, ElementsAre(Edit{{10, 10}, "y"}));
}

TEST(FixWave, edits_that_share_a_byte_or_insert_where_another_ends_wait) {
  const auto waits = [](const Edit& first, const Edit& second) {
    return taken_of({with_edits({first}), with_edits({second})}).size() == 1;
  };
  EXPECT_TRUE(waits({{10, 20}, "x"}, {{19, 30}, "y"}));
  EXPECT_TRUE(waits({{10, 20}, "x"}, {{0, 11}, "y"}));
  EXPECT_TRUE(waits({{10, 20}, "x"}, {{12, 15}, "y"}));
  EXPECT_TRUE(waits({{12, 15}, "x"}, {{10, 20}, "y"}));
  EXPECT_TRUE(waits({{10, 20}, "x"}, {{20, 20}, "y"}));
  EXPECT_TRUE(waits({{10, 20}, "x"}, {{10, 10}, "y"}));
  EXPECT_TRUE(waits({{10, 10}, "x"}, {{10, 10}, "y"}));
  EXPECT_FALSE(waits({{10, 20}, "x"}, {{21, 30}, "y"}));
  EXPECT_FALSE(waits({{10, 20}, "x"}, {{0, 9}, "y"}));
  EXPECT_FALSE(waits({{10, 10}, "x"}, {{11, 11}, "x"}));
  EXPECT_THAT(taken_of({with_edits({{{5, 5}, "x"}, {{5, 9}, "y"}}), with_edits({{{7, 8}, "z"}})}),
              ElementsAre(0U));
}

TEST(FixWave, what_waits_as_a_whole_keeps_no_other_from_the_wave) {
  const std::vector<rules::Finding> findings = {with_edits({{{0, 3}, "x"}}),
                                                with_edits({{{20, 25}, "y"}, {{2, 4}, "y"}}),
                                                with_edits({{{22, 23}, "z"}})};
  EXPECT_THAT(taken_of(findings), ElementsAre(0U, 2U));
}

}  // namespace
}  // namespace sdd::repair
