#include "repair/fix.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "repair/fix_trial.h"
#include "repair/fixing.h"
#include "rules/table.h"
#include "spec/change.h"
#include "spec_document.h"
#include "text/edit_chain.h"

namespace sdd::repair {
namespace {

using test::lines_of;
using test::SpecFixer;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kFile = R"({"file_path": "a.py"})";
const std::string kDone =
    R"({"file_path": "a.py", "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": true})";

// A root with one phase; `phase` and `tasks` as they are to stand.
std::string one_phase(test::NodeRow phase, const test::Rows& tasks, const std::string& root_counts,
                      const std::string& root_status, const std::string& more = {}) {
  const std::size_t slash = root_counts.find('/');
  phase.id = "phase-1";
  phase.type = "phase";
  phase.parent = "spec-root";
  test::Rows rows = {{.id = "spec-root",
                      .type = "spec",
                      .status = root_status,
                      .children = {"phase-1"},
                      .total = root_counts.substr(slash + 1),
                      .completed = root_counts.substr(0, slash)},
                     phase};
  rows.insert(rows.end(), tasks.begin(), tasks.end());
  return test::spec_json(rows, more);
}

test::NodeRow task(const std::string& id, const std::string& status = "pending") {
  const bool done = status == "completed";
  return {.id = id,
          .status = status,
          .parent = "phase-1",
          .completed = done ? "1" : "0",
          .metadata = done ? kDone : kFile};
}

TEST(Fix, a_clean_spec_keeps_its_bytes) {
  SpecFixer fixer;
  const std::string clean = one_phase({.children = {"a"}}, {task("a")}, "0/1", "pending");
  const Fixed fixed = fixer.fix(clean);
  EXPECT_EQ(fixed.bytes, clean);
  EXPECT_THAT(fixed.actions, IsEmpty());
  EXPECT_THAT(fixed.changes, IsEmpty());
}

TEST(Fix, a_count_takes_with_it_what_was_added_up_from_it) {
  SpecFixer fixer;
  test::NodeRow wrong = task("a");
  wrong.total = "3";
  const Fixed fixed =
      fixer.fix(one_phase({.children = {"a", "b"}, .total = "4"}, {wrong, task("b")}, "0/4",
                          "pending", R"("metadata": {"progress_percentage": 0},)"));
  ASSERT_THAT(lines_of(fixed.actions), ElementsAre("SDD301 a: set total_tasks to 1"));
  std::vector<std::string> lines;
  for (const spec::Change& change : fixed.actions[0].changes) {
    lines.push_back(spec::to_line(change));
    EXPECT_TRUE(change.derived);
  }
  EXPECT_THAT(lines, ElementsAre("a: total_tasks 3 → 1", "phase-1: total_tasks 4 → 2",
                                 "spec-root: total_tasks 4 → 2"));
  EXPECT_THAT(fixed.remaining, IsEmpty());
}

TEST(Fix, a_phase_that_closes_gets_the_time_of_its_last_task_and_asks_for_its_entry) {
  SpecFixer fixer;
  test::NodeRow late = task("b", "completed");
  late.metadata =
      R"({"file_path": "b.py", "completed_at": "2026-01-04T10:00:00Z", "needs_journaling": true})";
  const Fixed fixed = fixer.fix(
      one_phase({.status = "in_progress", .children = {"a", "b"}, .total = "2", .completed = "2"},
                {task("a", "completed"), late}, "2/2", "in_progress",
                R"("metadata": {"status": "in_progress"}, "journal": [],)"));
  ASSERT_THAT(lines_of(fixed.actions), ElementsAre("SDD306 phase-1: set status to completed"));
  std::vector<std::string> lines;
  for (const spec::Change& change : fixed.actions[0].changes) lines.push_back(to_line(change));
  EXPECT_THAT(lines, ElementsAre("phase-1: status in_progress → completed",
                                 "phase-1: metadata.needs_journaling + true",
                                 "phase-1: metadata.completed_at + 2026-01-04T10:00:00Z",
                                 "spec-root: status in_progress → completed",
                                 "metadata.status in_progress → completed"));
}

TEST(Fix, a_completed_parent_over_open_work_is_left_to_people) {
  SpecFixer fixer;
  test::NodeRow wrong = task("a");
  wrong.total = "2";
  const Fixed fixed =
      fixer.fix(one_phase({.status = "completed", .children = {"a"}}, {wrong}, "0/1", "completed"));
  EXPECT_THAT(lines_of(fixed.actions), ElementsAre("SDD301 a: set total_tasks to 1"));
  EXPECT_THAT(test::codes_of(fixed.remaining), testing::Contains("SDD305"));
}

TEST(Fix, counts_stay_while_the_file_shows_a_loss) {
  SpecFixer fixer;
  test::NodeRow lost = task("a", "completed");
  lost.metadata =
      R"({"file_path": "a.py", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"})";
  const std::string bytes =
      one_phase({.status = "in_progress", .children = {"a", "b"}, .total = "2"}, {lost, task("b")},
                "0/2", "in_progress", R"("journal": [],)");
  const Fixed fixed = fixer.fix(bytes);
  EXPECT_EQ(fixed.bytes, bytes);
  EXPECT_THAT(test::codes_of(fixed.remaining), testing::Contains("SDD302"));
}

