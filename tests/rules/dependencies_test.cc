// The rules about dependencies and node metadata in odd cases: how many findings, where, in which
// words.
#include <gtest/gtest.h>

#include <string>

#include "rules/found.h"
#include "spec_document.h"
#include "support.h"

namespace sdd::rules {
namespace {

using test::Found;
using test::Lines;
using test::NodeRow;
using test::Rows;
using test::spec_json;

// A tree of these tasks, each with a file_path, and a root that follows from them.
std::string plan_of(Rows tasks) {
  Rows rows = {{.id = "spec-root", .type = "spec", .status = "in_progress"}};
  for (NodeRow& task : tasks) {
    task.parent = "spec-root";
    if (task.metadata == "{}") task.metadata = R"({"file_path": "a.cc"})";
    rows[0].children.push_back(task.id);
    rows.push_back(task);
  }
  return spec_json(rows);
}

Lines plan_findings(const Rows& tasks) { return Found(plan_of(tasks), "SDD5").lines(); }

TEST(DependencyRules, an_unknown_id_asks_for_the_nearest) {
  EXPECT_EQ(
      plan_findings({{.id = "task-1-1", .dependencies = R"({"depends": ["task-1-22"]})"},
                     {.id = "task-1-2", .dependencies = R"({"blocked_by": ["nobody"]})"}}),
      (Lines{"SDD501 task-1-1 `\"task-1-22\"` depends names 'task-1-22', but no node has this "
             "id (did you mean 'task-1-2'?)",
             "SDD501 task-1-2 `\"nobody\"` blocked_by names 'nobody', but no node has this "
             "id"}));
}

TEST(DependencyRules, a_misspelled_end_is_not_told_as_a_missing_one) {
  EXPECT_EQ(plan_findings({{.id = "task-1-1", .dependencies = R"({"blocks": ["task-1-2"]})"},
                           {.id = "task-1-2", .dependencies = R"({"blocked_by": ["task-1-l"]})"}})
                .size(),
            1U);
  EXPECT_EQ(plan_findings({{.id = "task-1-1", .dependencies = R"({"blocks": ["task-1-2"]})"},
                           {.id = "task-1-2", .dependencies = R"({"blocked_by": "task-1-1"})"}}),
            (Lines{"SDD505 task-1-2 `\"task-1-1\"` blocked_by is a string, not a list of ids "
                   "(write {\"blocks\": […], \"blocked_by\": […], \"depends\": […]}, each with ids "
                   "of nodes)"}));
}

TEST(DependencyRules, a_circle_is_told_once_with_its_way) {
  const Rows circle = {{.id = "a", .dependencies = R"({"blocked_by": ["c"], "blocks": ["b"]})"},
                       {.id = "b", .dependencies = R"({"blocked_by": ["a"], "blocks": ["c"]})"},
                       {.id = "c", .dependencies = R"({"blocked_by": ["b"], "blocks": ["a"]})"}};
  const Found found(plan_of(circle), "SDD5");
  EXPECT_EQ(found.lines(), (Lines{"SDD502 a `\"c\"` nodes wait for one another in a circle: "
                                  "a → c → b → a (take one of these dependencies out)"}));
  ASSERT_EQ(found.findings()[0].related.size(), 2U);
  EXPECT_EQ(found.findings()[0].related[0].message, "'c' waits for 'b'");
  EXPECT_EQ(found.at(found.findings()[0].related[0].span), "\"b\"");
}

TEST(DependencyRules, what_closes_a_circle_from_one_side_is_told_by_the_circle) {
  EXPECT_EQ(
      plan_findings({{.id = "a", .dependencies = R"({"blocks": ["b"]})"},
                     {.id = "b", .dependencies = R"({"blocked_by": ["a"], "blocks": ["a"]})"}}),
      (Lines{"SDD502 b `\"a\"` nodes wait for one another in a circle: a → b → a "
             "(take one of these dependencies out)"}));
  EXPECT_EQ(plan_findings({{.id = "a", .dependencies = R"({"blocks": ["a"]})"}}),
            (Lines{"SDD502 a `\"a\"` 'a' waits for itself (take one of these dependencies out)"}));
}

TEST(DependencyRules, a_long_way_is_cut_in_the_middle) {
  Rows tasks;
  for (int i = 0; i < 100; ++i) {
    tasks.push_back(
        {.id = "n" + std::to_string(i),
         .dependencies = "{\"depends\": [\"n" + std::to_string((i + 1) % 100) + "\"]}"});
  }
  const Found found(plan_of(tasks), "SDD502");
  ASSERT_EQ(found.findings().size(), 1U);
  const std::string& message = found.findings()[0].message;
  EXPECT_NE(message.find("n19 → (76 more) → n96 → n97 → n98 → n99 → n0"), std::string::npos)
      << message;
  EXPECT_EQ(found.findings()[0].related.size(), 5U);
}

TEST(DependencyRules, a_missing_end_is_told_at_the_other) {
  const Rows tasks = {{.id = "a", .dependencies = R"({"blocks": ["b", "b"], "depends": ["d"]})"},
                      {.id = "b"},
                      {.id = "d"},
                      {.id = "c", .dependencies = R"({"blocked_by": ["b"]})"}};
  EXPECT_EQ(
      plan_findings(tasks),
      (Lines{"SDD503 a `\"b\"` 'a' blocks 'b', but that is not in the blocked_by of 'b' "
             "[unsafe: add 'a' to blocked_by of 'b'] (write it down at both ends, or at none)",
             "SDD503 c `\"b\"` 'c' is blocked by 'b', but that is not in the blocks of 'b' "
             "[unsafe: add 'c' to blocks of 'b'] (write it down at both ends, or at none)"}));
}

TEST(DependencyRules, work_before_its_blockers_is_one_finding_a_node) {
  Rows tasks = {
      {.id = "a", .dependencies = R"({"blocks": ["d"]})"},
      {.id = "b", .status = "blocked", .dependencies = R"({"blocks": ["d"]})"},
      {.id = "c", .status = "completed", .completed = "1", .dependencies = R"({"blocks": ["d"]})"},
      {.id = "d",
       .status = "in_progress",
       .dependencies = R"({"blocked_by": ["a", "b", "c"], "depends": ["b"]})"}};
  const Found found(plan_of(tasks), "SDD5");
  EXPECT_EQ(found.lines(), (Lines{"SDD504 d `\"a\"` 'd' is in_progress, but 2 of its blockers are "
                                  "not completed: 'a' and 'b'"}));
  ASSERT_EQ(found.findings()[0].related.size(), 3U);
  EXPECT_EQ(found.findings()[0].related[2].message, "'b' is blocked");
  tasks[0].status = "done";  // SDD210
  tasks[1].status = "completed";
  EXPECT_EQ(plan_findings(tasks), Lines{});
  tasks[0].status = "pending";
  EXPECT_EQ(plan_findings(tasks),
            (Lines{"SDD504 d `\"a\"` 'd' is in_progress, but 'a', which blocks it, is pending"}));
  tasks[3].status = "blocked";
  EXPECT_EQ(plan_findings(tasks), Lines{});
}

TEST(DependencyRules, a_blocker_that_only_lags_behind_its_children_is_no_open_one) {
  Rows rows = {
      {.id = "spec-root",
       .type = "spec",
       .status = "in_progress",
       .children = {"phase-1", "phase-2"}},
      {.id = "phase-1",
       .type = "phase",
       .status = "in_progress",
       .parent = "spec-root",
       .children = {"a"},
       .dependencies = R"({"blocks": ["phase-2"]})"},
      {.id = "a", .status = "completed", .parent = "phase-1", .metadata = R"({"file_path": "a"})"},
      {.id = "phase-2",
       .type = "phase",
       .status = "in_progress",
       .parent = "spec-root",
       .children = {"b"},
       .dependencies = R"({"blocked_by": ["phase-1"]})"},
      {.id = "b",
       .status = "in_progress",
       .parent = "phase-2",
       .metadata = R"({"file_path": "b"})"}};
  EXPECT_EQ(Found(spec_json(rows), "SDD5").lines(), Lines{});
  rows[2].status = "pending";
  EXPECT_EQ(Found(spec_json(rows), "SDD5").findings().size(), 1U);
}

TEST(DependencyRules, each_malformed_value_is_one_finding_and_yields_no_other) {
  const std::string help =
      " (write {\"blocks\": […], \"blocked_by\": […], \"depends\": […]}, each with ids of nodes)";
  EXPECT_EQ(plan_findings({{.id = "a", .dependencies = R"({"blocks": {}, "depends": [["b"], 7]})"},
                           {.id = "b", .dependencies = "null"}}),
            (Lines{"SDD505 a `{}` blocks is an object, not a list of ids" + help,
                   "SDD505 a `[\"b\"]` depends holds an array where an id must stand" + help,
                   "SDD505 a `7` depends holds a number where an id must stand" + help,
                   "SDD505 b `null` dependencies is null, not an object" + help}));
}

Lines check_findings(const std::string& metadata, const std::string& status = "pending") {
  return plan_findings({{.id = "v", .type = "verify", .status = status, .metadata = metadata}});
}

TEST(VerificationRules, ask_for_the_type_that_was_meant) {
  const std::string known = ", not one of auto, manual, fidelity or run-tests";
  EXPECT_EQ(check_findings(R"({"verification_type": "test"})"),
            (Lines{"SDD510 v `\"test\"` verification_type is 'test'" + known +
                   " (did you mean 'run-tests'?)"}));
  EXPECT_EQ(check_findings(R"({"verification_type": "Manuel"})"),
            (Lines{"SDD510 v `\"Manuel\"` verification_type is 'Manuel'" + known +
                   " (did you mean 'manual'?)"}));
  EXPECT_EQ(check_findings(R"({"verification_type": null})"),
            (Lines{"SDD510 v `null` verification_type is null" + known}));
  EXPECT_EQ(check_findings(R"({"command": "x"})"),
            (Lines{"SDD510 v `\"metadata\"` 'v' has no verification_type "
                   "(add one of auto, manual, fidelity or run-tests)"}));
  EXPECT_EQ(check_findings("7"), Lines{});
  EXPECT_EQ(check_findings(R"({"verification_type": "run-tests"})"), Lines{});
}

TEST(VerificationRules, each_member_that_is_missing_is_one_finding) {
  EXPECT_EQ(check_findings(R"({"verification_type": "manual"})"),
            (Lines{"SDD511 v `\"metadata\"` the manual check 'v' has no command",
                   "SDD511 v `\"metadata\"` the manual check 'v' has no expected"}));
  EXPECT_EQ(check_findings(R"({"verification_type": "auto", "command": null, "expected": ""})"),
            (Lines{"SDD511 v `null` the auto check 'v' has no command"}));
  EXPECT_EQ(check_findings(R"({"verification_type": "fidelity", "target": "phase-1"})"),
            (Lines{"SDD511 v `\"metadata\"` the fidelity check 'v' has no agent",
                   "SDD511 v `\"metadata\"` the fidelity check 'v' has no scope"}));
}

TEST(VerificationRules, a_closed_check_must_have_passed) {
  const auto result = [](const std::string& value, const std::string& status = "completed") {
    return check_findings(
        R"({"verification_type": "run-tests", "verification_result": )" + value + "}", status);
  };
  const std::string rest = " (run the check again and record the result, or reopen it)";
  EXPECT_EQ(result(R"({"status": "FAILED"})"),
            (Lines{"SDD515 v `\"FAILED\"` 'v' is completed, but its result is 'FAILED'" + rest}));
  EXPECT_EQ(result("\"PARTIAL\""),
            (Lines{"SDD515 v `\"PARTIAL\"` 'v' is completed, but its result is 'PARTIAL'" + rest}));
  EXPECT_EQ(result(R"({"status": "PASSED"})"), Lines{});
  EXPECT_EQ(result("\"passed\""), Lines{});
  EXPECT_EQ(result(R"({"date": "2026-01-02"})"), Lines{});
  EXPECT_EQ(result(R"({"status": "FAILED"})", "in_progress"), Lines{});
}

Lines task_findings(const std::string& metadata, const std::string& type = "task") {
  return plan_findings({{.id = "t", .type = type, .metadata = metadata}});
}

TEST(CategoryRules, an_unknown_category_asks_for_the_nearest) {
  const std::string known =
      ", not one of investigation, implementation, refactoring, decision and research";
  EXPECT_EQ(task_findings(R"({"task_category": "Refactor"})"),
            (Lines{"SDD512 t `\"Refactor\"` task_category is 'Refactor'" + known +
                   " (did you mean 'refactoring'?)"}));
  EXPECT_EQ(task_findings(R"({"task_category": ""})"),
            (Lines{"SDD512 t `\"\"` task_category is empty" + known}));
  EXPECT_EQ(task_findings(R"({"task_category": []})", "subtask"),
            (Lines{"SDD512 t `[]` task_category is an array" + known}));
}

TEST(CategoryRules, tasks_that_change_code_name_a_file) {
  const std::string help =
      " (name the file that it changes, or set task_category to investigation, decision or "
      "research)";
  EXPECT_EQ(task_findings(R"({"a": 1})"), (Lines{"SDD513 t `\"metadata\"` 't' is a task without a "
                                                 "category, but has no file_path" +
                                                 help}));
  EXPECT_EQ(task_findings(R"({"task_category": "refactoring", "file_path": ""})"),
            (Lines{"SDD513 t `\"\"` 't' is a task of category refactoring, but its file_path is "
                   "empty" +
                   help}));
  EXPECT_EQ(task_findings(R"({"file_path": "N/A"})"), Lines{});
  EXPECT_EQ(task_findings(R"({"a": 1})", "subtask"), Lines{});
  EXPECT_EQ(task_findings(R"({"task_category": "research"})"), Lines{});
}

TEST(CategoryRules, tasks_that_change_no_code_name_none) {
  EXPECT_EQ(task_findings(R"({"task_category": "decision", "file_path": "a.cc"})"),
            (Lines{"SDD514 t `\"a.cc\"` 't' is a task of category decision, which changes no file, "
                   "but it names one (take file_path out, or change task_category)"}));
  EXPECT_EQ(task_findings(R"({"task_category": "decision", "file_path": ""})"), Lines{});
  EXPECT_EQ(task_findings(R"({"task_category": "decision", "file_path": "a"})", "subtask"),
            Lines{});
}

}  // namespace
}  // namespace sdd::rules
