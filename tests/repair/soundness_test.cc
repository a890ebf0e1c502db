#include "repair/soundness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "spec_document.h"

namespace sdd::repair {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::set<std::string> unsound(const test::Rows& rows) {
  const test::SpecDocument doc(test::spec_json(rows));
  EXPECT_TRUE(doc.ok);
  return unsound_nodes(doc.tree);
}

// A phase of two tasks, one of them done.
test::Rows sound_rows() {
  return {{.id = "spec-root",
           .type = "spec",
           .status = "in_progress",
           .children = {"phase-1"},
           .total = "2",
           .completed = "1"},
          {.id = "phase-1",
           .type = "phase",
           .status = "in_progress",
           .parent = "spec-root",
           .children = {"a", "b"},
           .total = "2",
           .completed = "1"},
          {.id = "a", .status = "completed", .parent = "phase-1", .completed = "1"},
          {.id = "b", .parent = "phase-1"}};
}

TEST(Soundness, what_one_writer_wrote_is_sound) {
  EXPECT_THAT(unsound(sound_rows()), IsEmpty());
  const test::SpecDocument empty("{}");
  EXPECT_THAT(unsound_nodes(empty.tree), IsEmpty());
}

TEST(Soundness, what_is_missing_or_counted_wrongly_is_told_where_it_is) {
  test::Rows rows = sound_rows();
  rows[3].total = "";
  EXPECT_THAT(unsound(rows), ElementsAre("b"));
  const test::SpecDocument bare(R"({"hierarchy": {"a": {"type": "task", "title": "T",
      "parent": null, "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {}}}})");
  EXPECT_THAT(unsound_nodes(bare.tree), ElementsAre("a"));
  rows = sound_rows();
  rows[1].completed = "2";
  EXPECT_THAT(unsound(rows), ElementsAre("phase-1"));
}

TEST(Soundness, a_node_that_closed_before_its_child_is_unsound) {
  test::Rows rows = sound_rows();
  rows[1].status = "completed";
  EXPECT_THAT(unsound(rows), ElementsAre("phase-1"));
}

TEST(Soundness, a_list_of_children_that_is_not_who_names_the_node_is_unsound) {
  test::Rows rows = sound_rows();
  rows[1].children = {"a", "b", "b"};
  EXPECT_THAT(unsound(rows), ElementsAre("phase-1"));
  rows[1].children = {"a", "b", "gone"};
  EXPECT_THAT(unsound(rows), ElementsAre("phase-1"));
  rows = sound_rows();
  rows[3].parent = "spec-root";
  EXPECT_THAT(unsound(rows), ElementsAre("phase-1", "spec-root"));
}

TEST(Soundness, a_node_that_its_parent_does_not_list_makes_the_parent_unsound) {
  test::Rows rows = sound_rows();
  rows[1].children = {"a"};
  EXPECT_THAT(unsound(rows), ElementsAre("phase-1"));
}

TEST(Soundness, a_member_is_lacked_in_the_node_or_one_level_further_in) {
  const auto lacks = [](const std::string& node, const std::string& other) {
    const test::SpecDocument a(node);
    const test::SpecDocument b(other);
    return lacks_a_member(a.tree.root(), b.tree.root());
  };
  EXPECT_TRUE(lacks(R"({"a": 1})", R"({"a": 1, "b": 1})"));
  EXPECT_TRUE(lacks(R"({"m": {"x": 1}})", R"({"m": {"x": 1, "y": 1}})"));
  EXPECT_FALSE(lacks(R"({"m": {"x": 1, "y": 1}, "more": 1})", R"({"m": {"x": 2}})"));
}

TEST(Soundness, what_is_an_object_or_an_array_in_one_version_only_changes_its_kind) {
  const auto changes = [](const std::string& node, const std::string& other) {
    const test::SpecDocument a(node);
    const test::SpecDocument b(other);
    return changes_a_kind(a.tree.root(), b.tree.root());
  };
  EXPECT_TRUE(changes(R"({"m": {"note": {}}})", R"({"m": {"note": "x"}})"));
  EXPECT_TRUE(changes(R"({"m": []})", R"({"m": {}})"));
  EXPECT_FALSE(changes(R"({"m": {"note": 1, "new": {}}})", R"({"m": {"note": "x"}, "n": []})"));
}

}  // namespace
}  // namespace sdd::repair
