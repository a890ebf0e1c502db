// The rules that hold a node against its journal entries (SDD401, SDD402, SDD403, SDD409) in odd
// cases: what counts as an entry of a completion, how each kind of node counts, which of several
// findings about one fault is told.
#include <gtest/gtest.h>

#include <string>

#include "rules/journal_spec.h"
#include "spec/journal.h"

namespace sdd::rules {
namespace {

using test::Found;
using test::journal_codes;
using test::journal_entry;
using test::kDone;
using test::kJournaled;
using test::kWaiting;
using test::Lines;
using test::one_task;

TEST(LostEntry, is_one_that_is_not_there_within_two_seconds) {
  // journaled_at is 03:00:00.5
  for (const char* at : {"2026-01-02T03:00:00.5Z", "2026-01-02T02:59:58.5Z",
                         "2026-01-02T03:00:02.5Z", "2026-01-02T05:00:00+02:00"}) {
    EXPECT_EQ(journal_codes(one_task(kJournaled, {journal_entry(at, "n")})), Lines{}) << at;
  }
  for (const char* at : {"2026-01-02T02:59:58.499999Z", "2026-01-02T03:00:02.500001Z",
                         "2025-12-31T03:00:00Z", "2026-01-02T03:00:00+02:00"}) {
    EXPECT_EQ(journal_codes(one_task(kJournaled, {journal_entry(at, "n")})), Lines{"SDD402"}) << at;
  }
  EXPECT_EQ(journal_codes(one_task(kJournaled, {journal_entry("2026-01-02T03:00:00Z", "open"),
                                                journal_entry("2026-01-02T03:00:00Z", "")})),
            Lines{"SDD402"});
  // Which of its entries it is does not matter.
  EXPECT_EQ(journal_codes(one_task(kJournaled, {journal_entry("2026-01-01T00:00:00Z", "n", "a"),
                                                journal_entry("2026-01-02T03:00:00Z", "n", "b"),
                                                journal_entry("2026-01-02T03:04:00Z", "n", "c")})),
            Lines{});
}

TEST(LostEntry, is_told_with_what_the_node_says_and_what_to_do) {
  EXPECT_EQ(Found(one_task(kJournaled, {}), "SDD402").lines(),
            (Lines{"SDD402 n `\"n\"` 'n' ('T') says that it was journaled at "
                   "'2026-01-02T03:00:00.5Z', but no journal entry names it [repair: look for the "
                   "entry: sdd repair demo-2026-01-02-001] (an update was lost; if nobody has the "
                   "entry any more, write a new one: sdd add-journal demo-2026-01-02-001 "
                   "--task-id n --title … --content …)"}));
  const Found older(one_task(kJournaled, {journal_entry("2026-01-01T00:00:00Z", "n")}), "SDD402");
  ASSERT_EQ(older.findings().size(), 1U);
  EXPECT_NE(older.findings()[0].message.find("its journal entries are of other times"),
            std::string::npos);
}

TEST(LostEntry, without_a_time_is_no_entry_at_all) {
  const std::string flag = std::string(kDone) + R"(, "needs_journaling": false)";
  EXPECT_EQ(journal_codes(one_task(flag, {})), Lines{"SDD402"});
  EXPECT_EQ(journal_codes(one_task(flag, {journal_entry("2025-01-01T00:00:00Z", "n")})), Lines{});
  EXPECT_EQ(journal_codes(one_task(flag + R"(, "journaled_at": null)", {})), Lines{"SDD402"});
  // A time that nobody can read is none.
  const std::string unreadable = flag + R"(, "journaled_at": "yesterday")";
  EXPECT_EQ(journal_codes(one_task(unreadable, {})), Lines{"SDD402"});
  EXPECT_EQ(journal_codes(one_task(unreadable, {journal_entry("2025-01-01T00:00:00Z", "n")})),
            Lines{});
  // journaled_at speaks without the flag, too.
  const std::string only_time = R"("journaled_at": "2026-01-02T03:00:00Z")";
  EXPECT_EQ(journal_codes(one_task(only_time, {})), Lines{"SDD402"});
  EXPECT_EQ(journal_codes(one_task(only_time, {journal_entry("2026-01-02T03:00:00Z", "n")})),
            Lines{});
}

TEST(LostEntry, is_not_lost_when_its_time_cannot_be_read) {
  EXPECT_EQ(journal_codes(one_task(kJournaled, {journal_entry("today", "n")})), Lines{});
  EXPECT_EQ(journal_codes(one_task(kJournaled, {R"({"title": "T", "task_id": "n"})"})),
            Lines{"SDD408"});
}

TEST(LostEntry, of_a_node_that_is_not_completed_is_a_note) {
  const std::string flag = R"("needs_journaling": false)";
  for (const char* status : {"pending", "in_progress", "blocked", "done"}) {
    EXPECT_EQ(journal_codes(one_task(flag, {}, "task", status)), Lines{"SDD402n"}) << status;
    EXPECT_EQ(
        journal_codes(one_task(flag, {journal_entry("2026-01-02T03:00:00Z", "n")}, "task", status)),
        Lines{})
        << status;
  }
}

TEST(LostEntry, counts_for_parents_that_say_so_and_for_no_other) {
  for (const char* type : {"spec", "phase", "group", "task", "subtask", "verify", "research"}) {
    EXPECT_EQ(journal_codes(one_task(kJournaled, {}, type)), Lines{"SDD402"}) << type;
  }
  EXPECT_EQ(journal_codes(one_task(kDone, {}, "phase")), Lines{});
  EXPECT_EQ(journal_codes(one_task("", {}, "group")), Lines{});
}

TEST(LostEntry, of_a_task_that_was_reopened) {
  const Lines kept = {journal_entry("2026-01-02T03:00:00Z", "n")};
  // Reopened by a program that clears the completion, or by one that keeps its times.
  EXPECT_EQ(journal_codes(one_task("", kept, "task", "in_progress")), Lines{});
  EXPECT_EQ(journal_codes(one_task(kJournaled, kept, "task", "in_progress")), Lines{"SDD411"});
  // Completed again, not journaled again: the entry is of the earlier completion.
  const std::string again = R"("completed_at": "2026-01-02T03:03:00Z", "needs_journaling": true)";
  EXPECT_EQ(journal_codes(one_task(again, kept)), Lines{"SDD401"});
  const std::string old_time = again + R"(, "journaled_at": "2026-01-02T03:00:00Z")";
  EXPECT_EQ(journal_codes(one_task(old_time, kept)), (Lines{"SDD401", "SDD411"}));
  // Journaled again, and that entry is lost: the older one does not stand in for it.
  const std::string told = R"("completed_at": "2026-01-02T03:03:00Z", "needs_journaling": false,
      "journaled_at": "2026-01-02T03:03:00Z")";
  EXPECT_EQ(journal_codes(one_task(told, kept)), Lines{"SDD402"});
  EXPECT_EQ(
      journal_codes(one_task(told, {kept[0], journal_entry("2026-01-02T03:03:00Z", "n", "again")})),
      Lines{});
}

TEST(LostEntry, is_told_once_beside_a_flag_that_contradicts_it) {
  const std::string both = R"("completed_at": "2026-01-02T03:00:00Z", "needs_journaling": true,
      "journaled_at": "2026-01-02T03:00:00Z")";
  EXPECT_EQ(journal_codes(one_task(both, {})), Lines{"SDD402"});
  EXPECT_EQ(journal_codes(one_task(both, {journal_entry("2026-01-02T03:00:00Z", "n")})),
            Lines{"SDD403n"});
}

