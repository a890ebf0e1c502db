#include "spec/counts.h"

#include <gtest/gtest.h>

#include <string>

#include "spec_document.h"

namespace sdd::spec {
namespace {

using test::NodeRow;
using test::Rows;
using test::SpecDocument;

// "a.total b.completed" for the numbers that are wrong, in file order.
std::string wrong_counts(const SpecDocument& doc) {
  const std::vector<NodeCounts> counts = check_counts(doc.spec);
  std::string words;
  for (const Node& node : doc.spec.nodes()) {
    const NodeCounts& of_node = counts[doc.spec.index_of(node)];
    for (const auto& [count, name] :
         {std::pair(&of_node.total, ".total"), std::pair(&of_node.completed, ".completed")}) {
      if (!count->is_wrong) continue;
      words += (words.empty() ? "" : " ") + std::string(node.id) + name;
    }
  }
  EXPECT_FALSE(!words.empty() && counts_agree(doc.spec));
  return words;
}

// r ─ p ─ a, b; q ─ c. a and c are completed.
Rows rows_of_two_phases() {
  return {{.id = "r",
           .type = "spec",
           .status = "in_progress",
           .children = {"p", "q"},
           .total = "3",
           .completed = "2"},
          {.id = "p",
           .type = "phase",
           .status = "in_progress",
           .parent = "r",
           .children = {"a", "b"},
           .total = "2",
           .completed = "1"},
          {.id = "q",
           .type = "phase",
           .status = "completed",
           .parent = "r",
           .children = {"c"},
           .total = "1",
           .completed = "1"},
          {.id = "a", .status = "completed", .parent = "p", .completed = "1"},
          {.id = "b", .parent = "p"},
          {.id = "c", .status = "completed", .parent = "q", .completed = "1"}};
}

std::string wrong_with(std::size_t row, std::string NodeRow::*member, const std::string& value) {
  Rows rows = rows_of_two_phases();
  rows[row].*member = value;
  return wrong_counts(SpecDocument(rows));
}

TEST(Counts, agree_in_a_healthy_spec) {
  const SpecDocument doc(rows_of_two_phases());
  EXPECT_TRUE(counts_agree(doc.spec));
  EXPECT_EQ(wrong_counts(doc), "");
}

TEST(Counts, one_wrong_number_is_wrong_at_its_place_only) {
  const char* const ids[] = {"r", "p", "q", "a", "b", "c"};
  for (std::size_t row = 0; row < 6; ++row) {
    for (const char* number : {"5", "4", "17"}) {
      EXPECT_EQ(wrong_with(row, &NodeRow::total, number), std::string(ids[row]) + ".total");
      EXPECT_EQ(wrong_with(row, &NodeRow::completed, number), std::string(ids[row]) + ".completed");
    }
  }
}

TEST(Counts, a_fault_that_was_added_up_is_wrong_where_it_began) {
  Rows rows = rows_of_two_phases();
  rows[3].completed = "0";  // a is completed
  rows[1].completed = "0";
  rows[0].completed = "1";
  EXPECT_EQ(wrong_counts(SpecDocument(rows)), "a.completed");
}

TEST(Counts, what_was_not_passed_on_is_wrong_where_it_stopped) {
  Rows rows = rows_of_two_phases();
  rows[4].status = "completed";
  rows[4].completed = "1";
  EXPECT_EQ(wrong_counts(SpecDocument(rows)), "p.completed");
  rows[1].completed = "2";
  EXPECT_EQ(wrong_counts(SpecDocument(rows)), "r.completed");
}

TEST(Counts, faults_that_level_out_are_both_found) {
  Rows rows = rows_of_two_phases();
  rows[1].total = "1";
  rows[2].total = "2";
  EXPECT_EQ(wrong_counts(SpecDocument(rows)), "p.total q.total");
}

TEST(Counts, must_be_tells_the_number_through_faults_below) {
  Rows rows = rows_of_two_phases();
  rows[3].completed = "0";
  rows[0].completed = "3";
  const SpecDocument doc(rows);
  const NodeCounts root = check_counts(doc.spec)[doc.index("r")];
  EXPECT_TRUE(root.completed.is_wrong);
  EXPECT_EQ(root.completed.must_be, (CountRange{2, 2}));
  EXPECT_EQ(root.completed.children_state, 2);
}

TEST(Counts, a_missing_or_wordy_number_is_recounted_for_the_parent) {
  for (const char* value : {"", "\"x\"", "-4", "1.5"}) {
    for (std::size_t row = 1; row < 6; ++row) {
      EXPECT_EQ(wrong_with(row, &NodeRow::total, value), "") << value << row;
      EXPECT_EQ(wrong_with(row, &NodeRow::completed, value), "") << value << row;
    }
  }
  Rows rows = rows_of_two_phases();
  rows[1].total = "";
  rows[0].total = "9";
  EXPECT_EQ(wrong_counts(SpecDocument(rows)), "r.total");
}

TEST(Counts, a_leaf_with_an_unknown_status_may_be_completed_or_not) {
  EXPECT_EQ(wrong_with(3, &NodeRow::status, "done"), "");
  EXPECT_EQ(wrong_with(4, &NodeRow::status, "done"), "");
  Rows rows = rows_of_two_phases();
  rows[3].status = "done";
  rows[3].completed = "2";
  EXPECT_EQ(wrong_counts(SpecDocument(rows)), "a.completed");
}

TEST(Counts, unknown_and_repeated_children_explain_a_number) {
  Rows rows = rows_of_two_phases();
  rows[1].children = {"a", "b", "ghost"};
  for (const char* total : {"2", "3", "7"}) {
    rows[1].total = total;
    rows[0].total = std::to_string(std::stoi(total) + 1);
    EXPECT_EQ(wrong_counts(SpecDocument(rows)), "") << total;
  }
  rows[1].total = "1";  // less than what is there
  rows[0].total = "2";
  EXPECT_EQ(wrong_counts(SpecDocument(rows)), "p.total");
  rows = rows_of_two_phases();
  rows[2].children = {"c", "c"};
  EXPECT_EQ(wrong_counts(SpecDocument(rows)), "");
  rows[2].total = "2";
  rows[0].total = "4";
  EXPECT_EQ(wrong_counts(SpecDocument(rows)), "");
  rows[2].total = "3";
  rows[0].total = "5";
  EXPECT_EQ(wrong_counts(SpecDocument(rows)), "q.total");
}

TEST(Counts, a_lost_list_entry_and_a_foreign_one_explain_a_number) {
  Rows rows = rows_of_two_phases();
  rows[1].children = {"a"};  // b still names p
  EXPECT_EQ(wrong_counts(SpecDocument(rows)), "");
  rows = rows_of_two_phases();
  rows[2].children = {"c", "b"};  // b belongs to p
  EXPECT_EQ(wrong_counts(SpecDocument(rows)), "");
  rows = rows_of_two_phases();
  rows[5].children = {"b"};  // c is no parent
  EXPECT_EQ(wrong_counts(SpecDocument(rows)), "");
}

TEST(Counts, a_childless_phase_is_zero_or_one_by_its_status) {
  const auto wrong = [](const char* status, const char* total, const char* completed) {
    return wrong_counts(SpecDocument(
        {{.id = "p", .type = "phase", .status = status, .total = total, .completed = completed}}));
  };
  EXPECT_EQ(wrong("pending", "0", "0"), "");
  EXPECT_EQ(wrong("completed", "0", "0"), "");
  EXPECT_EQ(wrong("completed", "1", "1"), "");
  EXPECT_EQ(wrong("in_progress", "1", "0"), "");
  EXPECT_EQ(wrong("completed", "1", "0"), "p.completed");
  EXPECT_EQ(wrong("pending", "1", "1"), "p.completed");
  EXPECT_EQ(wrong("pending", "0", "1"), "p.completed");
  EXPECT_EQ(wrong("completed", "4", "1"), "p.total");
  EXPECT_EQ(wrong("pending", "4", "0"), "p.total");
}

TEST(Counts, an_unknown_type_may_be_a_phase) {
  const auto wrong = [](const char* total, const char* completed) {
    return wrong_counts(SpecDocument(Rows{{.id = "p",
                                           .type = "fase",
                                           .status = "completed",
                                           .total = total,
                                           .completed = completed}}));
  };
  EXPECT_EQ(wrong("0", "0"), "");
  EXPECT_EQ(wrong("1", "1"), "");
  EXPECT_EQ(wrong("1", "0"), "p.completed");
}

TEST(Counts, cycles_end_and_say_nothing) {
  const SpecDocument doc(Rows{{.id = "a", .parent = "b", .children = {"b"}},
                              {.id = "b", .parent = "a", .children = {"a"}},
                              {.id = "c", .parent = "c", .children = {"c"}}});
  EXPECT_EQ(wrong_counts(doc), "");
}

TEST(Counts, of_two_nodes_with_one_id_the_hidden_one_is_never_wrong) {
  EXPECT_EQ(wrong_counts(SpecDocument(Rows{{.id = "a", .total = "9"}, {.id = "a"}})), "");
  EXPECT_EQ(wrong_counts(SpecDocument(Rows{{.id = "a"}, {.id = "a", .total = "9"}})), "a.total");
}

TEST(Counts, a_chain_of_fifty_thousand_nodes_is_counted) {
  constexpr int kDepth = 50'000;
  Rows rows;
  for (int i = 0; i < kDepth; ++i) {
    NodeRow row{.id = "n" + std::to_string(i), .parent = i == 0 ? "" : "n" + std::to_string(i - 1)};
    if (i + 1 < kDepth) row.children = {"n" + std::to_string(i + 1)};
    rows.push_back(row);
  }
  rows[100].total = "2";
  EXPECT_EQ(wrong_counts(SpecDocument(rows)), "n100.total");
}

TEST(Counts, shared_children_cannot_overflow) {
  Rows rows;
  for (int i = 0; i < 200; ++i) {
    const std::string next = std::to_string(i + 1);
    rows.push_back({.id = "a" + std::to_string(i), .children = {"a" + next, "b" + next}});
    rows.push_back({.id = "b" + std::to_string(i), .children = {"a" + next, "b" + next}});
  }
  rows.push_back({.id = "a200"});
  rows.push_back({.id = "b200"});
  const SpecDocument doc(rows);
  EXPECT_EQ(check_counts(doc.spec)[0].total.must_be.most, CountRange::kNoLimit);
}

TEST(Counts, percentage_is_rounded_down) {
  EXPECT_EQ(percentage(0, 0), 0);
  EXPECT_EQ(percentage(28, 29), 96);
  EXPECT_EQ(percentage(49, 49), 100);
  EXPECT_EQ(percentage(1, 3), 33);
  EXPECT_EQ(percentage(INT64_MAX, INT64_MAX), 100);
  EXPECT_EQ(percentage(INT64_MAX, 1), INT64_MAX);
}

}  // namespace
}  // namespace sdd::spec
