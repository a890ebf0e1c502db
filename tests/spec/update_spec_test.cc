// Updates of the spec itself, its nodes and their metadata.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "spec/skeleton.h"
#include "spec/update.h"
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

TEST(Update, revisions_and_assumptions_stand_once) {
  const std::string revised = after_update(one_task(), AddRevision{"1.1", "more"});
  EXPECT_TRUE(same_meaning(ReadSpec(revised).spec.metadata.raw(),
                           R"({"revisions": [{"version": "1.1",
                               "date": "2026-02-11T17:51:29.533418Z", "author": "Ann",
                               "changes": "more"}], "version": "1.1"})"));
  EXPECT_THAT(update_lines(revised, AddRevision{"1.1", "more"}),
              ElementsAre("refused: there is a revision '1.1' already"));
  const std::string assumed = after_update(one_task(), AddAssumption{"all is well"});
  EXPECT_THAT(update_lines(assumed, AddAssumption{"all is well"}), IsEmpty());
  EXPECT_THAT(update_lines(assumed, AddAssumption{"or not"}),
              testing::Contains("metadata.assumptions + 'or not'"));
}

TEST(Update, verification_writes_its_result_and_nothing_else) {
  EXPECT_THAT(
      update_lines(two_phases(), AddVerification{"verify-2-1", "PASSED", "make", {}, {}, "ok"}),
      ElementsAre("verify-2-1: metadata.verification_result + 4 members", kStamp));
  EXPECT_THAT(update_lines(two_phases(), AddVerification{"task-1-1", "PASSED"}),
              ElementsAre("refused: 'task-1-1' is of type 'task', not verify"));
  EXPECT_THAT(update_lines(two_phases(), AddVerification{"verify-2-1", "PASED"}),
              ElementsAre("usage: 'PASED' is no verdict; PASSED?"));
}

TEST(Update, moving_writes_status_and_dates) {
  EXPECT_THAT(update_lines(one_task(), MoveSpec{"pending", "active"}),
              ElementsAre("metadata + {}", "metadata.status + active",
                          "metadata.activated_date + 2026-02-11T17:51:29.533418Z", kStamp));
  EXPECT_THAT(update_lines(one_task(), MoveSpec{"active", "completed", true}),
              ElementsAre("refused: not completed: 'phase-1' and 'task-1-1'"));
  const std::string done =
      one_task("completed", R"({"actual_hours": 1.25})", R"("metadata": {"status": "active"},)");
  EXPECT_THAT(update_lines(done, MoveSpec{"active", "completed", true}),
              ElementsAre("metadata.status active → completed",
                          "metadata.completed_date + 2026-02-11T17:51:29.533418Z",
                          "metadata.actual_hours + 1.25", kStamp));
  EXPECT_THAT(update_lines(done, MoveSpec{"active", "active"}), IsEmpty());
  EXPECT_THAT(update_lines(done, MoveSpec{"active", "done"}),
              ElementsAre(HasSubstr("usage: 'done' is no status folder")));
}

TEST(Update, sync_metadata_writes_what_follows) {
  EXPECT_THAT(update_lines(two_phases("completed"), SyncMetadata{}),
              ElementsAre("metadata + {}", "metadata.progress_percentage + 33",
                          "metadata.current_phase + phase-1", kStamp));
  EXPECT_THAT(update_lines(after_update(two_phases("completed"), SyncMetadata{}), SyncMetadata{}),
              IsEmpty());
}