TEST(LostEntry, is_not_where_journaled_at_is_what_is_wrong) {
  const std::string early = R"("completed_at": "2026-01-02T03:00:00Z", "needs_journaling": false,
      "journaled_at": "2026-01-01T03:00:00Z")";
  EXPECT_EQ(journal_codes(one_task(early, {journal_entry("2026-01-02T03:00:00Z", "n")})),
            Lines{"SDD411"});
  EXPECT_EQ(journal_codes(one_task(early, {})), (Lines{"SDD402", "SDD411"}));
}

TEST(LostEntry, with_a_mistyped_id_is_the_entrys_fault) {
  const std::string mistyped = one_task(kJournaled, {journal_entry("2026-01-02T03:00:00Z", "nn")});
  EXPECT_EQ(journal_codes(mistyped), Lines{"SDD404"});
  EXPECT_EQ(journal_codes(mistyped, Purpose::kValidate), Lines{"SDD404"});
  // check-journaling does not run SDD404, so there the task is named, with what it points at.
  EXPECT_EQ(journal_codes(mistyped, Purpose::kJournaling), Lines{"SDD402"});
  const std::string number = one_task(
      kJournaled, {R"({"timestamp": "2026-01-02T03:00:00Z", "title": "T", "task_id": 7})"});
  EXPECT_EQ(journal_codes(number), Lines{"SDD408"});
  // At another time it has nothing to do with it.
  EXPECT_EQ(journal_codes(one_task(kJournaled, {journal_entry("2026-01-02T01:00:00Z", "nn")})),
            (Lines{"SDD404", "SDD402"}));
}

