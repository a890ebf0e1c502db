// Markdown of the memory bank with conflict markers: joined, proved, undone.
#include <gtest/gtest.h>

#include <filesystem>

#include "workspace/repair/line_runs.h"
#include "workspace/repair/repair_room.h"

namespace sdd::workspace {
namespace {

using Status = Repaired::Status;

constexpr const char* kLogName = "memory_bank/branch_updates/2026-02-11-topic.md";

std::string log_entry(const std::string& title) {
  return "- [x] **[BUG]** " + title +
         "\n  - Spec: `memory_bank/specs/work_items/a.md`\n  - Owner: Ann\n  - Branch: `topic`\n"
         "  - Done: 2026-02-11\n  - Summary: S.\n";
}

class ConflictInALog : public testing::Test {
 protected:
  void SetUp() override { room.folder.write("memory_bank/current_tasks.md", "# Tasks\n"); }

  RepairRequest request() const {
    RepairRequest request = test::RepairRoom::request();
    request.file = kLogName;
    return request;
  }
  void write(const std::string& bytes) const { room.folder.write(kLogName, bytes); }
  std::string bytes() const { return test::read_bytes(room.folder.path() / kLogName); }

  const test::RepairRoom room;
};

TEST_F(ConflictInALog, keeps_both_sides_and_proves_it) {
  const std::string torn = log_entry("A") + "\n<<<<<<< HEAD\n" + log_entry("B") + "=======\n" +
                           log_entry("C") + ">>>>>>> topic\n";
  write(torn);
  const Repaired repaired = room.repair(request());
  ASSERT_EQ(repaired.status, Status::kRepaired);
  EXPECT_EQ(bytes(), log_entry("A") + "\n" + log_entry("B") + "\n" + log_entry("C"));
  EXPECT_EQ(repaired.receipt.damage.at(0).kind, "conflict-markers");
  const Verified verified = room.verify(repaired);
  EXPECT_TRUE(verified.problems.empty()) << verified.problems.front();
  EXPECT_GE(verified.pieces, 2U);
  EXPECT_EQ(room.repair(request()).status, Status::kClean);
  UndoRequest undo;
  undo.file = kLogName;
  const auto undone = undo_repair(undo, room.places());
  ASSERT_TRUE(undone) << undone.error().message;
  EXPECT_EQ(bytes(), torn);
}

TEST_F(ConflictInALog, takes_the_base_from_the_index_of_an_unfinished_merge) {
  write(log_entry("A") + "\n" + log_entry("Z"));
  room.git("init -q -b main .");
  room.git("config user.name Ann && git config user.email ann@example.org");
  room.git("add . && git commit -q -m one && git checkout -q -b topic");
  write(log_entry("A"));  // Z is removed there
  room.git("commit -q -a -m two && git checkout -q main");
  write(log_entry("A") + "\n" + log_entry("B") + "\n" + log_entry("Z"));
  room.git("commit -q -a -m three");
  const auto merge = test::run_shell("-c 'git merge -q topic'", room.folder.path());
  ASSERT_NE(merge.exit, 0);
  const Repaired repaired = room.repair(request());
  ASSERT_EQ(repaired.status, Status::kRepaired);
  EXPECT_EQ(repaired.receipt.base, "index-1");
  EXPECT_EQ(bytes(), log_entry("A") + "\n" + log_entry("B"));
  EXPECT_TRUE(room.verify(repaired).problems.empty());
}

TEST_F(ConflictInALog, that_contradicts_itself_is_refused_with_its_lines) {
  std::string other = log_entry("A");
  other.replace(other.find("Ann"), 3, "Bob");
  const std::string torn =
      "<<<<<<< HEAD\n" + log_entry("A") + "=======\n" + other + ">>>>>>> topic\n";
  write(torn);
  const Repaired repaired = room.repair(request());
  ASSERT_EQ(repaired.status, Status::kRefused);
  EXPECT_EQ(repaired.receipt.lost.at(0).why,
            "'A': both sides say it differently (line 2 and line 9)");
  EXPECT_EQ(bytes(), torn);
}

TEST_F(ConflictInALog, other_damage_and_other_files_are_refused) {
  write(log_entry("A") + std::string(3, '\0'));
  EXPECT_EQ(room.repair(request()).status, Status::kRefused);
  write(log_entry("A"));
  EXPECT_EQ(room.repair(request()).status, Status::kClean);
  room.folder.write("notes.md", "x");
  RepairRequest other = request();
  other.file = "notes.md";
  const auto refused = repair_file(other, room.places());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kUsage);
}

TEST(LineRuns, tell_where_a_text_stands_in_another) {
  const std::string other = "a\nb\nx\nb\nc\n\n";
  const auto runs = line_runs("b\nc\n\nq\na\n", other);
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0].lines, (Span{0, 3}));
  EXPECT_EQ(runs[0].bytes, (Span{6, 11}));
  EXPECT_EQ(runs[1].lines, (Span{4, 5}));
  EXPECT_EQ(runs[1].bytes, (Span{0, 2}));
  EXPECT_EQ(name_of_lines({2, 7}), "/lines/3-7");
  EXPECT_EQ(lines_named("/lines/3-7").value(), (Span{2, 7}));
  for (const char* wrong : {"/lines/7-3", "/lines/-3", "/lines/3", "/journal/3", "/lines/0-0"}) {
    EXPECT_FALSE(lines_named(wrong)) << wrong;
  }
  EXPECT_EQ(lines_of("a\n\nb").size(), 3U);
}

}  // namespace
}  // namespace sdd::workspace
