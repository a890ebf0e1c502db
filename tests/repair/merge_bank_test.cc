#include "repair/merge_bank.h"

#include <gtest/gtest.h>

namespace sdd::repair {
namespace {

std::string entry(const std::string& title, const std::string& more = "Owner: Ann",
                  const std::string& spec = "w/1.md") {
  return "- [x] **[BUG]** " + title + "\n  - Spec: `" + spec + "`\n  - " + more +
         "\n  - Done: 2026-02-11\n";
}

BankMerged merged(const std::string& base, const std::string& ours, const std::string& theirs) {
  return merge_bank({&base, ours, theirs}, bank::Kind::kLog);
}
BankMerged merged_without_base(const std::string& ours, const std::string& theirs) {
  return merge_bank({nullptr, ours, theirs}, bank::Kind::kLog);
}

TEST(MergeBank, keeps_both_sides_new_entries_ours_first) {
  const std::string base = "# Log\n\n" + entry("A") + "\n" + entry("Z");
  const auto both =
      merged(base, "# Log\n\n" + entry("A") + "\n" + entry("B") + "\n" + entry("Z"),
             "# Log\n\n" + entry("A") + "\n" + entry("C") + "\n" + entry("D") + "\n" + entry("Z"));
  EXPECT_TRUE(both.conflicts.empty());
  EXPECT_EQ(both.bytes, "# Log\n\n" + entry("A") + "\n" + entry("B") + "\n" + entry("C") + "\n" +
                            entry("D") + "\n" + entry("Z"));
}

TEST(MergeBank, of_one_side_that_changed_nothing_is_the_other_byte_for_byte) {
  const std::string base = "# Log\n\n" + entry("A");
  const std::string other = "# Log  \n\n\n" + entry("A") + entry("B");
  EXPECT_EQ(merged(base, base, other).bytes, other);
  EXPECT_EQ(merged(base, other, base).bytes, other);
  EXPECT_EQ(merged(base, other, other).bytes, other);
}

TEST(MergeBank, takes_a_change_and_a_removal_of_either_side) {
  const std::string base = entry("A") + "\n" + entry("B") + "\n" + entry("C");
  const std::string ours = entry("A", "Owner: Bob") + "\n" + entry("B") + "\n" + entry("C");
  const std::string theirs = entry("A") + "\n" + entry("C", "Owner: Cid");
  const std::string expected = entry("A", "Owner: Bob") + "\n" + entry("C", "Owner: Cid");
  EXPECT_EQ(merged(base, ours, theirs).bytes, expected);
  EXPECT_EQ(merged(base, theirs, ours).bytes, expected);
}

TEST(MergeBank, two_different_changes_of_one_entry_are_a_conflict) {
  const std::string base = entry("A");
  const auto both = merged(base, entry("A", "Owner: Bob"), entry("A", "Owner: Cid"));
  ASSERT_EQ(both.conflicts.size(), 1U);
  EXPECT_EQ(both.conflicts[0].title, "A");
  EXPECT_NE(both.conflicts[0].ours.find("Bob"), std::string::npos);
  EXPECT_NE(both.conflicts[0].theirs.find("Cid"), std::string::npos);
  EXPECT_TRUE(both.bytes.empty());
  EXPECT_EQ(merged(base + entry("B"), entry("B", "Owner: Bob"), base).conflicts.size(), 1U);
  EXPECT_EQ(merged("x\n", "x\n" + entry("A", "Owner: Bob"), "x\n" + entry("A")).conflicts.size(),
            1U);
}

TEST(MergeBank, title_and_spec_together_tell_entries_apart) {
  const std::string base = "# Log\n";
  const auto both = merged(base, base + "\n" + entry("A", "Owner: Ann", "w/1.md"),
                           base + "\n" + entry("A", "Owner: Ann", "w/2.md"));
  ASSERT_TRUE(both.conflicts.empty());
  EXPECT_EQ(both.bytes, base + "\n" + entry("A", "Owner: Ann", "w/1.md") + "\n" +
                            entry("A", "Owner: Ann", "w/2.md"));
}

TEST(MergeBank, entries_stay_in_their_section) {
  const std::string base = "### Done\n\n" + entry("A") + "\n### In progress\n\n" + entry("Z");
  const std::string ours =
      "### Done\n\n" + entry("A") + "\n" + entry("B") + "\n### In progress\n\n" + entry("Z");
  const std::string theirs =
      "### Done\n\n" + entry("A") + "\n### In progress\n\n" + entry("Y") + "\n" + entry("Z");
  EXPECT_EQ(merged(base, ours, theirs).bytes, "### Done\n\n" + entry("A") + "\n" + entry("B") +
                                                  "\n### In progress\n\n" + entry("Y") + "\n" +
                                                  entry("Z"));
}

TEST(MergeBank, other_text_is_taken_from_the_one_side_that_changed_it) {
  const std::string base = "# Log\n\n" + entry("A");
  const std::string ours = "# Log\n\n" + entry("A") + "\n" + entry("B");
  const std::string theirs = "# Journal\n\n" + entry("C") + "\n" + entry("A");
  const auto both = merged(base, ours, theirs);
  EXPECT_TRUE(both.conflicts.empty());
  EXPECT_EQ(both.bytes, "# Journal\n\n" + entry("C") + "\n" + entry("A") + "\n" + entry("B"));
  const auto clash = merged(base, "# Ours\n\n" + entry("A"), theirs);
  ASSERT_EQ(clash.conflicts.size(), 1U);
  EXPECT_EQ(clash.conflicts[0].ours, "# Ours\n");
  EXPECT_EQ(clash.conflicts[0].theirs, "# Journal\n");
}

TEST(MergeBank, without_a_base_what_one_side_has_is_new) {
  const auto both =
      merged_without_base(entry("A") + "\n" + entry("B"), entry("A") + "\n" + entry("C"));
  EXPECT_TRUE(both.conflicts.empty());
  EXPECT_EQ(both.bytes, entry("A") + "\n" + entry("B") + "\n" + entry("C"));
  EXPECT_EQ(merged_without_base(entry("A"), entry("A", "Owner: Bob")).conflicts.size(), 1U);
}

TEST(MergeBank, reads_both_sides_of_conflict_markers) {
  const auto sides = split_conflicts("a\n<<<<<<< HEAD\nb\n||||||| 1\nc\n=======\nd\n>>>>>>> x\ne");
  ASSERT_TRUE(sides);
  EXPECT_EQ(sides->ours, "a\nb\ne");
  EXPECT_EQ(sides->theirs, "a\nd\ne");
  EXPECT_EQ(sides->base.value(), "a\nc\ne");
  const auto plain = split_conflicts("Title\n=======\n<<<<<<<\nb\n=======\n>>>>>>>\n");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->ours, "Title\n=======\nb\n");
  EXPECT_EQ(plain->theirs, "Title\n=======\n");
  EXPECT_FALSE(plain->base);
  EXPECT_FALSE(split_conflicts("Title\n=======\n"));
  EXPECT_FALSE(split_conflicts("<<<<<<< a\nb\n=======\nc\n"));
}

}  // namespace
}  // namespace sdd::repair