TEST(LostEntry, keeps_count_fixes_from_being_safe) {
  std::string text = one_task(kJournaled, {});
  text.replace(text.find("\"total_tasks\": 2"), 16, "\"total_tasks\": 3");
  const Found lost(text, "SDD301");
  ASSERT_EQ(lost.findings().size(), 1U);
  EXPECT_EQ(lost.findings()[0].fix->safety, Safety::kPlan);
  text = one_task(kJournaled, {journal_entry("2026-01-02T03:00:00Z", "n")});
  text.replace(text.find("\"total_tasks\": 2"), 16, "\"total_tasks\": 3");
  EXPECT_EQ(Found(text, "SDD301").findings()[0].fix->safety, Safety::kSafe);
}

TEST(LostEntry, is_not_told_of_a_node_that_readers_do_not_see) {
  std::string text = one_task("", {journal_entry("2026-01-02T03:00:00Z", "n")}, "task", "pending");
  const std::string first = R"("n": {"type": "task", "status": "completed",
      "metadata": {"needs_journaling": false, "journaled_at": "2026-01-01T00:00:00Z"}}, )";
  text.insert(text.find("\"n\": {"), first);
  EXPECT_EQ(journal_codes(text), Lines{});
}

TEST(Unjournaled, is_a_warning_for_tasks_and_a_note_for_what_closes_with_them) {
  for (const char* type : {"task", "subtask", "verify", "research"}) {
    EXPECT_EQ(journal_codes(one_task(kWaiting, {}, type)), Lines{"SDD401"}) << type;
  }
  for (const char* type : {"spec", "phase", "group"}) {
    EXPECT_EQ(journal_codes(one_task(kWaiting, {}, type)), Lines{"SDD401n"}) << type;
  }
  EXPECT_EQ(journal_codes(one_task(kWaiting, {}, "tasks")), Lines{});  // SDD209
  EXPECT_EQ(journal_codes(one_task(R"("needs_journaling": true)", {}, "task", "pending")), Lines{});
  EXPECT_EQ(journal_codes(one_task(kWaiting, {}), Purpose::kValidate), Lines{});  // a to-do
}

