#include "spec/dependencies.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "spec_document.h"

namespace sdd::spec {
namespace {

using test::Rows;
using test::SpecDocument;

// "a→b→a" for each cycle.
std::vector<std::string> cycles_of(const SpecDocument& doc) {
  std::vector<std::string> ways;
  for (const DependencyCycle& cycle : dependency_cycles(doc.spec, dependencies(doc.spec))) {
    std::string way;
    for (std::size_t i = 0; i < cycle.size(); ++i) {
      EXPECT_EQ(cycle[i].blocker(), cycle[(i + 1) % cycle.size()].waiter());
      way += std::string(doc.spec.nodes()[cycle[i].waiter()].id) + "→";
    }
    ways.push_back(way + std::string(doc.spec.nodes()[cycle[0].waiter()].id));
  }
  std::sort(ways.begin(), ways.end());
  return ways;
}

using Ways = std::vector<std::string>;

TEST(Dependencies, are_read_in_order_with_their_targets) {
  const SpecDocument doc(
      {{.id = "a", .dependencies = R"({"blocks": ["b", "x"], "depends": ["b", 4], "more": ["b"]})"},
       {.id = "b", .dependencies = R"({"blocked_by": ["a"], "blocks": "a"})"},
       {.id = "c", .dependencies = R"(["a"])"}});
  std::string said;
  for (const Dependency& dependency : dependencies(doc.spec)) {
    said += std::string(doc.spec.nodes()[dependency.node].id) + " " +
            std::string(to_string(dependency.kind)) + " " + std::string(dependency.value.string()) +
            (dependency.target == kNoNode ? "? " : " ");
  }
  EXPECT_EQ(said, "a depends b a blocks b a blocks x? b blocked_by a ");
}

TEST(Dependencies, a_plan_without_circle_has_no_cycle) {
  EXPECT_EQ(cycles_of(SpecDocument({{.id = "a", .dependencies = R"({"blocks": ["c", "b"]})"},
                                    {.id = "b", .dependencies = R"({"blocked_by": ["a", "c"]})"},
                                    {.id = "c", .dependencies = R"({"depends": ["a", "z"]})"}})),
            Ways{});
}

TEST(Dependencies, every_kind_of_statement_can_close_a_circle) {
  EXPECT_EQ(cycles_of(SpecDocument({{.id = "a", .dependencies = R"({"depends": ["b"]})"},
                                    {.id = "b", .dependencies = R"({"blocked_by": ["c"]})"},
                                    {.id = "c", .dependencies = R"({})"},
                                    {.id = "d"},
                                    {.id = "a2", .dependencies = R"({"blocks": ["c"]})"},
                                    {.id = "a3", .dependencies = R"({"depends": ["a3"]})"}})),
            (Ways{"a3→a3"}));
  EXPECT_EQ(cycles_of(SpecDocument({{.id = "a", .dependencies = R"({"depends": ["b"]})"},
                                    {.id = "b", .dependencies = R"({"blocked_by": ["c"]})"},
                                    {.id = "c"},
                                    {.id = "a0"},
                                    {.id = "b0", .dependencies = R"({"blocks": ["a0"]})"},
                                    {.id = "c0", .dependencies = R"({"blocked_by": ["a0"],
                                       "blocks": ["b0"]})"}})),
            (Ways{"a0→b0→c0→a0"}));
}

TEST(Dependencies, two_ends_of_one_circle_are_one_cycle) {
  EXPECT_EQ(cycles_of(SpecDocument(
                {{.id = "a", .dependencies = R"({"blocks": ["b"], "blocked_by": ["b"]})"},
                 {.id = "b", .dependencies = R"({"blocks": ["a"], "blocked_by": ["a"]})"}})),
            (Ways{"a→b→a"}));
}

TEST(Dependencies, circles_that_hang_together_are_told_by_a_shortest) {
  EXPECT_EQ(cycles_of(SpecDocument({{.id = "a", .dependencies = R"({"depends": ["b"]})"},
                                    {.id = "b", .dependencies = R"({"depends": ["c"]})"},
                                    {.id = "c", .dependencies = R"({"depends": ["d", "a"]})"},
                                    {.id = "d", .dependencies = R"({"depends": ["c"]})"}})),
            (Ways{"c→d→c"}));
}

// The length of a shortest cycle through each node, by trying all ways; 0: none.
std::vector<std::size_t> cycle_lengths(std::size_t nodes,
                                       const std::vector<std::vector<bool>>& edge) {
  constexpr std::size_t kFar = 1000;
  std::vector<std::vector<std::size_t>> way(nodes, std::vector<std::size_t>(nodes, kFar));
  for (std::size_t i = 0; i < nodes; ++i) {
    for (std::size_t j = 0; j < nodes; ++j) way[i][j] = edge[i][j] ? 1 : kFar;
  }
  for (std::size_t k = 0; k < nodes; ++k) {
    for (std::size_t i = 0; i < nodes; ++i) {
      for (std::size_t j = 0; j < nodes; ++j) {
        way[i][j] = std::min(way[i][j], way[i][k] + way[k][j]);
      }
    }
  }
  std::vector<std::size_t> lengths(nodes, 0);
  for (std::size_t i = 0; i < nodes; ++i) lengths[i] = way[i][i] < kFar ? way[i][i] : 0;
  return lengths;
}

TEST(Dependencies, agree_with_trying_all_ways_on_random_plans) {
  constexpr std::size_t kNodes = 7;
  std::mt19937 random(20260102);
  std::size_t with_cycle = 0;
  for (int round = 0; round < 400; ++round) {
    std::vector<std::vector<bool>> edge(kNodes, std::vector<bool>(kNodes, false));
    Rows rows;
    for (std::size_t i = 0; i < kNodes; ++i) {
      std::string ids;
      for (std::size_t j = 0; j < kNodes; ++j) {
        edge[i][j] = random() % 7 == 0;
        if (edge[i][j]) ids += (ids.empty() ? "\"n" : ", \"n") + std::to_string(j) + "\"";
      }
      rows.push_back(
          {.id = "n" + std::to_string(i), .dependencies = "{\"depends\": [" + ids + "]}"});
    }
    const SpecDocument doc(rows);
    const std::vector<Dependency> all = dependencies(doc.spec);
    const std::vector<std::size_t> lengths = cycle_lengths(kNodes, edge);
    const std::vector<std::uint32_t> group = dependency_groups(doc.spec, all);
    std::vector<std::size_t> expected;  // the shortest of each group
    for (std::size_t i = 0; i < kNodes; ++i) {
      std::size_t best = lengths[i];
      bool first = true;
      for (std::size_t j = 0; j < kNodes; ++j) {
        if (group[j] != group[i]) continue;
        if (j < i) first = false;
        best = std::min(best, lengths[j]);
      }
      if (first && best > 0) expected.push_back(best);
    }
    std::vector<std::size_t> found;
    for (const DependencyCycle& cycle : dependency_cycles(doc.spec, all)) {
      found.push_back(cycle.size());
    }
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
    ASSERT_EQ(found, expected) << doc.bytes;
    with_cycle += found.empty() ? 0 : 1;
  }
  EXPECT_GT(with_cycle, 100U);
}

TEST(Dependencies, a_circle_of_thirty_thousand_nodes_is_found) {
  constexpr int kNodes = 30'000;
  Rows rows;
  for (int i = 0; i < kNodes; ++i) {
    rows.push_back(
        {.id = "n" + std::to_string(i),
         .dependencies = "{\"depends\": [\"n" + std::to_string((i + 1) % kNodes) + "\"]}"});
  }
  const SpecDocument doc(rows);
  const auto cycles = dependency_cycles(doc.spec, dependencies(doc.spec));
  ASSERT_EQ(cycles.size(), 1U);
  EXPECT_EQ(cycles[0].size(), static_cast<std::size_t>(kNodes));
  EXPECT_EQ(cycles[0][0].waiter(), 0U);
}

}  // namespace
}  // namespace sdd::spec
