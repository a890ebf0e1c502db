// Lost journal entries (SDD402) and lost updates (SDD901) come back from where they still stand.
#include "workspace/repair/missing.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "rules/engine.h"
#include "rules/rule.h"
#include "workspace/repair/repair_room.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;
using Status = Repaired::Status;
using test::count_of;
using test::RepairRoom;

constexpr const char* kEntry = "\"Task Completed: T\"";

// The document without the entries of its journal that hold `text`.
std::string without_entry(const std::string& bytes, const std::string& text) {
  const test::SpecDocument document(bytes);
  const json::Value journal = document.tree.root().find("journal");
  const auto keys = spec::item_keys(spec::ListKind::kEntries, journal);
  std::size_t at = 0;
  for (const json::Value entry : journal.elements()) {
    const std::string raw(entry.raw());
    if (raw.find(text) != std::string::npos) {
      const spec::Change change =
          spec::remove_item({"journal"}, keys[at], {raw, true},
                            at == 0 ? spec::Spot{spec::Spot::At::kFirst, {}}
                                    : spec::Spot{spec::Spot::At::kBehind, keys[at - 1]});
      return spec::apply_changes(bytes, {change}).value();
    }
    ++at;
  }
  ADD_FAILURE() << "no entry has " << text;
  return bytes;
}

std::size_t findings_of(const std::string& bytes, std::string_view code) {
  rules::Engine engine({});
  SourceText source;
  source.reset("x", bytes);
  std::size_t count = 0;
  for (const rules::Finding& finding : engine.check(source, {test::kRoomId, "active", {}})) {
    if (finding.rule->code == code) ++count;
  }
  return count;
}

// A spec whose first task was completed and journaled between two other entries; the entry of the
// completion is gone from the file, and so is the log.
class EntryThatIsLost : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(room.run(spec::AddJournal{"before", "x"}));
    ASSERT_TRUE(room.run(spec::CompleteTask{"task-1-1"}));
    ASSERT_TRUE(room.run(spec::AddJournal{"after", "x"}));
    whole = room.bytes();
    lacking = without_entry(whole, kEntry);
    ASSERT_EQ(findings_of(lacking, "SDD402"), 1U);
  }
  void lose() {
    room.write(lacking);
    fs::remove_all(room.own("log"));
  }
  // The entry came back to its place, from a source of this kind.
  void expect_back(const std::string& source) {
    const Repaired repaired = room.repair();
    ASSERT_EQ(repaired.status, Status::kRepaired);
    EXPECT_TRUE(spec::same_meaning(room.bytes(), whole)) << room.bytes();
    EXPECT_EQ(findings_of(room.bytes(), "SDD402"), 0U);
    ASSERT_EQ(repaired.receipt.recovered.size(), 2U);
    EXPECT_EQ(repaired.receipt.recovered[1].pointer, "/journal/1");
    EXPECT_EQ(repaired.receipt.recovered[1].source, source);
    const Verified verified = room.verify(repaired);
    EXPECT_TRUE(verified.problems.empty()) << verified.problems.front();
    EXPECT_EQ(room.repair().status, Status::kClean);
    const auto undone = room.undo();
    ASSERT_TRUE(undone) << undone.error().message;
    EXPECT_EQ(room.bytes(), lacking);
  }

  RepairRoom room;
  std::string whole;
  std::string lacking;
};

TEST_F(EntryThatIsLost, comes_back_from_the_log) {
  room.write(lacking);
  expect_back("log");
}

TEST_F(EntryThatIsLost, comes_back_from_an_earlier_commit_under_another_folder) {
  lose();
  fs::create_directories(room.folder.path() / "specs/pending");
  fs::rename(room.file(), room.file("pending"));
  room.folder.write("specs/pending/" + std::string(test::kRoomId) + ".json", whole);
  room.begin_git();
  fs::rename(room.file("pending"), room.file());
  room.write(lacking);
  room.git("add -A specs && git commit -q -m two");
  expect_back("revision-1");
}

TEST_F(EntryThatIsLost, comes_back_from_another_branch) {
  lose();
  room.begin_git();
  room.git("checkout -q -b topic");
  room.write(whole);
  room.git("commit -q -a -m topic");
  room.git("checkout -q main");
  expect_back("revision-1");
}

TEST_F(EntryThatIsLost, comes_back_from_another_work_tree) {
  lose();
  room.begin_git();
  room.git("worktree add -q tree -b topic");
  room.folder.write("tree/specs/active/" + std::string(test::kRoomId) + ".json", whole);
  expect_back("worktree-1");
}

TEST_F(EntryThatIsLost, comes_back_from_a_backup_and_from_what_was_left_behind) {
  lose();
  const std::string name = std::string(test::kRoomId) + ".json";
  room.folder.write("specs/.sdd/backups/" + name + ".20260101T000000Z", whole);
  expect_back("backup-1");
  fs::remove_all(room.own("backups"));
  room.folder.write("specs/.sdd/displaced/" + std::string(test::kRoomId) + ".1.2", whole);
  lose();
  expect_back("temp-1");
}

