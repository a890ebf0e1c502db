// The rules about counts and status in odd cases: how many findings, where, in which words. That
// each fault shows once is tested in tests/spec/counts_test.cc and roll_up_test.cc.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "rules/found.h"
#include "spec_document.h"
#include "support.h"

namespace sdd::rules {
namespace {

using test::Found;
using test::Lines;
using test::Rows;
using test::spec_json;

Lines count_findings(const Rows& rows) { return Found(spec_json(rows), "SDD3").lines(); }

// spec-root ─ task-1-1, task-1-2; the first is completed.
Rows half_done() {
  return {{.id = "spec-root",
           .type = "spec",
           .status = "in_progress",
           .children = {"task-1-1", "task-1-2"},
           .total = "2",
           .completed = "1"},
          {.id = "task-1-1", .status = "completed", .parent = "spec-root", .completed = "1"},
          {.id = "task-1-2", .parent = "spec-root"}};
}

TEST(CountRules, say_what_the_children_add_up_to) {
  Rows rows = half_done();
  rows[0].total = "3";
  rows[0].completed = "2";
  EXPECT_EQ(count_findings(rows),
            (Lines{"SDD301 spec-root `3` total_tasks is 3, the children add up to 2 "
                   "[safe: set total_tasks to 2]",
                   "SDD302 spec-root `2` completed_tasks is 2, the children add up to 1 "
                   "[safe: set completed_tasks to 1]"}));
}

TEST(CountRules, name_the_tasks_where_the_children_are_wrong_themselves) {
  Rows rows = half_done();
  rows[0].completed = "2";
  rows[1].completed = "0";
  EXPECT_EQ(count_findings(rows),
            (Lines{"SDD302 spec-root `2` completed_tasks is 2, the tasks below it add up to 1 "
                   "[safe: set completed_tasks to 1]",
                   "SDD302 task-1-1 `0` completed_tasks is 0, but its status is completed "
                   "[safe: set completed_tasks to 1]"}));
}

TEST(CountRules, say_what_a_leaf_counts) {
  Rows rows = half_done();
  rows[2].total = "0";
  EXPECT_EQ(count_findings(rows), (Lines{"SDD301 task-1-2 `0` total_tasks is 0, a node without "
                                         "children counts as 1 [safe: set total_tasks to 1]"}));
  rows = half_done();
  rows[2].status = "blocked";
  rows[2].completed = "1";
  rows[0].completed = "2";
  EXPECT_EQ(count_findings(rows), (Lines{"SDD302 task-1-2 `1` completed_tasks is 1, but its status "
                                         "is blocked [safe: set completed_tasks to 0]"}));
}

TEST(CountRules, where_the_tree_is_broken_a_number_is_given_as_a_bound) {
  Rows rows = half_done();
  rows[0].children.push_back("ghost");
  rows[0].total = "1";
  EXPECT_EQ(count_findings(rows), (Lines{"SDD301 spec-root `1` total_tasks is 1, the children add "
                                         "up to at least 2"}));
  rows[0].total = "3";
  EXPECT_EQ(count_findings(rows), Lines{});
}

TEST(CountRules, more_completed_than_there_is_to_do) {
  Rows rows = half_done();
  rows[0].completed = "4";
  EXPECT_EQ(count_findings(rows),
            (Lines{"SDD303 spec-root `4` completed_tasks is 4, more than total_tasks, which is 2 "
                   "[safe: set completed_tasks to 1]"}));
  rows[0].completed = "1";
  rows[0].total = "0";  // the total is wrong, the other number is not
  EXPECT_EQ(count_findings(rows), (Lines{"SDD301 spec-root `0` total_tasks is 0, the children add "
                                         "up to 2 [safe: set total_tasks to 2]"}));
  rows = half_done();
  rows[0].children.push_back("ghost");
  rows[0].completed = "9";
  rows[0].total = "8";
  EXPECT_EQ(count_findings(rows), (Lines{"SDD303 spec-root `9` completed_tasks is 9, more than "
                                         "total_tasks, which is 8"}));
}

TEST(CountRules, what_is_no_number_is_one_finding) {
  const auto total = [](const std::string& value) {
    Rows rows = half_done();
    rows[0].total = value;
    return count_findings(rows);
  };
  const std::string fix = " [safe: set total_tasks to 2]";
  EXPECT_EQ(total("\"2\""),
            (Lines{"SDD304 spec-root `\"2\"` total_tasks is \"2\", not a number" + fix}));
  EXPECT_EQ(total("null"),
            (Lines{"SDD304 spec-root `null` total_tasks is null, not a number" + fix}));
  EXPECT_EQ(total("[2]"),
            (Lines{"SDD304 spec-root `[2]` total_tasks is an array, not a number" + fix}));
  EXPECT_EQ(total("-2"),
            (Lines{"SDD304 spec-root `-2` total_tasks is -2, a count is never negative" + fix}));
  EXPECT_EQ(total("2.5"),
            (Lines{"SDD304 spec-root `2.5` total_tasks is 2.5, not a whole number" + fix}));
  EXPECT_EQ(total("18446744073709551615"),
            (Lines{"SDD304 spec-root `18446744073709551615` total_tasks is 18446744073709551615, "
                   "too large for a count" +
                   fix}));
  EXPECT_EQ(total("2.0"), Lines{});  // a whole number by draft-07
  EXPECT_EQ(total(""), Lines{});     // SDD208
}

TEST(CountRules, a_closed_parent_names_what_is_open) {
  Rows rows = {{.id = "spec-root", .type = "spec", .status = "completed", .total = "0"}};
  for (const char* id : {"a", "b", "c", "d", "e"}) {
    rows[0].children.push_back(id);
    rows[0].total = std::to_string(rows.size());
    rows.push_back(
        {.id = id, .status = rows.size() == 1 ? "blocked" : "pending", .parent = "spec-root"});
    if (rows.size() == 2) {
      EXPECT_EQ(count_findings(rows),
                (Lines{"SDD305 spec-root `\"completed\"` status is completed, but 'a' is blocked "
                       "[plan: complete what is open, or set status to in_progress]"}));
    }
  }
  const Found found(spec_json(rows), "SDD305");
  ASSERT_EQ(found.findings().size(), 1U);
  EXPECT_EQ(found.findings()[0].message,
            "status is completed, but 5 children are not: 'a', 'b', 'c' and 2 more");
  ASSERT_EQ(found.findings()[0].related.size(), 3U);
  EXPECT_EQ(found.at(found.findings()[0].related[0].span), "\"blocked\"");
  EXPECT_EQ(found.findings()[0].related[1].message, "'b' is pending");
}

TEST(CountRules, a_lagging_parent_tells_the_status_that_follows) {
  Rows rows = half_done();
  rows[0].status = "pending";
  EXPECT_EQ(count_findings(rows),
            (Lines{"SDD306 spec-root `\"pending\"` status is pending, but 'task-1-1' is completed "
                   "[safe: set status to in_progress]"}));
  rows[0].status = "in_progress";
  rows[0].completed = "2";
  rows[2].status = "completed";
  rows[2].completed = "1";
  EXPECT_EQ(count_findings(rows),
            (Lines{"SDD306 spec-root `\"in_progress\"` status is in_progress, but all 2 children "
                   "are completed [safe: set status to completed]"}));
  rows[2].status = "done";
  rows[0].status = "pending";
  EXPECT_EQ(count_findings(rows), (Lines{"SDD306 spec-root `\"pending\"` status is pending, but "
                                         "'task-1-1' is completed"}));
}

TEST(CountRules, folders_and_completion_contradict_each_other) {
  Rows rows = half_done();
  const std::string closed = "specs/completed/demo-2026-01-02-001.json";
  EXPECT_EQ(Found(spec_json(rows), "SDD3", closed).lines(),
            (Lines{"SDD307 spec-root `\"in_progress\"` the spec lies in completed/, but spec-root "
                   "is in_progress (1 of 2 tasks completed) (complete what is open, or move the "
                   "spec back: sdd move-spec demo-2026-01-02-001 active)"}));
  rows[2].status = "completed";
  rows[2].completed = "1";
  rows[0].completed = "2";
  // Only the root's status lags: nothing is open in completed/, and active/ has a fault to mend
  // before the spec can be closed.
  for (const std::string& path : {closed, std::string("specs/active/demo-2026-01-02-001.json")}) {
    const Found found(spec_json(rows), "SDD3", path);
    ASSERT_EQ(found.findings().size(), 1U);
    EXPECT_STREQ(found.findings()[0].rule->code, "SDD306");
  }
  rows[0].status = "completed";
  EXPECT_EQ(Found(spec_json(rows), "SDD3", closed).lines(), Lines{});
  EXPECT_EQ(Found(spec_json(rows), "SDD3", "specs/archived/x.json").lines(), Lines{});
  EXPECT_EQ(
      Found(spec_json(rows), "SDD3", "specs/pending/x.json").lines(),
      (Lines{"SDD308 spec-root `\"completed\"` spec-root is completed (2 of 2 tasks), but the "
             "spec still lies in pending/ [plan: close it: sdd complete-spec x]"}));
}

TEST(CountRules, progress_follows_from_the_counts_as_they_are_or_should_be) {
  const auto progress = [](const Rows& rows, const std::string& value) {
    return Found(spec_json(rows, "\"metadata\": {\"progress_percentage\": " + value + "},"),
                 "SDD309")
        .lines();
  };
  Rows rows = half_done();
  EXPECT_EQ(progress(rows, "50"), Lines{});
  EXPECT_EQ(progress(rows, "50.0"), Lines{});
  EXPECT_EQ(progress(rows, "null"), Lines{});
  EXPECT_EQ(progress(rows, "49"),
            (Lines{"SDD309  `49` progress_percentage is 49, 1 of 2 tasks make "
                   "50 [safe: set progress_percentage to 50]"}));
  EXPECT_EQ(progress(rows, "\"50\""),
            (Lines{"SDD309  `\"50\"` progress_percentage is a string, 1 of 2 tasks make 50 "
                   "[safe: set progress_percentage to 50]"}));
  rows[0].completed = "0";  // SDD302
  EXPECT_EQ(progress(rows, "50"), Lines{});
  EXPECT_EQ(progress(rows, "0"), Lines{});
  EXPECT_EQ(progress(rows, "3").size(), 1U);
  const Rows empty = {{.id = "spec-root", .type = "spec", .status = "completed", .total = "0"}};
  EXPECT_EQ(progress(empty, "0"), Lines{});
  EXPECT_EQ(progress(empty, "100"), Lines{});
  EXPECT_EQ(progress(empty, "50").size(), 1U);
  EXPECT_EQ(
      Found(spec_json(half_done(), "\"progress_percentage\": 7, "), "SDD309").findings().size(),
      1U);
}

TEST(CountRules, count_fixes_are_plans_where_data_may_be_lost) {
  Rows rows = half_done();
  rows[0].children.push_back("ghost");  // SDD204
  rows[2].total = "0";
  EXPECT_EQ(count_findings(rows), (Lines{"SDD301 task-1-2 `0` total_tasks is 0, a node without "
                                         "children counts as 1 [plan: set total_tasks to 1]"}));
}

TEST(CountRules, an_empty_phase_is_told_once_whatever_it_counts) {
  Rows rows = half_done();
  rows[0].children.push_back("phase-2");
  rows.push_back({.id = "phase-2", .type = "phase", .parent = "spec-root", .total = "0"});
  const std::string line =
      "SDD310 phase-2 `[]` the phase has no children (write down its tasks, or "
      "take it out of the plan)";
  EXPECT_EQ(count_findings(rows), (Lines{line}));
  rows[3].total = "1";
  rows[0].total = "3";
  EXPECT_EQ(count_findings(rows), (Lines{line}));
  rows[3].total = "2";
  rows[0].total = "4";
  EXPECT_EQ(count_findings(rows), (Lines{line,
                                         "SDD301 phase-2 `2` total_tasks is 2, but it has no "
                                         "children [safe: set total_tasks to 0]"}));
}

TEST(CountRules, a_phase_that_lost_its_only_child_is_not_empty) {
  Rows rows = half_done();
  rows.push_back({.id = "phase-2", .type = "phase", .parent = "spec-root"});
  rows.push_back({.id = "task-2-1", .parent = "phase-2"});
  rows[0].children.push_back("phase-2");
  rows[0].total = "3";
  EXPECT_EQ(count_findings(rows), Lines{});  // SDD206 at task-2-1
}

// Every count of every real spec that has no fault, one at a time set to another number: one
// finding, at that number.
TEST(CountRules, one_wrong_number_in_a_real_spec_is_one_finding) {
  const auto corpus = test::shared("corpus/airis/meta/sdd/specs/completed");
  if (!corpus) return;
  std::size_t numbers = 0;
  for (const auto& entry : std::filesystem::directory_iterator(*corpus)) {
    const test::SpecDocument doc(test::read_bytes(entry.path()));
    if (!doc.ok || !Found(doc.bytes, "SDD3", entry.path()).findings().empty()) continue;
    for (std::size_t i = 0; i < doc.spec.nodes().size(); i += 7) {
      const spec::Node& node = doc.spec.nodes()[i];
      for (const json::Value count : {node.total_value, node.completed_value}) {
        std::string bytes = doc.bytes;
        bytes.replace(count.span().begin, count.span().size(), "987");
        const Found found(bytes, "SDD3", entry.path());
        ASSERT_EQ(found.findings().size(), 1U) << entry.path() << " " << node.id;
        EXPECT_EQ(found.at(found.findings()[0].span), "987");
        ++numbers;
      }
    }
  }
  EXPECT_GT(numbers, 100U);
}

}  // namespace
}  // namespace sdd::rules
