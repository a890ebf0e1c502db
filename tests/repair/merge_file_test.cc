#include "repair/merge_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spec/spec_files.h"
#include "spec_document.h"

namespace sdd::repair {
namespace {

using Outcome = FileMerge::Outcome;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kSpecPath = "specs/active/demo-2026-01-02-001.json";
constexpr const char* kLogPath = "meta/memory_bank/branch_updates/2026-05-05-x.md";

std::string spec_with(const std::string& more, const std::string& title = "T") {
  std::string text = test::spec_json(
      {{.id = "spec-root", .type = "spec", .children = {"a"}}, {.id = "a", .parent = "spec-root"}},
      more);
  text.replace(text.find("\"title\": \"T\""), 12, "\"title\": \"" + title + "\"");
  return text;
}

std::string file_entry(const std::string& title, const std::string& owner = "Ann") {
  return "- [x] **[BUG]** " + title + "\n  - Spec: `w/1.md`\n  - Owner: " + owner +
         "\n  - Done: 2026-02-11";
}

FileMerge merged_file(const char* path, const std::string& base, const std::string& ours,
                      const std::string& theirs, std::size_t width = 7) {
  const auto merged = merge_file(path, {base, ours, theirs}, {.width = width});
  EXPECT_TRUE(merged) << merged.error().message;
  return merged.value_or(FileMerge{});
}

TEST(MergeFile, tells_by_its_path_what_a_file_is) {
  const std::string base = spec_with("");
  const std::string ours = spec_with("\"a\": 1,");
  const std::string theirs = spec_with("\"b\": 1,");
  for (const char* path : {kSpecPath, "x.json", ""}) {
    EXPECT_EQ(merged_file(path, base, ours, theirs).outcome, Outcome::kMerged) << path;
  }
  for (const char* path : {"x.txt", "specs/active/.x.json", "memory_bank/README.md",
                           "memory_bank/branch_updates/_template.md", "memory_bank/x/y.md"}) {
    EXPECT_EQ(merged_file(path, base, ours, theirs).outcome, Outcome::kText) << path;
  }
  for (const char* path : {"x.json", ""}) {
    EXPECT_EQ(merged_file(path, "{}", "{\"a\": 1}", "{\"b\": 1}").outcome, Outcome::kText) << path;
  }
  EXPECT_EQ(merged_file("specs/active/x.json", "{}", "{\"a\": 1}", "{\"b\": 1}").outcome,
            Outcome::kMerged);
}

TEST(MergeFile, of_equal_sides_reads_nothing) {
  EXPECT_EQ(merged_file(kSpecPath, "{", "no json", "no json").bytes, "no json");
  EXPECT_EQ(merged_file(kSpecPath, "{", "no json", "{").bytes, "no json");
  EXPECT_EQ(merged_file(kSpecPath, "{", "{", "no json").bytes, "no json");
}

TEST(MergeFile, says_which_version_is_damaged) {
  const std::string good = spec_with("");
  const std::string other = spec_with("\"a\": 1,");
  const std::string cut = good.substr(0, good.size() - 20);
  const auto message = [](const char* path, const std::string& base, const std::string& ours,
                          const std::string& theirs) {
    const auto merged = merge_file(path, {base, ours, theirs}, {});
    return merged ? "no error" : merged.error().message;
  };
  EXPECT_THAT(message(kSpecPath, good, other, cut),
              StartsWith("their version is damaged at line 5, column "));
  EXPECT_THAT(message(kSpecPath, good, cut, other), StartsWith("our version is damaged"));
  EXPECT_THAT(message(kSpecPath, cut, good, other), StartsWith("base is damaged"));
  EXPECT_THAT(message(kSpecPath, "", good, cut), StartsWith("their version is damaged"));
  EXPECT_THAT(message(kSpecPath, good, other, cut), HasSubstr("[SDD002]"));
  EXPECT_THAT(message(kLogPath, "a\n", "<<<<<<< a\nb\n=======\nc\n>>>>>>> d\n", "e\n"),
              StartsWith("our version is damaged at line 1, column 1: [SDD006]"));
}

TEST(MergeFile, of_a_spec_in_conflict_is_json_and_says_what_ours_says) {
  const auto merged = merged_file(kSpecPath, spec_with(""), spec_with("", "Ours"),
                                  spec_with("\"b\": 1,", "Theirs"));
  EXPECT_EQ(merged.outcome, Outcome::kConflict);
  EXPECT_THAT(merged.conflicts, ElementsAre("/title: both sides changed it differently"));
  const test::ReadSpec read(merged.bytes);
  ASSERT_TRUE(read.ok);
  EXPECT_EQ(read.spec.title.string(), "Ours");
  EXPECT_EQ(read.tree.root().find("b").integer(), 1);
}

TEST(MergeFile, of_a_spec_without_a_base_keeps_what_either_has) {
  const auto merged = merged_file(kSpecPath, "", spec_with("\"a\": 1,"), spec_with("\"b\": [2],"));
  EXPECT_EQ(merged.outcome, Outcome::kMerged);
  const test::ReadSpec read(merged.bytes);
  EXPECT_EQ(read.tree.root().find("a").raw(), "1");
  EXPECT_EQ(read.tree.root().find("b").raw(), "[2]");
  EXPECT_EQ(read.spec.nodes().size(), 2U);
}

TEST(MergeFile, of_a_spec_without_a_base_takes_a_difference_for_a_conflict) {
  const auto merged = merged_file(kSpecPath, "", spec_with("", "Ours"), spec_with("", "Theirs"));
  EXPECT_EQ(merged.outcome, Outcome::kConflict);
  ASSERT_EQ(merged.conflicts.size(), 1U);
  EXPECT_THAT(merged.conflicts[0], StartsWith("/title"));
  EXPECT_EQ(merged.bytes, spec_with("", "Ours"));
}

TEST(MergeFile, of_a_spec_without_a_base_takes_the_further_of_two_statuses) {
  const auto with_status = [](const std::string& status, const std::string& metadata) {
    const bool done = status == "completed";
    const std::string count = done ? "1" : "0";
    return test::spec_json({{.id = "spec-root",
                             .type = "spec",
                             .status = done ? "completed" : "in_progress",
                             .children = {"a"},
                             .completed = count},
                            {.id = "a",
                             .status = status,
                             .parent = "spec-root",
                             .completed = count,
                             .metadata = metadata}});
  };
  const std::string open = with_status("in_progress", "{}");
  const std::string early = with_status("completed", R"({"completed_at": "2026-01-03T00:00:00Z"})");
  const std::string late = with_status("completed", R"({"completed_at": "2026-01-04T00:00:00Z"})");
  EXPECT_EQ(merged_file(kSpecPath, "", early, open).bytes, early);
  EXPECT_EQ(merged_file(kSpecPath, "", early, late).bytes, early);
  const test::ReadSpec done(merged_file(kSpecPath, "", open, early).bytes);
  EXPECT_EQ(done.spec.find("a")->status, spec::Status::kCompleted);
  EXPECT_EQ(done.spec.root()->completed, 1);
  EXPECT_EQ(merged_file(kSpecPath, "", with_status("blocked", "{}"), early).outcome,
            Outcome::kConflict);
}

TEST(MergeFile, of_real_specs_without_a_base_is_what_both_say_where_they_agree) {
  for (const test::SpecFile& file : test::spec_files()) {
    const test::ReadSpec read(file.bytes);
    if (!read.ok || read.spec.journal().empty()) continue;
    SCOPED_TRACE(file.name);
    const spec::JournalEntry& last = read.spec.journal().back();
    const auto without = spec::apply_changes(
        file.bytes,
        {spec::remove_item({"journal"}, spec::item_key(spec::ListKind::kEntries, last.value),
                           {std::string(last.value.raw()), true}, {})});
    if (!without) continue;  // two entries of one identity
    const auto merged = merge_unrelated(*without, file.bytes);
    ASSERT_TRUE(merged) << merged.error().message;
    EXPECT_TRUE(merged->conflicts.empty());
    EXPECT_EQ(test::ReadSpec(merged->bytes).spec.journal().size(), read.spec.journal().size());
  }
}

TEST(MergeFile, marks_an_entry_that_both_changed_and_merges_the_others) {
  const std::string head = "# Log\n\n";
  const auto merged =
      merged_file(kLogPath, head + file_entry("A") + "\n", head + file_entry("A", "Bob") + "\n",
                  head + file_entry("A", "Cid") + "\n\n" + file_entry("B") + "\n", 9);
  EXPECT_EQ(merged.outcome, Outcome::kConflict);
  EXPECT_THAT(merged.conflicts, ElementsAre("'A': both sides say it differently"));
  EXPECT_EQ(merged.bytes, head + "<<<<<<<<< ours\n" + file_entry("A", "Bob") + "\n=========\n" +
                              file_entry("A", "Cid") + "\n>>>>>>>>> theirs\n\n" + file_entry("B") +
                              "\n");
}

TEST(MergeFile, marks_an_entry_that_one_side_removed) {
  const std::string base = "# Log\n\n" + file_entry("A") + "\n\n" + file_entry("B") + "\n";
  const std::string changed =
      "# Log\n\n" + file_entry("A") + "\n\n" + file_entry("B", "Bob") + "\n";
  const std::string removed = "# Log\n\n" + file_entry("A") + "\n";
  EXPECT_EQ(merged_file(kLogPath, base, changed, removed).bytes,
            "# Log\n\n" + file_entry("A") + "\n\n<<<<<<< ours\n" + file_entry("B", "Bob") +
                "\n=======\n>>>>>>> theirs\n");
  EXPECT_EQ(merged_file(kLogPath, base, removed, changed).bytes,
            "# Log\n\n" + file_entry("A") + "\n\n<<<<<<< ours\n=======\n" + file_entry("B", "Bob") +
                "\n>>>>>>> theirs\n");
}

TEST(MergeFile, marks_in_the_frame_of_theirs_and_in_its_line_ends) {
  const std::string base = "# Log\n\n" + file_entry("A") + "\n";
  const std::string ours = "# Log\n\n" + file_entry("A", "Bob") + "\n";
  const std::string theirs = "# Journal\n\n" + file_entry("A", "Cid") + "\n";
  const std::string marked = "# Journal\n\n<<<<<<< ours\n" + file_entry("A", "Bob") +
                             "\n=======\n" + file_entry("A", "Cid") + "\n>>>>>>> theirs\n";
  EXPECT_EQ(merged_file(kLogPath, base, ours, theirs).bytes, marked);
  EXPECT_EQ(
      merged_file(kLogPath, test::with_crlf(base), test::with_crlf(ours), test::with_crlf(theirs))
          .bytes,
      test::with_crlf(marked));
}

TEST(MergeFile, of_a_log_that_both_added_has_the_entries_of_both) {
  const auto merged = merged_file(kLogPath, "", file_entry("A") + "\n", file_entry("B") + "\n");
  EXPECT_EQ(merged.outcome, Outcome::kMerged);
  EXPECT_THAT(merged.bytes, HasSubstr(file_entry("A")));
  EXPECT_THAT(merged.bytes, HasSubstr(file_entry("B")));
}

TEST(MergeFile, leaves_headings_that_both_changed_to_git) {
  EXPECT_EQ(merged_file(kLogPath, "# A\n", "# B\n", "# C\n").outcome, Outcome::kText);
}

}  // namespace
}  // namespace sdd::repair
