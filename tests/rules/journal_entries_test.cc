// The rules about the journal's entries and about times (SDD404 to SDD408, SDD410 to SDD412) in odd
// cases.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/journal_spec.h"

namespace sdd::rules {
namespace {

using test::Found;
using test::journal_codes;
using test::journal_entry;
using test::journal_of;
using test::kDone;
using test::kJournaled;
using test::Lines;
using test::one_task;

TEST(UnknownTask, is_told_with_the_nearest_one) {
  EXPECT_EQ(Found(one_task(kJournaled, {journal_entry("2026-01-02T03:00:00Z", "n"),
                                        journal_entry("2026-01-02T03:01:00Z", "opne")}),
                  "SDD4")
                .lines(),
            Lines{"SDD404  `\"opne\"` the entry names 'opne', which does not exist "
                  "(did you mean 'open'?)"});
  // About the spec as a whole: no task, or null.
  EXPECT_EQ(journal_codes(one_task(kJournaled, {journal_entry("2026-01-02T03:00:00Z", "n"),
                                                R"({"timestamp": "2026-01-02T03:01:00Z",
                                                    "title": "T", "task_id": null})"})),
            Lines{});
  EXPECT_EQ(journal_codes(R"({"journal": [)" + journal_entry("2026-01-02T03:00:00Z", "n") + "]}"),
            Lines{});  // SDD101 says that the hierarchy is missing
}

TEST(Order, is_told_once_for_each_step_back) {
  const auto codes = [](const std::vector<std::string>& times) {
    Lines entries;
    for (const std::string& time : times) {
      entries.push_back(journal_entry("2026-01-02T" + time, "", std::to_string(entries.size())));
    }
    return journal_codes(one_task("", entries, "task", "pending"));
  };
  EXPECT_EQ(codes({"01:00:00Z", "01:00:00Z", "02:00:00Z"}), Lines{});
  EXPECT_EQ(codes({"01:00:00Z", "02:00:00Z", "00:30:00Z", "02:30:00Z"}), Lines{"SDD405"});
  EXPECT_EQ(codes({"01:00:00Z", "03:00:00Z", "01:10:00Z", "01:20:00Z"}), Lines{"SDD405"});
  EXPECT_EQ(codes({"03:00:00Z", "02:00:00Z", "01:00:00Z"}), (Lines{"SDD405", "SDD405"}));
  EXPECT_EQ(codes({"01:00:00Z", "late", "00:30:00Z"}), Lines{"SDD405"});
  EXPECT_EQ(codes({"03:00:00+02:00", "01:30:00Z"}), Lines{});
  // One time beyond last_updated (03:04:05): that is what is wrong, not what follows it.
  EXPECT_EQ(codes({"01:00:00Z", "23:00:00Z", "02:00:00Z"}), Lines{"SDD410"});
}

TEST(RepeatedEntry, has_the_title_content_and_task_of_another) {
  const std::string at = "2026-01-02T03:00:00Z";
  const auto codes = [](const Lines& entries) {
    return journal_codes(one_task("", entries, "task", "pending"));
  };
  EXPECT_EQ(codes({journal_entry(at, "n"), journal_entry("2026-01-02T03:01:00Z", "n"),
                   journal_entry("2026-01-02T03:02:00Z", "n")}),
            (Lines{"SDD406n", "SDD406n"}));
  EXPECT_EQ(codes({journal_entry(at, "n"), journal_entry(at, "open"), journal_entry(at, ""),
                   journal_entry(at, "n", "Other")}),
            Lines{});
  // The same text in other spelling is the same text.
  EXPECT_EQ(codes({journal_entry(at, "n", "A"), journal_entry(at, "n", "\\u0041")}),
            Lines{"SDD406n"});
}

TEST(EntryType, is_one_of_eight) {
  const auto lines =
      [](const std::string& type) {
        return Found(one_task("", {R"({"timestamp": "2026-01-02T03:00:00Z", "title": "T",
        "entry_type": )" + type + "}"},
                              "task", "pending"),
                     "SDD4")
            .lines();
      };
  for (const char* type : {"status_change", "deviation", "blocker", "decision", "note", "step",
                           "session", "worklog"}) {
    EXPECT_EQ(lines("\"" + std::string(type) + "\""), Lines{});
  }
  EXPECT_EQ(lines("\"Note\""), Lines{"SDD407  `\"Note\"` unknown entry_type 'Note' "
                                     "(did you mean 'note'?)"});
  EXPECT_EQ(lines("\"\""), Lines{"SDD407  `\"\"` unknown entry_type '' (use status_change, "
                                 "deviation, blocker, decision, note, step, session or worklog)"});
  EXPECT_EQ(lines("3"), Lines{"SDD408  `3` entry_type is a number, not a text"});
}

TEST(MalformedEntry, is_told_at_what_is_wrong) {
  const auto lines = [](const std::string& journal) {
    return Found(test::spec_json({{.id = "spec-root", .type = "spec", .total = "0"}},
                                 "\"journal\": " + journal + ","),
                 "SDD4")
        .lines();
  };
  EXPECT_EQ(lines("[7, null]"), (Lines{"SDD408  `7` the entry is a number, not an object",
                                       "SDD408  `null` the entry is null, not an object"}));
  EXPECT_EQ(lines("[{}]"), (Lines{"SDD408  `{` the entry has no timestamp",
                                  "SDD408  `{` the entry has no title"}));
  EXPECT_EQ(lines(R"([{"timestamp": 7, "title": null, "author": [], "content": {},
                       "metadata": "", "task_id": true}])"),
            (Lines{"SDD408  `7` timestamp is a number, not a text",
                   "SDD408  `null` title is null, not a text",
                   "SDD408  `[]` author is an array, not a text",
                   "SDD408  `{}` content is an object, not a text",
                   "SDD408  `\"\"` metadata is a string, not an object",
                   "SDD408  `true` task_id is true, not a text"}));
  EXPECT_EQ(lines("{}"), Lines{"SDD408  `{}` the journal is an object, not a list of entries"});
  EXPECT_EQ(lines("[]"), Lines{});
}

