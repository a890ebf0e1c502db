#include "spec/update.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "spec/updated.h"

namespace sdd::spec {
namespace {

using test::ReadSpec;
using test::Rows;
using test::SpecDocument;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TEST(Update, status_in_progress_starts_the_task_and_all_above_it) {
  EXPECT_THAT(update_lines(two_phases(), UpdateStatus{"task-1-1", Status::kInProgress, {}}),
              UnorderedElementsAre("task-1-1: status pending → in_progress",
                                   "task-1-1: metadata.started_at + 2026-02-11T17:51:29.533418Z",
                                   "phase-1: status pending → in_progress",
                                   "spec-root: status pending → in_progress", kStamp));
}

TEST(Update, status_completed_waits_for_its_journal_entry) {
  EXPECT_THAT(
      update_lines(two_phases(), UpdateStatus{"task-1-1", Status::kCompleted, "done so"}),
      UnorderedElementsAre(
          "task-1-1: status pending → completed",
          "task-1-1: metadata.completed_at + 2026-02-11T17:51:29.533418Z",
          "task-1-1: metadata.needs_journaling + true",
          "task-1-1: metadata.status_note + 'done so'", "task-1-1: completed_tasks 0 → 1",
          "phase-1: completed_tasks 0 → 1", "phase-1: status pending → in_progress",
          "spec-root: completed_tasks 0 → 1", "spec-root: status pending → in_progress", kStamp));
}

TEST(Update, reopening_takes_the_completion_back_here_and_above) {
  const std::string closed = after_update(one_task(), CompleteTask{.task = "task-1-1"});
  const ReadSpec read(closed);
  const Result<Update> reopened =
      update(read.spec, UpdateStatus{"task-1-1", Status::kPending, {}}, occasion());
  ASSERT_TRUE(reopened);
  const ReadSpec open(apply_changes(closed, reopened->changes).value());
  for (const char* id : {"task-1-1", "phase-1", "spec-root"}) {
    const Node& node = *open.spec.find(id);
    EXPECT_EQ(node.status, Status::kPending) << id;
    EXPECT_EQ(node.completed, 0) << id;
    for (const char* gone : {"completed_at", "needs_journaling", "journaled_at"}) {
      EXPECT_FALSE(node.metadata_value.find(gone)) << id << " " << gone;
    }
  }
  EXPECT_EQ(open.spec.journal().size(), 2U);  // what was written stays written
}

TEST(Update, complete_task_writes_everything_at_once) {
  const std::string before =
      one_task("in_progress", R"({"started_at": "2026-02-11T17:00:00Z"})",
               R"("metadata": {"progress_percentage": 0, "current_phase": "phase-1"},)");
  EXPECT_THAT(
      update_lines(before, CompleteTask{.task = "task-1-1", .note = "fine"}),
      ElementsAre(
          "task-1-1: status in_progress → completed", "task-1-1: metadata.status_note + fine",
          "task-1-1: metadata.completed_at + 2026-02-11T17:51:29.533418Z",
          "task-1-1: metadata.needs_journaling + false", "task-1-1: metadata.actual_hours + 0.858",
          "task-1-1: metadata.journaled_at + 2026-02-11T17:51:29.533418Z", "journal + []",
          "journal + 'Task Completed: T' (task-1-1)", "task-1-1: completed_tasks 0 → 1",
          "phase-1: completed_tasks 0 → 1", "phase-1: status in_progress → completed",
          "phase-1: metadata.needs_journaling + false",
          "phase-1: metadata.completed_at + 2026-02-11T17:51:29.533418Z",
          "journal + 'Phase Completed: T' (phase-1)",
          "phase-1: metadata.journaled_at + 2026-02-11T17:51:29.533418Z",
          "spec-root: completed_tasks 0 → 1", "spec-root: status in_progress → completed",
          "metadata.progress_percentage 0 → 100", kStamp));
  EXPECT_THAT(after_update(before, CompleteTask{.task = "task-1-1", .note = "fine"}),
              HasSubstr(R"("content": "Task task-1-1 marked as completed.\nNote: fine")"));
}

TEST(Update, complete_task_says_it_once) {
  const std::string once = after_update(one_task(), CompleteTask{.task = "task-1-1"});
  EXPECT_THAT(update_lines(once, CompleteTask{.task = "task-1-1", .note = "again"}), IsEmpty());
  EXPECT_THAT(update_lines(once, CompleteTask{.task = "phase-1"}), IsEmpty());
}

TEST(Update, complete_task_refuses_what_is_blocked_has_open_children_or_is_not_there) {
  EXPECT_THAT(update_lines(one_task("blocked"), CompleteTask{.task = "task-1-1"}),
              ElementsAre("refused: 'task-1-1' is blocked: unblock it first"));
  EXPECT_THAT(
      update_lines(two_phases(), CompleteTask{.task = "spec-root"}),
      ElementsAre("refused: the status of 'spec-root' follows from its children; open below "
                  "it: 'task-1-1', 'task-1-2' and 'verify-2-1'"));
  EXPECT_THAT(update_lines(two_phases(), UpdateStatus{"phase-1", Status::kPending, {}}),
              ElementsAre("refused: the status of 'phase-1' follows from its children; open below "
                          "it: 'task-1-1' and 'task-1-2'"));
  EXPECT_THAT(update_lines(two_phases(), CompleteTask{.task = "task-1-3"}),
              ElementsAre(HasSubstr("not-found: there is no node 'task-1-3'; task-1-1 or")));
}

TEST(Update, complete_task_brings_a_forgotten_parent_up_to_date) {
  const std::string lagging = test::spec_json(
      {{.id = "spec-root",
        .type = "spec",
        .status = "in_progress",
        .children = {"phase-1"},
        .completed = "1"},
       {.id = "phase-1",
        .type = "phase",
        .status = "in_progress",
        .parent = "spec-root",
        .children = {"task-1-1"},
        .completed = "1"},
       {.id = "task-1-1", .status = "completed", .parent = "phase-1", .completed = "1"}});
  EXPECT_THAT(update_lines(lagging, CompleteTask{.task = "phase-1"}),
              testing::IsSupersetOf({"phase-1: status in_progress → completed",
                                     "journal + 'Phase Completed: T' (phase-1)",
                                     "spec-root: status in_progress → completed"}));
}

TEST(Update, complete_task_may_raise_the_version) {
  const std::string before = one_task("pending", "{}", R"("metadata": {"version": "1.9"},)");
  EXPECT_THAT(
      update_lines(before, CompleteTask{.task = "task-1-1", .bump = "minor"}),
      testing::IsSupersetOf({"metadata.version 1.9 → 1.10", "metadata.revisions + '1.10'"}));
  EXPECT_THAT(update_lines(before, CompleteTask{.task = "task-1-1", .bump = "major"}),
              testing::Contains("metadata.version 1.9 → 2.0"));
  EXPECT_THAT(update_lines(before, CompleteTask{.task = "task-1-1", .bump = "tiny"}),
              ElementsAre("usage: 'tiny' is neither major nor minor"));
}

TEST(Update, blocking_and_unblocking_keep_the_history) {
  const std::string blocked =
      after_update(two_phases(), MarkBlocked{"task-1-1", "no key", "resource", "T-1"});
  const ReadSpec read(blocked);
  const json::Value metadata = read.spec.find("task-1-1")->metadata_value;
  EXPECT_EQ(metadata.raw(),
            R"({"blocked_at": "2026-02-11T17:51:29.533418Z", "blocker_type": "resource", )"
            R"("blocker_description": "no key", "blocked_by_external": true, )"
            R"("blocker_ticket": "T-1"})");
  EXPECT_THAT(update_lines(blocked, MarkBlocked{"task-1-1", "no key", "resource", "T-1"}),
              IsEmpty());
  EXPECT_THAT(update_lines(blocked, MarkBlocked{"task-1-1", "other", "resource", "T-1"}),
              ElementsAre(HasSubstr("refused: 'task-1-1' is blocked already, by 'no key'")));
  const ReadSpec open(after_update(blocked, UnblockTask{"task-1-1", "got it"}));
  EXPECT_EQ(open.spec.find("task-1-1")->metadata_value.raw(),
            R"({"resolved_blockers": [{"blocked_at": "2026-02-11T17:51:29.533418Z", )"
            R"("blocker_type": "resource", "description": "no key", "ticket": "T-1", )"
            R"("resolved_at": "2026-02-11T17:51:29.533419Z", "resolution": "got it"}]})");
  EXPECT_EQ(open.spec.find("task-1-1")->status, Status::kPending);
  EXPECT_THAT(update_lines(open.bytes, UnblockTask{"task-1-1", {}}),
              ElementsAre("refused: 'task-1-1' is not blocked"));
  EXPECT_THAT(update_lines(one_task("completed"), MarkBlocked{"task-1-1", "x"}),
              ElementsAre("refused: 'task-1-1' is completed: reopen it first"));
  EXPECT_THAT(update_lines(two_phases(), MarkBlocked{"task-1-1", "x", "resorce", {}}),
              ElementsAre("usage: 'resorce' is no type of blocker; resource?"));
}

TEST(Update, a_parent_can_be_blocked_and_takes_its_children_s_status_back) {
  const std::string blocked = after_update(two_phases("completed"), MarkBlocked{"phase-1", "x"});
  EXPECT_EQ(ReadSpec(blocked).spec.find("phase-1")->status, Status::kBlocked);
  const ReadSpec open(after_update(blocked, UnblockTask{"phase-1", {}}));
  EXPECT_EQ(open.spec.find("phase-1")->status, Status::kInProgress);
}

TEST(Update, leaving_blocked_by_update_status_keeps_the_history_too) {
  const std::string blocked = after_update(two_phases(), MarkBlocked{"task-1-1", "no key"});
  EXPECT_THAT(update_lines(blocked, UpdateStatus{"task-1-1", Status::kCompleted, {}}),
              ElementsAre("refused: 'task-1-1' is blocked: unblock it first"));
  const ReadSpec open(
      after_update(blocked, UpdateStatus{"task-1-1", Status::kInProgress, "got it"}));
  const json::Value metadata = open.spec.find("task-1-1")->metadata_value;
  EXPECT_FALSE(metadata.find("blocked_at"));
  EXPECT_EQ(metadata.find("resolved_blockers").size(), 1U);
}

TEST(Update, add_journal_marks_its_task) {
  const std::string done = two_phases("completed", R"({"needs_journaling": true})");
  EXPECT_THAT(update_lines(done, AddJournal{"T1", "text", "task-1-1"}),
              ElementsAre("task-1-1: metadata.needs_journaling true → false",
                          "task-1-1: metadata.journaled_at + 2026-02-11T17:51:29.533418Z",
                          "journal + []", "journal + 'T1' (task-1-1)", kStamp));
  EXPECT_THAT(update_lines(done, AddJournal{"T1", "text", {}}),
              ElementsAre("journal + []", "journal + 'T1'", kStamp));
  EXPECT_THAT(update_lines(done, AddJournal{"T1", "text", "task-9"}),
              ElementsAre(HasSubstr("not-found: there is no node 'task-9'")));
  EXPECT_THAT(update_lines(done, AddJournal{"T1", "text", "task-9", "note", true}),
              testing::Contains("journal + 'T1' (task-9)"));
}

TEST(Update, entries_at_one_instant_are_two) {
  const Occasion exact{.now = *parse_rfc3339(kNow), .exact = true, .author = "Ann"};
  std::string bytes = two_phases();
  for (int i = 0; i < 3; ++i) bytes = after_update(bytes, AddJournal{"T1", "text", {}}, exact);
  const ReadSpec read(bytes);
  EXPECT_EQ(read.spec.journal().size(), 3U);
  EXPECT_EQ(read.spec.journal()[2].timestamp().string(), kNow);
}

TEST(Update, bulk_journal_takes_what_waits) {
  const std::string done = two_phases("completed", R"({"needs_journaling": true})");
  EXPECT_THAT(update_lines(done, BulkJournal{}),
              testing::Contains("journal + 'Task Completed: T' (task-1-1)"));
  EXPECT_THAT(update_lines(done, BulkJournal{{{"task-1-1", "task-1-1"}}}), testing::SizeIs(5));
  EXPECT_THAT(update_lines(done, BulkJournal{{{"task-1-2"}}}),
              ElementsAre("refused: 'task-1-2' is not completed"));
  EXPECT_THAT(update_lines(after_update(done, BulkJournal{}), BulkJournal{}), IsEmpty());
}

TEST(Update, times_never_go_back) {
  const std::string ahead = std::string(one_task())
                                .replace(one_task().find("\"last_updated\": \"2026-01-02"), 27,
                                         "\"last_updated\": \"2026-02-12");
  EXPECT_THAT(update_lines(ahead, AddAssumption{"x"}),
              testing::Contains("last_updated 2026-02-12T03:04:05Z → 2026-02-12T03:04:05.000001Z"));
  const Occasion exact{.now = *parse_rfc3339(kNow), .exact = true, .author = "Ann"};
  EXPECT_THAT(update_lines(ahead, AddAssumption{"x"}, exact),
              testing::Contains("last_updated 2026-02-12T03:04:05Z → 2026-02-11T17:51:29.533418Z"));
}

TEST(Update, a_time_far_ahead_is_told_and_left_alone) {
  const std::string ahead = std::string(one_task())
                                .replace(one_task().find("\"last_updated\": \"2026-01-02"), 27,
                                         "\"last_updated\": \"2027-01-02");
  const ReadSpec read(ahead);
  const Result<Update> made = update(read.spec, AddJournal{"T1", "", {}}, occasion());
  ASSERT_TRUE(made);
  EXPECT_EQ(format_rfc3339(made->at), kNow);
  EXPECT_THAT(made->remarks, ElementsAre(HasSubstr("2027-01-02T03:04:05.000000Z")));
  for (const Change& change : made->changes) EXPECT_NE(change.path.back(), "last_updated");
}

TEST(Update, damage_where_it_would_write_is_refused_and_elsewhere_does_not_matter) {
  EXPECT_THAT(update_lines(one_task("pending", "[]"), CompleteTask{.task = "task-1-1"}),
              ElementsAre("refused: '/hierarchy/task-1-1/metadata' is an array, not an object"));
  EXPECT_THAT(update_lines(one_task("pending", "{}", R"("journal": {},)"), AddJournal{"T", "", {}}),
              ElementsAre("refused: '/journal' is an object, not a list"));
  EXPECT_THAT(update_lines(R"({"hierarchy": {"a": 1}})", CompleteTask{.task = "a"}),
              ElementsAre("refused: the node 'a' is a number, not an object"));
  EXPECT_THAT(update_lines("[]", SyncMetadata{}), ElementsAre(HasSubstr("refused:")));
  EXPECT_THAT(update_lines(one_task("pending", "{}", R"("metadata": 1,)"),
                           UpdateStatus{"task-1-1", Status::kInProgress, {}}),
              testing::Contains("task-1-1: status pending → in_progress"));
}

}  // namespace
}  // namespace sdd::spec
