#include "bank/entry_edits.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bank/diff.h"
#include "bank/log_name.h"
#include "text/source_text.h"

namespace sdd::bank {
namespace {

struct EditedFile {
  explicit EditedFile(const std::string& text, Kind kind = Kind::kLog)
      : source("file.md", text), document(Document::of(source, kind)) {}

  const std::string& bytes() const { return source.bytes(); }
  std::string with(const std::vector<Edit>& edits) const {
    const auto after = apply_edits(bytes(), edits);
    return after ? *after : after.error().message;
  }
  std::string closed(std::optional<Date> day = Date{2026, 1, 9}) const {
    return with(close_entry(bytes(), document.entries().at(0), day));
  }
  std::string without(const std::vector<std::size_t>& entries) const {
    std::vector<const TaskEntry*> list;
    for (const std::size_t index : entries) list.push_back(&document.entries().at(index));
    return with(remove_entries(bytes(), document, list));
  }

  SourceText source;
  Document document;
};

const Draft kLamps{.done = false,
                   .tags = {"BUG"},
                   .title = "Lamps",
                   .fields = {{"Owner", {"Ada"}}, {"Tests", {"a", "b"}}}};
constexpr const char* kLampsText = "- [ ] **[BUG]** Lamps\n  - Owner: Ada\n  - Tests: a\n    b\n";

std::string appended(const std::string& text, bool done = false) {
  const EditedFile file(text);
  Draft draft = kLamps;
  draft.done = done;
  return file.with(append_entry(file.bytes(), file.document, draft));
}

TEST(BankLogName, is_made_of_day_and_branch) {
  EXPECT_EQ(log_name({2026, 2, 1}, "codex/bugfix/Lamps-v0.11"),
            "2026-02-01-codex-bugfix-Lamps-v0.11.md");
  EXPECT_EQ(log_name({2026, 2, 1}, kNoBranch), "2026-02-01-head-no-branch.md");
  EXPECT_EQ(branch_slug("HEAD"), "head-no-branch");
  EXPECT_EQ(branch_slug("a b"), "a-b");
}

TEST(BankAppend, begins_a_log) {
  EXPECT_EQ(appended(""), kLampsText);
  EXPECT_EQ(appended("\n \n"), kLampsText);
}

TEST(BankAppend, goes_behind_the_last_entry) {
  const std::string one = "- [x] **[A]** A\n  - Owner: Ada\n";
  EXPECT_EQ(appended(one), one + "\n" + kLampsText);
  EXPECT_EQ(appended(one + "\n\n"), one + "\n" + kLampsText + "\n\n");
  EXPECT_EQ(appended("# Log\n\nWords.\n"), std::string("# Log\n\nWords.\n\n") + kLampsText);
  const std::string notes = "\n## Review\n\n- a remark\n";
  EXPECT_EQ(appended(one + notes), one + "\n" + kLampsText + notes);
  EXPECT_EQ(appended(one + notes.substr(1)), one + "\n" + kLampsText + notes);
}

TEST(BankAppend, keeps_what_the_file_ends_with_and_its_line_ends) {
  const std::string bare = "- [x] **[A]** A\n  - Owner: Ada";
  const std::string lamps(kLampsText);
  EXPECT_EQ(appended(bare), bare + "\n\n" + lamps.substr(0, lamps.size() - 1));
  EXPECT_EQ(appended("# A\r\n\r\n- [x] **[A]** A  \r\n"),
            "# A\r\n\r\n- [x] **[A]** A  \r\n\r\n- [ ] **[BUG]** Lamps\r\n  - Owner: Ada\r\n"
            "  - Tests: a\r\n    b\r\n");
}

TEST(BankAppend, goes_to_the_section_of_its_state) {
  const std::string done = "### Done\n\n- [x] **[A]** A\n  - Owner: Ada\n";
  const std::string lamps(kLampsText);
  const std::string lamps_done = "- [x]" + lamps.substr(5);
  EXPECT_EQ(appended("### In progress\n\n" + done), "### In progress\n\n" + lamps + "\n" + done);
  EXPECT_EQ(appended("### In progress\n\n" + done, true),
            "### In progress\n\n" + done + "\n" + lamps_done);
  EXPECT_EQ(appended(done), done + "\n### In progress\n\n" + lamps);
  EXPECT_EQ(appended("## Active\n\n- [ ] **[A]** A\n", true),
            "## Active\n\n- [ ] **[A]** A\n\n## Done\n\n" + lamps_done);
  // What was done in a review is no place for entries.
  const std::string review = "- [x] **[A]** A\n\n## Review\n\n### Done\n\n- renamed\n";
  EXPECT_EQ(appended(review, true),
            "- [x] **[A]** A\n\n" + lamps_done + "\n## Review\n\n### Done\n\n- renamed\n");
}

TEST(BankClose, ticks_and_sets_done_behind_started) {
  const std::string text =
      "- [ ] **[A]** A [x]\n  - Spec: `a.md`\n  - Owner: Ada\n  - Branch: `b`\n"
      "  - Started: 2026-01-02\n    (late)\n  - Summary: s\n    goes on\n";
  EXPECT_EQ(EditedFile(text).closed(),
            "- [x] **[A]** A [x]\n  - Spec: `a.md`\n  - Owner: Ada\n  - Branch: `b`\n"
            "  - Started: 2026-01-02\n    (late)\n  - Done: 2026-01-09\n  - Summary: s\n"
            "    goes on\n");
}

TEST(BankClose, sets_done_where_it_belongs_without_started) {
  EXPECT_EQ(EditedFile("- [ ] **[A]** A\r\n  * Owner: Ada\r\n  * Tests: t").closed(),
            "- [x] **[A]** A\r\n  * Owner: Ada\r\n  * Done: 2026-01-09\r\n  * Tests: t");
  EXPECT_EQ(EditedFile("- [ ] **[A]** A\n  - Tests: t\n").closed(),
            "- [x] **[A]** A\n  - Done: 2026-01-09\n  - Tests: t\n");
  EXPECT_EQ(EditedFile("- [ ] **[A]** A\n  goes on").closed(),
            "- [x] **[A]** A\n  goes on\n  - Done: 2026-01-09");
}

TEST(BankClose, replaces_the_date_that_stands_there) {
  const auto closed = [](const std::string& done) {
    return EditedFile("- [ ] **[A]** A\n  - Done:" + done + "\n").closed();
  };
  const std::string head = "- [x] **[A]** A\n  - Done:";
  EXPECT_EQ(closed(" 2026-01-05"), head + " 2026-01-09\n");
  EXPECT_EQ(closed(" 2026-01-05, (release pending)\n    soon"),
            head + " 2026-01-09, (release pending)\n    soon\n");
  EXPECT_EQ(closed(" 2026-02-30 x"), head + " 2026-01-09 x\n");
  EXPECT_EQ(closed(" TBD"), head + " 2026-01-09\n");
  EXPECT_EQ(closed(" when released"), head + " 2026-01-09 when released\n");
  EXPECT_EQ(closed(""), head + " 2026-01-09\n");
  EXPECT_EQ(closed("2026-01-05"), head + "2026-01-09\n");
}

TEST(BankClose, leaves_alone_what_is_so_already) {
  const std::string text = "- [x] **[A]** A\n  - Done: 2026-01-09\n";
  EXPECT_EQ(EditedFile(text).closed(), text);
  EXPECT_EQ(EditedFile("- [ ] **[A]** A\n  - Done: 2026-01-05\n").closed(std::nullopt),
            "- [x] **[A]** A\n  - Done: 2026-01-05\n");
}

constexpr const char* kThree =
    "# Log\n\n- [x] **[A]** A\n  - Owner: Ada\n\n- [x] **[B]** B\n- [x] **[C]** C\n\n- [x] **[D]** "
    "D\n";

TEST(BankRemove, takes_the_blank_lines_that_set_an_entry_apart) {
  const EditedFile file(kThree);
  EXPECT_EQ(file.without({0}), "# Log\n\n- [x] **[B]** B\n- [x] **[C]** C\n\n- [x] **[D]** D\n");
  EXPECT_EQ(file.without({1}),
            "# Log\n\n- [x] **[A]** A\n  - Owner: Ada\n\n- [x] **[C]** C\n\n- [x] **[D]** D\n");
  // B and D were apart, and stay so.
  EXPECT_EQ(file.without({2}),
            "# Log\n\n- [x] **[A]** A\n  - Owner: Ada\n\n- [x] **[B]** B\n\n- [x] **[D]** D\n");
  EXPECT_EQ(file.without({3}),
            "# Log\n\n- [x] **[A]** A\n  - Owner: Ada\n\n- [x] **[B]** B\n- [x] **[C]** C\n");
  EXPECT_EQ(file.without({2, 3}), "# Log\n\n- [x] **[A]** A\n  - Owner: Ada\n\n- [x] **[B]** B\n");
  EXPECT_EQ(file.without({3, 0, 2, 1}), "# Log\n");
}

TEST(BankRemove, keeps_what_the_file_ends_with) {
  EXPECT_EQ(EditedFile("- [x] **[A]** A\n\n- [x] **[B]** B").without({1}), "- [x] **[A]** A");
  EXPECT_EQ(EditedFile("- [x] **[A]** A\r\n\r\n- [x] **[B]** B\r\n").without({0}),
            "- [x] **[B]** B\r\n");
  EXPECT_EQ(EditedFile("- [x] **[A]** A\r\n\r\n- [x] **[B]** B\r\n").without({1}),
            "- [x] **[A]** A\r\n");
  EXPECT_EQ(EditedFile("- [x] **[A]** A\n").without({0}), "");
}

TEST(BankRemove, takes_a_suppression_along) {
  const std::string comment = "<!-- sdd: ignore SDD604 because it is old -->\n";
  const EditedFile file("# L\n\n" + comment + "- [x] **[A]** A\n\n- [x] **[B]** B\n");
  EXPECT_EQ(file.without({0}), "# L\n\n- [x] **[B]** B\n");
  EXPECT_EQ(movable(file.document, file.document.entries()[0]).view(), comment + "- [x] **[A]** A");
  EXPECT_EQ(movable(file.document, file.document.entries()[1]).view(), "- [x] **[B]** B");
}

std::string inserted(const std::string& tasks, const std::vector<MovedEntry>& entries) {
  const EditedFile file(tasks, Kind::kCurrentTasks);
  return file.with(insert_done_entries(file.bytes(), file.document, entries));
}

const MovedEntry kNew{"- [x] **[N]** New\n  - Done: 2026-01-05", Date{2026, 1, 5}};
const MovedEntry kNewer{"- [x] **[N]** Newer\n  - Done: 2026-01-05", Date{2026, 1, 5}};
const MovedEntry kOldest{"- [x] **[N]** Oldest\n  - Done: 2025-01-05", Date{2025, 1, 5}};

TEST(BankInsert, puts_the_newest_to_the_top) {
  const std::string head = "# Tasks\n\n## Recently Completed (Last 7 Days)\n\n";
  const std::string older = "- [x] **[O]** Older\n  - Done: 2026-01-04\n";
  const std::string rest = "\n- [x] **[L]** Legacy\n  - words\n\n---\n\n## In Progress\n";
  EXPECT_EQ(
      inserted(head + older + rest, {kOldest, kNew, kNewer}),
      head + kNewer.text + "\n\n" + kNew.text + "\n\n" + older + "\n" + kOldest.text + "\n" + rest);
  const std::string later = "- [x] **[O]** Later\n  - Done: 2026-01-06\n";
  EXPECT_EQ(inserted(head + later + "\n" + older, {kNew}),
            head + later + "\n" + kNew.text + "\n\n" + older);
  EXPECT_EQ(inserted(head + later + older, {kNew}),
            head + later + "\n" + kNew.text + "\n\n" + older);
  EXPECT_EQ(inserted(head + later, {kNew}), head + later + "\n" + kNew.text + "\n");
}

TEST(BankInsert, finds_a_place_in_a_section_without_entries) {
  const std::string head = "## Done\n\n";
  EXPECT_EQ(inserted(head + "- [x] **[L]** Legacy\n", {kNew}),
            head + kNew.text + "\n\n- [x] **[L]** Legacy\n");
  EXPECT_EQ(inserted("## Done\n\nSee below.\n\n## Next\n", {kNew}),
            "## Done\n\nSee below.\n\n" + kNew.text + "\n\n## Next\n");
  EXPECT_EQ(inserted("## Done\n## Next\n", {kNew}), head + kNew.text + "\n\n## Next\n");
}

TEST(BankInsert, makes_the_section) {
  EXPECT_EQ(inserted("", {kNew}),
            "# Current Tasks\n\n## Recently Completed\n\n" + kNew.text + "\n");
  EXPECT_EQ(inserted("# Tasks\n\n## In Progress\n", {kNew}),
            "# Tasks\n\n## Recently Completed\n\n" + kNew.text + "\n\n## In Progress\n");
  EXPECT_EQ(inserted("# Tasks\n", {kNew}),
            "# Tasks\n\n## Recently Completed\n\n" + kNew.text + "\n");
}

TEST(BankSameEntries, tells_what_changed_beside_what_was_meant) {
  const EditedFile before("- [x] **[A]** A\n\n- [x] **[B]** B\n");
  const EditedFile after("- [x] **[B]** B\n\n- [x] **[C]** C\n");
  const std::string a = "- [x] **[A]** A";
  const std::string c = "- [x] **[C]** C";
  EXPECT_TRUE(same_entries_but(before.document, after.document, {a}, {c}));
  EXPECT_FALSE(same_entries_but(before.document, after.document, {a}, {}));
  EXPECT_FALSE(same_entries_but(before.document, after.document, {}, {c}));
  EXPECT_FALSE(same_entries_but(before.document, after.document, {a, a}, {c}));
  EXPECT_FALSE(same_entries_but(before.document, before.document, {}, {c}));
  EXPECT_TRUE(same_entries_but(before.document, before.document, {}, {}));
  const EditedFile swapped("- [x] **[B]** B\n\n- [x] **[A]** A\n");
  EXPECT_FALSE(same_entries_but(before.document, swapped.document, {}, {}));
}

std::vector<std::string> told(const std::vector<BankChange>& changes) {
  std::vector<std::string> lines;
  for (const BankChange& change : changes) {
    lines.push_back(change.path + ": " + to_string(change.kind) + " " + change.title);
    for (const FieldChange& field : change.fields) {
      lines.push_back(field.key + ": " + field.before + " > " + field.after);
    }
  }
  return lines;
}

TEST(BankDiff, follows_entries_from_file_to_file_and_tells_alike_ones_apart) {
  const std::string a = "- [x] **[A]** A\n  - Owner: Ada\n";
  const std::string a_of_bob = "- [x] **[A]** A\n  - Owner: Bob\n";
  const std::string open = "- [ ] **[B]** B\n  - Owner: Ada\n";
  const std::string closed = "- [x] **[B]** B\n  - Owner: Ada\n  - Done: 2026-01-02\n";
  const EditedFile log("# Log\n\n" + a + "\n" + a + "\n" + open);
  const EditedFile log_after("# Log\n\n" + a_of_bob + "\n" + closed);
  const EditedFile tasks("# Tasks\n", Kind::kCurrentTasks);
  const EditedFile tasks_after("# Tasks\n\n" + a, Kind::kCurrentTasks);
  const EditedFile other("x\n", Kind::kOther);
  using Lines = std::vector<std::string>;
  EXPECT_EQ(told(diff_bank({{"log", &log.document, &log_after.document},
                            {"tasks", &tasks.document, &tasks_after.document},
                            {"other", &other.document, &other.document},
                            {"gone", &other.document, nullptr}})),
            (Lines{"log: changed A", "Owner: Ada > Bob", "log: closed B", "Done:  > 2026-01-02",
                   "tasks: moved A", "other: text ", "gone: removed "}));
  EXPECT_EQ(told(diff_bank({{"log", &log_after.document, &log.document}})),
            (Lines{"log: changed A", "Owner: Bob > Ada", "log: added A", "log: reopened B",
                   "Done: 2026-01-02 > "}));
}

}  // namespace
}  // namespace sdd::bank