TEST_F(EntryThatIsLost, of_another_moment_is_not_taken_for_it) {
  lose();
  std::string other = whole;
  const std::size_t stamp = other.rfind("\"timestamp\"", other.find(kEntry));
  other.replace(other.find("20", stamp), 4, "1999");
  room.folder.write("specs/.backups/" + std::string(test::kRoomId) + ".json", other);
  EXPECT_EQ(room.repair().status, Status::kPlanned);
}

TEST_F(EntryThatIsLost, that_nothing_holds_is_told_by_a_note_and_only_with_consent) {
  lose();
  const Repaired planned = room.repair();
  ASSERT_EQ(planned.status, Status::kPlanned);
  EXPECT_EQ(planned.receipt.lost.at(0).pointer, "/hierarchy/task-1-1");
  EXPECT_EQ(room.bytes(), lacking);
  RepairRequest request = RepairRoom::request();
  request.accept_loss = "another";
  EXPECT_EQ(room.repair(request).status, Status::kPlanned);
  request = RepairRoom::request();  // a moment later
  request.accept_loss = planned.receipt.plan;
  const Repaired repaired = room.repair(request);
  ASSERT_EQ(repaired.status, Status::kRepaired);
  EXPECT_EQ(findings_of(room.bytes(), "SDD402"), 0U);
  EXPECT_EQ(count_of(room.bytes(), "\"note\""), 3U);
  EXPECT_EQ(count_of(room.bytes(), "was lost. The task says that it was journaled at 20"), 1U);
  EXPECT_TRUE(room.verify(repaired).problems.empty());
}

// A stale copy was written over the update.
class UpdateThatIsLost : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(room.run(spec::AddJournal{"before", "x"}));
    stale = room.bytes();
    ASSERT_TRUE(room.run(spec::CompleteTask{"task-1-1"}));
    whole = room.bytes();
    request.replay = true;
  }
  // Writes an older version with another title.
  void overwrite(const std::string& bytes) const {
    std::string other = bytes;
    other.replace(other.find("\"title\": \"T\""), 12, "\"title\": \"Other\"");
    room.write(other);
  }

  RepairRoom room;
  RepairRequest request = RepairRoom::request();
  std::string stale;
  std::string whole;
};

TEST_F(UpdateThatIsLost, comes_back_from_the_log_and_keeps_what_came_after) {
  overwrite(stale);
  const Repaired told = room.repair();
  EXPECT_EQ(told.status, Status::kPlanned);
  ASSERT_EQ(told.receipt.lost.size(), 1U);
  const Repaired repaired = room.repair(request);
  ASSERT_EQ(repaired.status, Status::kRepaired);
  std::string expected = whole;
  expected.replace(expected.find("\"title\": \"T\""), 12, "\"title\": \"Other\"");
  EXPECT_TRUE(spec::same_meaning(room.bytes(), expected)) << room.bytes();
  const Verified verified = room.verify(repaired);
  EXPECT_TRUE(verified.problems.empty()) << verified.problems.front();
  EXPECT_EQ(room.repair(request).status, Status::kClean);
  EXPECT_EQ(room.repair().status, Status::kClean);
}

TEST_F(UpdateThatIsLost, that_contradicts_what_stands_there_is_refused_by_its_name) {
  std::string other = stale;
  const std::size_t task = other.find("\"task-1-1\": {");
  other.replace(other.find("\"pending\"", task), 9, "\"in_progress\"");
  overwrite(other);
  const Repaired planned = room.repair(request);
  EXPECT_EQ(planned.status, Status::kPlanned);
  ASSERT_EQ(planned.receipt.lost.size(), 1U);
  EXPECT_NE(planned.receipt.lost[0].why.find("'test' of "), std::string::npos);
  EXPECT_NE(planned.receipt.lost[0].why.find("cannot be done again"), std::string::npos);
}

TEST_F(UpdateThatIsLost, several_come_back_in_their_order) {
  ASSERT_TRUE(room.run(spec::CompleteTask{"task-1-2"}));
  ASSERT_TRUE(room.run(spec::AddJournal{"late", "x"}));
  whole = room.bytes();
  overwrite(stale);
  const Repaired repaired = room.repair(request);
  ASSERT_EQ(repaired.status, Status::kRepaired);
  std::string expected = whole;
  expected.replace(expected.find("\"title\": \"T\""), 12, "\"title\": \"Other\"");
  EXPECT_TRUE(spec::same_meaning(room.bytes(), expected)) << room.bytes();
  EXPECT_TRUE(room.verify(repaired).problems.empty());
}

}  // namespace
}  // namespace sdd::workspace