// The list of children can be mended; but then the counts above are wrong, and these are a trace.
TEST(Fix, what_would_change_counts_is_left_out_while_the_file_shows_a_loss) {
  SpecFixer fixer;
  test::NodeRow lost = task("a", "completed");
  lost.metadata =
      R"({"file_path": "a.py", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"})";
  const std::string bytes = one_phase(
      {.status = "in_progress", .children = {"a", "b", "b"}, .total = "3", .completed = "1"},
      {lost, task("b")}, "1/3", "in_progress", R"("journal": [],)");
  const Fixed fixed = fixer.fix(bytes);
  EXPECT_EQ(fixed.bytes, bytes);
  ASSERT_EQ(fixed.skipped.size(), 1U);
  EXPECT_EQ(std::string(fixed.skipped[0].rule->code), "SDD213");
  EXPECT_THAT(fixed.skipped[0].why, HasSubstr("data may be lost"));
  EXPECT_FALSE(fixed.skipped[0].ours);
}

TEST(Fix, a_count_below_something_unknown_waits) {
  SpecFixer fixer;
  test::NodeRow wrong = task("a");
  wrong.completed = "5";
  test::NodeRow odd = task("b");
  odd.status = "half-way";
  const std::string bytes = one_phase({.children = {"a", "b"}, .total = "2", .completed = "5"},
                                      {wrong, odd}, "5/2", "pending");
  const Fixed fixed = fixer.fix(bytes);
  for (const SkippedFix& skipped : fixed.skipped) EXPECT_FALSE(skipped.ours) << skipped.why;
  EXPECT_EQ(fixer.fix(fixed.bytes).bytes, fixed.bytes);
}

TEST(Fix, unsafe_fixes_need_to_be_asked_for_and_bring_what_follows) {
  SpecFixer fixer;
  test::NodeRow odd = task("b");
  odd.status = "wip";
  const std::string bytes =
      one_phase({.children = {"a", "b"}, .total = "2"}, {task("a"), odd}, "0/2", "pending");
  EXPECT_EQ(fixer.fix(bytes).bytes, bytes);
  const Fixed fixed = fixer.fix(bytes, {.unsafe = true});
  EXPECT_THAT(lines_of(fixed.actions), ElementsAre("SDD210 b: set status to 'in_progress'"));
  EXPECT_THAT(fixed.remaining, IsEmpty());
}

TEST(Fix, only_what_is_selected) {
  SpecFixer fixer;
  test::NodeRow wrong = task("a");
  wrong.total = "3";
  const std::string bytes = one_phase({.children = {"a"}}, {wrong}, "0/1", "pending",
                                      R"("metadata": {"progress_percentage": 7},)");
  const FixWish wish = {.selection = *rules::Selection::of({"SDD309"}, {})};
  EXPECT_THAT(lines_of(fixer.fix(bytes, wish).actions),
              ElementsAre("SDD309 : set progress_percentage to 0"));
  const FixWish none = {.wanted = [](const rules::Finding&) { return false; }};
  EXPECT_EQ(fixer.fix(bytes, none).bytes, bytes);
}