TEST(Stamp, may_lag_a_minute_behind_another_machine) {
  // last_updated is 03:04:05
  const auto codes = [](const char* at) {
    return journal_codes(one_task("", {journal_entry(at, "")}, "task", "pending"));
  };
  EXPECT_EQ(codes("2026-01-02T03:04:05Z"), Lines{});
  EXPECT_EQ(codes("2026-01-02T03:04:05.000001Z"), Lines{"SDD410n"});
  EXPECT_EQ(codes("2026-01-02T03:05:05Z"), Lines{"SDD410n"});
  EXPECT_EQ(codes("2026-01-02T03:05:05.000001Z"), Lines{"SDD410"});
}

TEST(Stamp, is_held_against_the_newest_time_once) {
  const std::string later = R"("completed_at": "2026-01-02T04:00:00Z", "needs_journaling": false,
      "journaled_at": "2026-01-02T04:00:01Z")";
  EXPECT_EQ(Found(one_task(later, {journal_entry("2026-01-02T03:30:00Z", ""),
                                   journal_entry("2026-01-02T04:00:00Z", "n")}),
                  "SDD4")
                .lines(),
            Lines{"SDD410  `\"2026-01-02T03:04:05Z\"` last_updated is '2026-01-02T03:04:05Z', but "
                  "a journaled_at is of '2026-01-02T04:00:01Z' [plan: compare the file with its "
                  "versions in git, then set last_updated to '2026-01-02T04:00:01Z']"});
}

TEST(Times, of_a_node_follow_each_other) {
  const Lines kept = {journal_entry("2026-01-02T03:00:00Z", "n")};
  const auto codes = [&](const std::string& more, const char* status = "completed") {
    return journal_codes(one_task(more, kept, "task", status));
  };
  const std::string done = kDone;
  EXPECT_EQ(codes(done + R"(, "started_at": "2026-01-02T03:00:00Z")"), Lines{});
  EXPECT_EQ(codes(done + R"(, "started_at": "2026-01-02T03:00:00.1Z")"), Lines{"SDD411"});
  EXPECT_EQ(codes(done + R"(, "journaled_at": "2026-01-02T02:59:59Z")"), Lines{"SDD411"});
  EXPECT_EQ(codes(done + R"(, "started_at": "tomorrow")"), Lines{});
  // What is not completed has no such time; then it is not held against the others.
  EXPECT_EQ(codes(done + R"(, "started_at": "2026-01-02T03:03:00Z")", "in_progress"),
            Lines{"SDD411"});
  EXPECT_EQ(codes(R"("completed_at": null)", "pending"), Lines{});
  EXPECT_EQ(codes(done, "done"), Lines{});  // SDD210
}

TEST(AfterClose, is_told_once_a_spec) {
  const auto codes = [](const std::string& closed) {
    return journal_codes(
        test::spec_json({{.id = "spec-root", .type = "spec", .total = "0"}},
                        R"("metadata": {"completed_date": ")" + closed + "\"}," +
                            journal_of({journal_entry("2026-01-02T01:00:00Z", "", "a"),
                                        journal_entry("2026-01-02T02:00:00Z", "", "b"),
                                        journal_entry("2026-01-02T03:00:00Z", "", "c")})));
  };
  EXPECT_EQ(codes("2026-01-02T03:00:00Z"), Lines{});
  EXPECT_EQ(codes("2026-01-02T01:30:00Z"), Lines{"SDD412n"});
  EXPECT_EQ(codes("2026-01-02"), Lines{});  // SDD112
}

}  // namespace
}  // namespace sdd::rules