TEST(Update, add_task_finds_its_id_and_reopens_what_is_above) {
  const AddTask wish{.parent = "phase-1", .title = "New", .file_path = "a.py"};
  EXPECT_THAT(
      update_lines(two_phases(), wish),
      UnorderedElementsAre("task-1-3: node + 'New'", "phase-1: children + task-1-3",
                           "phase-1: total_tasks 2 → 3", "spec-root: total_tasks 3 → 4", kStamp));
  const std::string closed = after_update(one_task(), CompleteTask{.task = "task-1-1"});
  EXPECT_THAT(update_lines(closed, wish),
              testing::IsSupersetOf({"phase-1: status completed → in_progress",
                                     "phase-1: metadata.completed_at - "
                                     "2026-02-11T17:51:29.533418Z"}));
  const auto id = [](const std::string& parent, const std::string& type) {
    const ReadSpec read(two_phases());
    return new_task_id(read.spec, {.parent = parent, .title = "N", .type = type});
  };
  EXPECT_EQ(id("task-1-2", "subtask"), "task-1-2-1");
  EXPECT_EQ(id("phase-1-verify", "verify"), "verify-1-1");
  EXPECT_EQ(id("spec-root", "task"), "task-1-3");
  EXPECT_EQ(id("verify-2-1", "verify"), "verify-2-1-1");
}

TEST(Update, add_task_refuses_what_would_be_a_fault) {
  EXPECT_THAT(update_lines(two_phases(), AddTask{.parent = "phase-1", .title = "New"}),
              ElementsAre("refused: a task of category implementation names the file that it "
                          "changes (--file-path), or is of another --category"));
  EXPECT_THAT(update_lines(one_task("completed"),
                           AddTask{.parent = "task-1-1", .title = "New", .type = "subtask"}),
              ElementsAre("refused: 'task-1-1' is completed, and its completion would be lost"));
  EXPECT_THAT(
      update_lines(two_phases(), AddTask{.parent = "phase-1", .title = "New", .type = "tusk"}),
      ElementsAre("usage: 'tusk' is no type of task; task?"));
}

TEST(Update, set_metadata_leaves_what_has_its_own_command) {
  EXPECT_THAT(update_lines(two_phases(), SetMetadata{"task-1-1", "risk_level", "\"low\""}),
              ElementsAre("task-1-1: metadata.risk_level + low", kStamp));
  EXPECT_THAT(update_lines(two_phases(), SetMetadata{"task-1-1", "completed_at", "\"x\""}),
              ElementsAre(HasSubstr("refused: 'completed_at' is written by")));
  EXPECT_THAT(update_lines(two_phases(), SetMetadata{"task-1-1", "a.b", "1"}),
              ElementsAre(HasSubstr("usage: 'a.b'")));
  EXPECT_THAT(update_lines(two_phases(), SetMetadata{"task-1-1", "task_category", "\"reserch\""}),
              ElementsAre("usage: 'reserch' is no task_category; research?"));
  EXPECT_THAT(
      update_lines(two_phases(), SetMetadata{"task-1-1", "task_category", "\"refactoring\""}),
      ElementsAre(HasSubstr("refused: 'task-1-1' would be a task that changes files")));
  EXPECT_THAT(update_lines(two_phases(), SetMetadata{"task-1-1", "notes", "{"}),
              ElementsAre("usage: the value is no JSON"));
}

TEST(Update, skeletons_have_ids_that_rules_accept) {
  EXPECT_EQ(spec_id_of("Ledger: Retry ж!", *parse_rfc3339(kNow), 7).value(),
            "ledger-retry-2026-02-11-007");
  EXPECT_FALSE(spec_id_of("жж", *parse_rfc3339(kNow), 7));
  EXPECT_FALSE(spec_id_of("a", *parse_rfc3339(kNow), 1000));
  for (const std::string_view form : kTemplates) {
    const ReadSpec read(
        skeleton({.id = "a-2026-02-11-001", .title = "A", .form = std::string(form)},
                 *parse_rfc3339(kNow))
            .value());
    EXPECT_TRUE(read.ok);
    EXPECT_EQ(read.spec.root()->total, 0);
    EXPECT_GE(read.spec.root()->child_count, 2U);
  }
  EXPECT_FALSE(skeleton({.id = "a", .title = "A", .form = "smal"}, {}));
}

}  // namespace
}  // namespace sdd::spec