TEST(Fix, a_byte_order_mark_goes_and_what_stood_behind_it_is_fixed_in_the_same_run) {
  SpecFixer fixer;
  test::NodeRow wrong = task("a");
  wrong.total = "3";
  const std::string bytes = one_phase({.children = {"a"}}, {wrong}, "0/1", "pending");
  const Fixed fixed = fixer.fix("\xEF\xBB\xBF" + bytes);
  EXPECT_TRUE(fixed.mark_removed);
  EXPECT_THAT(lines_of(fixed.actions),
              ElementsAre("SDD008 : remove the byte order mark", "SDD301 a: set total_tasks to 1"));
  EXPECT_EQ(fixed.bytes, fixer.fix(bytes).bytes);
  EXPECT_EQ(fixed.actions[0].texts[0].before, "\xEF\xBB\xBF");
}

TEST(Fix, a_mark_in_front_of_other_damage_stays) {
  SpecFixer fixer;
  const std::string bytes = "\xEF\xBB\xBF{\"a\": 1} {\"b\": 2}";
  const Fixed fixed = fixer.fix(bytes);
  EXPECT_EQ(fixed.bytes, bytes);
  ASSERT_EQ(fixed.skipped.size(), 1U);
  EXPECT_THAT(fixed.skipped[0].why, HasSubstr("sdd repair"));
}

// A rule whose fix is wrong: every other fix is made nevertheless, and it is told.
TEST(Fix, a_fix_that_brings_a_finding_is_left_out_and_the_others_stay) {
  SpecFixer fixer;
  std::vector<test::NodeRow> tasks;
  test::NodeRow phase = {.total = "9"};
  for (int i = 0; i < 9; ++i) {
    tasks.push_back(task("t" + std::to_string(i)));
    tasks.back().total = "2";
    phase.children.push_back(tasks.back().id);
  }
  const CheckBytes check = [&](const SourceText& source) {
    std::vector<rules::Finding> findings = fixer.check(source);
    for (rules::Finding& finding : findings) {
      if (finding.node == "t4" && finding.fix) finding.fix->changes[0].after->text = "-1";
    }
    return findings;
  };
  const SourceText source("specs/active/demo-2026-01-02-001.json",
                          one_phase(phase, tasks, "0/9", "pending"));
  const Fixed fixed = fix(source, FileKind::kSpec, check, {});
  EXPECT_EQ(fixed.actions.size(), 8U);
  ASSERT_EQ(fixed.skipped.size(), 1U);
  EXPECT_EQ(fixed.skipped[0].node, "t4");
  EXPECT_TRUE(fixed.skipped[0].ours);
  EXPECT_THAT(fixed.skipped[0].why, HasSubstr("SDD304"));
}

TEST(Fix, two_fixes_of_one_place_wait_for_each_other) {
  rules::Finding a;
  a.rule = rules::find_rule("SDD607");
  a.span = {0, 1};
  a.fix = rules::Fix{rules::Safety::kSafe, "a"};
  const CheckBytes check = [&](const SourceText& source) {
    std::vector<rules::Finding> findings;
    const auto add = [&](std::string_view from, const char* to, const char* title) {
      const std::size_t at = source.bytes().find(from);
      if (at == std::string::npos) return;
      rules::Finding finding = a;
      finding.message = title;
      finding.span = {at, at + from.size()};
      finding.fix->edits = {{finding.span, to}};
      findings.push_back(finding);
    };
    add("xy", "XY", "one");
    add("xy", "XY", "the same again");
    add("yz", "q", "two");
    add("Yz", "Q", "three");
    return findings;
  };
  const SourceText source("a.md", "-xyz-");
  const Fixed fixed = fix(source, FileKind::kMarkdown, check, {});
  EXPECT_EQ(fixed.bytes, "-XQ-");
  EXPECT_EQ(fixed.actions.size(), 2U);
  EXPECT_EQ(apply_edits(source.bytes(), fixed.edits).value(), fixed.bytes);
}

TEST(EditChain, says_rounds_of_edits_as_one) {
  const std::string text = "one two three";
  EditChain chain(text);
  std::string now = text;
  const std::vector<std::vector<Edit>> rounds = {{{{0, 3}, "1"}, {{4, 4}, "and "}},
                                                 {{{0, 2}, ""}, {{4, 6}, "X"}},
                                                 {{{0, 0}, "<"}, {{11, 12}, ">"}}};
  for (const std::vector<Edit>& round : rounds) {
    now = apply_edits(now, round).value();
    chain.add(round);
    EXPECT_EQ(apply_edits(text, chain.edits()).value(), now);
  }
}

}  // namespace
}  // namespace sdd::repair
