#include "repair/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "json/embedded_schema.h"
#include "json/equality.h"
#include "json/schema.h"
#include "repair/merged.h"
#include "rules/engine.h"
#include "spec/diff.h"
#include "spec/random_updates.h"
#include "spec/spec_files.h"
#include "spec_document.h"
#include "text/source_text.h"

namespace sdd::repair {
namespace {

using spec::Change;
using spec::Changes;
using spec::Occasion;
using spec::Operation;
using spec::Status;
using test::ReadSpec;
using testing::ElementsAre;
using testing::IsEmpty;

Occasion at(const char* time, const char* author = "Ann") {
  return {.now = *parse_rfc3339(time), .author = author};
}

std::string updated(const std::string& bytes, const std::vector<Operation>& operations,
                    const Occasion& occasion) {
  std::string now = bytes;
  for (const Operation& operation : operations) {
    const ReadSpec read(now);
    const auto made = update(read.spec, operation, occasion);
    EXPECT_TRUE(made) << made.error().message;
    now = spec::apply_changes(now, made->changes).value();
  }
  return now;
}

std::string small_spec() {
  return test::spec_json(
      {{.id = "spec-root", .type = "spec", .children = {"phase-1"}, .total = "2"},
       {.id = "phase-1",
        .type = "phase",
        .parent = "spec-root",
        .children = {"a", "b"},
        .total = "2"},
       {.id = "a", .parent = "phase-1", .metadata = R"({"file_path": "a.py"})"},
       {.id = "b", .parent = "phase-1", .metadata = R"({"file_path": "b.py"})"}},
      R"("metadata": {"progress_percentage": 0}, "journal": [],)");
}

std::string replaced(std::string text, const std::string& old_text, const std::string& new_text) {
  EXPECT_NE(text.find(old_text), std::string::npos) << old_text;
  return text.replace(text.find(old_text), old_text.size(), new_text);
}

std::vector<std::string> titles(const spec::Spec& spec) {
  std::vector<std::string> titles;
  for (const spec::JournalEntry& entry : spec.journal())
    titles.emplace_back(entry.title().string());
  return titles;
}

TEST(Merge, both_sides_work_is_there_and_what_follows_is_counted) {
  const std::string base = small_spec();
  const std::string ours =
      updated(base, {spec::CompleteTask{.task = "a"}}, at("2026-02-11T10:00:00Z"));
  const std::string theirs =
      updated(base, {spec::CompleteTask{.task = "b"}}, at("2026-02-11T11:00:00Z"));
  const Merged merged = merged_of(base, ours, theirs);
  EXPECT_THAT(conflict_pointers(merged), IsEmpty());
  const ReadSpec read(merged.bytes);
  const spec::Node& phase = *read.spec.find("phase-1");
  EXPECT_EQ(phase.status, Status::kCompleted);
  EXPECT_EQ(phase.completed, 2);
  EXPECT_EQ(read.spec.root()->completed, 2);
  EXPECT_EQ(read.spec.root()->status, Status::kCompleted);
  EXPECT_EQ(read.spec.metadata.find("progress_percentage").integer(), 100);
  EXPECT_EQ(read.spec.journal().size(), 2U);
  EXPECT_EQ(read.spec.last_updated.string(), "2026-02-11T11:00:00.000000Z");
  // It closed only by the merge: nobody wrote its entry.
  EXPECT_EQ(phase.metadata.completed_at.string(), "2026-02-11T11:00:00.000000Z");
  EXPECT_EQ(phase.metadata.needs_journaling.boolean(), true);
}

TEST(Merge, of_two_completions_the_earlier_is_told_and_both_entries_stay) {
  const std::string base = updated(small_spec(), {spec::UpdateStatus{"a", Status::kInProgress, {}}},
                                   at("2026-02-11T09:00:00Z"));
  const std::string ours =
      updated(base, {spec::CompleteTask{.task = "a", .note = "late"}}, at("2026-02-11T12:00:00Z"));
  const std::string theirs =
      updated(base, {spec::CompleteTask{.task = "a", .note = "early"}}, at("2026-02-11T11:00:00Z"));
  const Merged merged = merged_of(base, ours, theirs);
  EXPECT_THAT(conflict_pointers(merged), IsEmpty());
  const ReadSpec read(merged.bytes);
  const json::Value metadata = read.spec.find("a")->metadata_value;
  EXPECT_EQ(metadata.find("completed_at").string(), "2026-02-11T11:00:00.000000Z");
  EXPECT_EQ(metadata.find("journaled_at").string(), "2026-02-11T11:00:00.000000Z");
  EXPECT_EQ(metadata.find("actual_hours").raw(), "2.0");
  EXPECT_EQ(metadata.find("status_note").string(), "early");
  ASSERT_EQ(read.spec.journal().size(), 2U);
  EXPECT_EQ(read.spec.journal()[0].timestamp().string(), "2026-02-11T11:00:00.000000Z");
}

TEST(Merge, of_two_statuses_the_further_one_when_the_other_was_on_its_way) {
  const auto status = [](Status from, Status own, Status other) -> std::string {
    std::string base = small_spec();
    if (from != Status::kPending) {
      base = updated(base, {spec::UpdateStatus{"a", from, {}}}, at("2026-02-11T08:00:00Z"));
    }
    const std::string ours =
        updated(base, {spec::UpdateStatus{"a", own, {}}}, at("2026-02-11T09:00:00Z"));
    const std::string theirs =
        updated(base, {spec::UpdateStatus{"a", other, {}}}, at("2026-02-11T10:00:00Z"));
    const Merged merged = merged_of(base, ours, theirs);
    const bool disputed = std::any_of(
        merged.conflicts.begin(), merged.conflicts.end(),
        [](const Conflict& conflict) { return conflict.pointer == "/hierarchy/a/status"; });
    const ReadSpec read(merged.bytes);
    return std::string(read.spec.find("a")->status_value.string()) + (disputed ? " !" : "");
  };
  using enum Status;
  EXPECT_EQ(status(kPending, kInProgress, kCompleted), "completed");
  EXPECT_EQ(status(kPending, kCompleted, kInProgress), "completed");
  EXPECT_EQ(status(kCompleted, kPending, kInProgress), "in_progress");
  EXPECT_EQ(status(kInProgress, kPending, kCompleted), "pending !");
  EXPECT_EQ(status(kPending, kBlocked, kCompleted), "blocked !");
  EXPECT_EQ(status(kPending, kCompleted, kBlocked), "completed !");
  EXPECT_EQ(status(kBlocked, kPending, kInProgress), "in_progress");
}

TEST(Merge, new_entries_stand_by_time_ours_first) {
  const std::string base =
      updated(small_spec(), {spec::AddJournal{"base", "", {}}}, at("2026-02-11T08:00:00Z"));
  const auto with = [](const std::string& from, const char* time, const char* title) {
    return updated(from, {spec::AddJournal{title, "", {}}}, at(time));
  };
  const std::string ours =
      with(with(base, "2026-02-11T10:00:00Z", "o1"), "2026-02-11T12:00:00Z", "o2");
  const std::string theirs =
      with(with(with(base, "2026-02-11T09:00:00Z", "t1"), "2026-02-11T12:00:00Z", "t2"),
           "2026-02-11T13:00:00Z", "t3");
  const ReadSpec read(merged_of(base, ours, theirs).bytes);
  EXPECT_THAT(titles(read.spec), ElementsAre("base", "t1", "o1", "o2", "t2", "t3"));
  const ReadSpec other(merged_of(base, theirs, ours).bytes);
  EXPECT_THAT(titles(other.spec), ElementsAre("base", "t1", "o1", "t2", "o2", "t3"));
}

// A push came too late: what was merged is merged again with what arrived meanwhile.
TEST(Merge, a_second_merge_keeps_the_order_of_time) {
  const auto with = [](const std::string& from, const char* time, const char* title) {
    return updated(from, {spec::AddJournal{title, "", {}}}, at(time));
  };
  const std::string start = with(small_spec(), "2026-02-11T08:00:00Z", "start");
  const std::string mine = with(start, "2026-02-11T09:00:00Z", "mine");
  const std::string theirs = with(start, "2026-02-11T10:00:00Z", "first of theirs");
  const std::string once = merged_of(start, mine, theirs).bytes;
  const std::string more = with(theirs, "2026-02-11T11:00:00Z", "second of theirs");
  for (const std::string& twice :
       {merged_of(theirs, once, more).bytes, merged_of(theirs, more, once).bytes}) {
    const ReadSpec read(twice);
    EXPECT_THAT(titles(read.spec),
                ElementsAre("start", "mine", "first of theirs", "second of theirs"));
  }
}

TEST(Merge, lists_and_frames_that_are_new_on_both_sides_are_joined) {
  const std::string base = test::spec_json({{.id = "spec-root", .type = "spec"}});
  const std::string ours =
      updated(base, {spec::AddAssumption{"one"}, spec::AddJournal{"o", "", {}}},
              at("2026-02-11T08:00:00Z"));
  const std::string theirs =
      updated(base, {spec::AddAssumption{"two"}, spec::AddJournal{"t", "", {}}},
              at("2026-02-11T09:00:00Z"));
  const Merged merged = merged_of(base, ours, theirs);
  EXPECT_THAT(conflict_pointers(merged), IsEmpty());
  const ReadSpec read(merged.bytes);
  EXPECT_EQ(read.spec.metadata.find("assumptions").size(), 2U);
  EXPECT_THAT(titles(read.spec), ElementsAre("o", "t"));
}

TEST(Merge, contradictions_are_told_and_ours_stays) {
  const std::string base = small_spec();
  const std::string title = R"("a": {"type": "task", "title": "T")";
  const std::string ours = replaced(base, title, R"("a": {"type": "task", "title": "ours")");
  const std::string theirs = replaced(base, title, R"("a": {"type": "task", "title": "theirs")");
  const Merged merged = merged_of(base, ours, theirs);
  ASSERT_THAT(conflict_pointers(merged), ElementsAre("/hierarchy/a/title"));
  const Conflict& conflict = merged.conflicts.front();
  EXPECT_EQ(conflict.node, "a");
  EXPECT_EQ(conflict.base, "\"T\"");
  EXPECT_EQ(conflict.ours, "\"ours\"");
  EXPECT_EQ(conflict.theirs, "\"theirs\"");
  EXPECT_EQ(merged.bytes, ours);
}

TEST(Merge, one_id_for_two_nodes_is_a_conflict) {
  const std::string base = small_spec();
  const auto with = [&](const char* title) {
    return updated(base, {spec::AddTask{.parent = "phase-1", .title = title, .file_path = "a.py"}},
                   at("2026-02-11T08:00:00Z"));
  };
  const Merged merged = merged_of(base, with("one"), with("two"));
  EXPECT_THAT(conflict_pointers(merged), ElementsAre("/hierarchy/task-1-1"));
  EXPECT_EQ(ReadSpec(merged.bytes).spec.find("task-1-1")->title.string(), "one");
}

TEST(Merge, a_revision_with_two_texts_is_a_conflict) {
  const std::string base = small_spec();
  const auto with = [&](const char* text) {
    return updated(base, {spec::AddRevision{"1.1", text}}, at("2026-02-11T08:00:00Z"));
  };
  EXPECT_THAT(conflict_pointers(merged_of(base, with("one"), with("two"))),
              ElementsAre("/metadata/revisions/-"));
  EXPECT_THAT(conflict_pointers(merged_of(base, with("one"), with("one") + "\n")), IsEmpty());
}

// Without the node b.
std::string without_b(const std::string& text) {
  const ReadSpec read(text);
  Changes changes = {spec::change_member(
      {"hierarchy", "b"}, json::Snippet{std::string(read.spec.find("b")->value.raw())},
      std::nullopt)};
  changes.push_back(
      spec::remove_item({"hierarchy", "phase-1", "children"}, "\"b\"", {"\"b\""}, {}));
  return spec::apply_changes(text, changes).value();
}

TEST(Merge, a_removal_against_a_change_is_a_conflict_and_the_tree_stays_whole) {
  const std::string base = small_spec();
  const std::string removed = without_b(base);
  const std::string changed =
      updated(base, {spec::UpdateStatus{"b", Status::kInProgress, {}}}, at("2026-02-11T08:00:00Z"));
  const Merged kept = merged_of(base, changed, removed);
  EXPECT_THAT(conflict_pointers(kept), ElementsAre("/hierarchy/b"));
  EXPECT_EQ(ReadSpec(kept.bytes).spec.find("phase-1")->child_count, 2U);
  const Merged gone = merged_of(base, removed, changed);
  EXPECT_THAT(conflict_pointers(gone),
              ElementsAre("/hierarchy/b/metadata/started_at", "/hierarchy/b/status"));
  EXPECT_EQ(ReadSpec(gone.bytes).spec.find("b"), nullptr);
  // Nothing was said about it on the other side but what follows from its children.
  const std::string other =
      updated(base, {spec::UpdateStatus{"a", Status::kInProgress, {}}}, at("2026-02-11T08:00:00Z"));
  const Merged quiet = merged_of(base, other, removed);
  EXPECT_THAT(conflict_pointers(quiet), IsEmpty());
  EXPECT_EQ(ReadSpec(quiet.bytes).spec.root()->total, 1);
}

TEST(Merge, a_phase_that_one_side_closes_and_the_other_extends_is_open) {
  const std::string base =
      updated(small_spec(), {spec::CompleteTask{.task = "a"}}, at("2026-02-11T08:00:00Z"));
  const std::string ours =
      updated(base, {spec::CompleteTask{.task = "b"}}, at("2026-02-11T09:00:00Z"));
  const std::string theirs =
      updated(base, {spec::AddTask{.parent = "phase-1", .title = "more", .file_path = "c.py"}},
              at("2026-02-11T09:00:00Z"));
  for (const bool turned : {false, true}) {
    const Merged merged = turned ? merged_of(base, theirs, ours) : merged_of(base, ours, theirs);
    EXPECT_THAT(conflict_pointers(merged), IsEmpty());
    const ReadSpec read(merged.bytes);
    const spec::Node& phase = *read.spec.find("phase-1");
    EXPECT_EQ(phase.status, Status::kInProgress);
    EXPECT_FALSE(phase.metadata.completed_at);
    EXPECT_FALSE(phase.metadata.journaled_at);
    EXPECT_EQ(phase.total, 3);
    EXPECT_EQ(phase.completed, 2);
  }
}

TEST(Merge, refuses_what_is_no_json) {
  const Result<Merged> merged = merge("{}", "{", "{}");
  ASSERT_FALSE(merged);
  EXPECT_EQ(merged.error().kind, ErrorKind::kDamaged);
  EXPECT_THAT(merged.error().message, testing::HasSubstr("'ours'"));
}

TEST(Merge, documents_that_are_no_specs_merge_all_the_same) {
  EXPECT_EQ(merged_of("[1]", "[1, 2]", "[1]\n").bytes, "[1, 2]");
  EXPECT_THAT(conflict_pointers(merged_of("[1]", "[1, 2]", "[3]")), ElementsAre(""));
  EXPECT_EQ(merged_of(R"({"a": 1})", R"({"a": 1, "b": 2})", R"({"a": 1, "c": 3})").bytes,
            R"({"a": 1, "b": 2, "c": 3})");
}

TEST(Merge, odd_documents_merge_or_conflict) {
  const std::vector<std::string> documents = {
      "{}",
      "[]",
      "1",
      R"({"hierarchy":[]})",
      R"({"hierarchy":{"a":1}})",
      R"({"hierarchy":{"a":{"children":["a","a",1]}},"journal":{}})",
      R"({"hierarchy":{"a":{"children":["b"],"status":"completed"},"a":{}},"journal":[1,1,null]})",
      R"({"hierarchy":{"a":{"metadata":[]},"b":{"parent":"a","metadata":{"completed_at":1}}}})",
      R"({"hierarchy":{"spec-root":{"children":["a"],"status":"pending"},"a":{"metadata":null,
          "status":"completed","type":"phase","children":["b"]},"b":{"status":"completed"}},
          "metadata":{"revisions":{},"assumptions":["x"]},"last_updated":1})",
      R"({"metadata":{"revisions":[{"version":"1"},{"version":"1"}]},"journal":[{"timestamp":"t"}]})"};
  std::size_t conflicts = 0;
  for (const std::string& base : documents) {
    for (const std::string& ours : documents) {
      for (const std::string& theirs : documents) {
        SCOPED_TRACE(base + " | " + ours + " | " + theirs);
        const Result<Merged> merged = merge(base, ours, theirs);
        if (!merged) {
          EXPECT_EQ(merged.error().kind, ErrorKind::kRefused) << merged.error().message;
          continue;
        }
        EXPECT_TRUE(ReadSpec(merged->bytes).ok) << merged->bytes;
        conflicts += merged->conflicts.size();
      }
    }
  }
  EXPECT_GT(conflicts, 100U);
}

}  // namespace
}  // namespace sdd::repair