TEST(Unjournaled, waits_for_an_entry_at_or_after_the_completion) {
  const auto codes = [](const char* at) {
    return journal_codes(one_task(kWaiting, {journal_entry(at, "n")}));
  };
  EXPECT_EQ(codes("2026-01-02T02:59:58Z"), Lines{"SDD403n"});
  EXPECT_EQ(codes("2026-01-02T03:04:00Z"), Lines{"SDD403n"});
  EXPECT_EQ(codes("2026-01-02T02:59:57.999999Z"), Lines{"SDD401"});
  EXPECT_EQ(codes("soon"), Lines{"SDD401"});
  // Nothing says when it was completed: any entry counts.
  EXPECT_EQ(journal_codes(one_task(R"("needs_journaling": true)",
                                   {journal_entry("2025-01-01T00:00:00Z", "n")})),
            Lines{"SDD403n"});
  EXPECT_EQ(journal_codes(one_task(R"("needs_journaling": true)", {})), Lines{"SDD401"});
}

TEST(StaleFlag, has_one_safe_fix) {
  EXPECT_EQ(Found(one_task(kWaiting, {journal_entry("2026-01-02T03:00:00Z", "n")}), "SDD4").lines(),
            Lines{"SDD403 n `true` needs_journaling is true, but the journal tells of 'n' "
                  "[safe: set needs_journaling to false]"});
}

TEST(NoTrace, is_a_note_where_no_journal_is_kept) {
  const Lines kept = {journal_entry("2026-01-02T03:00:00Z", "open")};
  EXPECT_EQ(journal_codes(one_task(kDone, kept)), Lines{"SDD409"});
  EXPECT_EQ(journal_codes(one_task("", kept, "verify")), Lines{"SDD409"});
  EXPECT_EQ(journal_codes(one_task(R"("needs_journaling": null)", kept)), Lines{"SDD409"});
  EXPECT_EQ(journal_codes(one_task(kDone, {})), Lines{"SDD409n"});
  std::string without = one_task(kDone, {});
  without.erase(without.find("\"journal\""), sizeof "\"journal\": []," - 1);
  EXPECT_EQ(journal_codes(without), Lines{"SDD409n"});
}

TEST(NoTrace, is_not_where_anything_tells_of_the_completion) {
  const Lines kept = {journal_entry("2026-01-02T03:00:00Z", "n")};
  EXPECT_EQ(journal_codes(one_task(kDone, kept)), Lines{});
  EXPECT_EQ(journal_codes(one_task(kDone, kept, "phase")), Lines{});
  EXPECT_EQ(journal_codes(one_task("", kept, "task", "in_progress")), Lines{});
  // Not a flag, but somebody meant one.
  EXPECT_EQ(journal_codes(one_task(R"("needs_journaling": "no")", {})), Lines{});
  // The entry is there under a mistyped id.
  EXPECT_EQ(journal_codes(one_task(kDone, {journal_entry("2026-01-02T03:00:00Z", "nn")})),
            Lines{"SDD404"});
}

// 40,000 tasks with as many entries, in the worst order for looking things up one by one.
TEST(Journal, of_many_entries_is_read_in_one_go) {
  constexpr int kTasks = 40'000;
  std::string hierarchy;
  std::string journal;
  for (int i = 0; i < kTasks; ++i) {
    hierarchy += (i == 0 ? "\"t" : ",\"t") + std::to_string(i) +
                 R"(":{"type":"task","status":"completed","metadata":{)" + kJournaled + "}}";
    if (i % 100 == 7) continue;
    journal += (i == 0 ? "" : ",") +
               journal_entry("2026-01-02T03:00:00Z", "t" + std::to_string(kTasks - 1 - i));
  }
  std::string text = "{\"hierarchy\":{" + hierarchy + "},\"journal\":[" + journal;
  // And as many of one task, none of them at the right time.
  for (int i = 0; i < kTasks; ++i) text += "," + journal_entry("2025-01-01T00:00:00Z", "t0");
  const test::SpecDocument file(text + "]}");
  ASSERT_TRUE(file.ok);
  const spec::Journal facts(file.spec);
  std::size_t lost = 0;
  for (const spec::Node& node : file.spec.nodes()) {
    if (facts.fault_of(node) == spec::JournalFault::kLostEntry) ++lost;
  }
  EXPECT_EQ(lost, 400U);
}

}  // namespace
}  // namespace sdd::rules
