#include "spec/waiting.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "spec_document.h"

namespace sdd::spec {
namespace {

test::NodeRow waiting_row(const std::string& id, const std::string& dependencies,
                          const std::string& status = "pending") {
  return {.id = id, .status = status, .dependencies = "{" + dependencies + "}"};
}

std::string stuck_in(const test::Rows& rows) {
  const test::SpecDocument doc(rows);
  std::string text;
  for (const Stuck& stuck : stuck_nodes(doc.spec, dependencies(doc.spec))) {
    text += std::string(stuck.node->id) + ":";
    for (const Node* node : stuck.waits_for) text += std::string(node->id);
    text += " ";
  }
  return text;
}

TEST(StuckNodes, wait_for_blocked_nodes_and_whoever_waits_for_them) {
  EXPECT_EQ(stuck_in({waiting_row("a", "", "blocked"), waiting_row("b", R"("blocked_by": ["a"])"),
                      waiting_row("c", R"("depends": ["b", "e"])"), waiting_row("e", "")}),
            "b:a c:b ");
}

TEST(StuckNodes, wait_in_circles_of_open_nodes) {
  EXPECT_EQ(stuck_in({waiting_row("a", R"("blocked_by": ["b"])"),
                      waiting_row("b", R"("blocks": ["a"], "blocked_by": ["a"])"),
                      waiting_row("c", R"("blocked_by": ["c"])")}),
            "a:b b:a c:c ");
  EXPECT_EQ(stuck_in({waiting_row("a", R"("blocked_by": ["b"])"),
                      waiting_row("b", R"("blocked_by": ["a"])", "completed")}),
            "");
}

TEST(StuckNodes, goes_through_fifty_thousand_waits) {
  test::Rows rows = {waiting_row("n0", "", "blocked")};
  for (int i = 1; i < 50'000; ++i) {
    rows.push_back(waiting_row("n" + std::to_string(i),
                               "\"blocked_by\": [\"n" + std::to_string(i - 1) + "\"]"));
  }
  const test::SpecDocument doc(rows);
  EXPECT_EQ(stuck_nodes(doc.spec, dependencies(doc.spec)).size(), 49'999U);
}

TEST(MissingDependencies, are_told_once_for_each_node) {
  const test::SpecDocument doc({waiting_row("a", R"("blocked_by": ["x"], "blocks": ["x", "y"])"),
                                waiting_row("b", R"("depends": ["x", "a"])")});
  std::string text;
  for (const auto& missing : missing_dependencies(doc.spec, dependencies(doc.spec))) {
    text += std::string(missing.node->id) + ":" + std::string(missing.id) + " ";
  }
  EXPECT_EQ(text, "a:x a:y b:x ");
}

TEST(Bottlenecks, are_open_nodes_that_enough_open_ones_wait_for) {
  const test::SpecDocument doc(
      {waiting_row("a", R"("blocks": ["b", "c", "d"])"),
       waiting_row("b", R"("blocked_by": ["a", "e"])"), waiting_row("c", R"("blocked_by": ["e"])"),
       waiting_row("d", R"("blocked_by": ["e"])", "completed"), waiting_row("e", "")});
  const auto told = [&](std::size_t threshold) {
    std::string text;
    for (const auto& one : bottlenecks(doc.spec, dependencies(doc.spec), threshold)) {
      text += std::string(one.node->id) + std::to_string(one.waiting);
    }
    return text;
  };
  EXPECT_EQ(told(2), "a2e2");
  EXPECT_EQ(told(3), "");
}

}  // namespace
}  // namespace sdd::spec
