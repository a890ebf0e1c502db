// What comes out of which damage, with everything around salvage: git, consent, receipt.
#include <gtest/gtest.h>

#include "workspace/repair/repair_room.h"

namespace sdd::workspace {
namespace {

using Status = Repaired::Status;
using test::count_of;
using test::RepairRoom;
using test::room_spec;

class DamagedInSomeWay : public testing::Test {
 protected:
  // Repairs, agrees to what is lost, and checks that the receipt holds and nothing is left to do.
  Repaired repaired() {
    Repaired result = room.repair();
    if (result.status == Status::kPlanned) {
      RepairRequest request = RepairRoom::request();
      request.accept_loss = result.receipt.plan;
      result = room.repair(request);
    }
    EXPECT_EQ(result.status, Status::kRepaired);
    if (result.status != Status::kRepaired) return result;
    const Verified verified = room.verify(result);
    EXPECT_TRUE(verified.problems.empty()) << verified.problems.front();
    json::Parser parser;
    json::Tree tree;
    const std::string bytes = room.bytes();
    EXPECT_TRUE(parser.parse(bytes, tree));
    return result;
  }

  RepairRoom room;
};

TEST_F(DamagedInSomeWay, tail_gives_the_entry_that_the_document_lacks) {
  ASSERT_TRUE(room.run(spec::AddJournal{"first", "x"}));
  const std::string shorter = room.bytes();
  ASSERT_TRUE(room.run(spec::AddJournal{"second", "x"}));
  const std::string longer = room.bytes();
  std::filesystem::remove_all(room.own("log"));
  room.write(shorter + longer.substr(longer.find("\"first\"")));
  const Repaired result = repaired();
  EXPECT_TRUE(result.receipt.lost.empty());
  EXPECT_EQ(count_of(room.bytes(), "\"second\""), 1U);
  EXPECT_EQ(count_of(room.bytes(), "\"first\""), 1U);
}

TEST_F(DamagedInSomeWay, hole_and_cut_come_back_from_git) {
  room.begin_git();
  for (const bool hole : {true, false}) {
    std::string torn = room_spec();
    const std::size_t at = torn.find("\"task-1-1\": {") + 20;
    hole ? (void)torn.replace(at, 30, std::string(30, '\0')) : torn.resize(at);
    room.write(torn);
    const Repaired result = repaired();
    EXPECT_TRUE(result.receipt.lost.empty());
    EXPECT_TRUE(spec::same_meaning(room.bytes(), room_spec())) << room.bytes();
  }
}

TEST_F(DamagedInSomeWay, cut_without_any_source_says_what_is_lost_and_needs_consent) {
  const std::string whole = room_spec();
  room.write(whole.substr(0, whole.find("\"task-1-2\": {") + 20));
  const Repaired planned = room.repair();
  ASSERT_EQ(planned.status, Status::kPlanned);
  std::string lost;
  for (const repair::Lost& one : planned.receipt.lost) lost += one.pointer + "\n";
  EXPECT_NE(lost.find("/hierarchy/task-1-2"), std::string::npos) << lost;
  repaired();
  EXPECT_EQ(count_of(room.bytes(), "\"task-1-1\": {"), 1U);
}

TEST_F(DamagedInSomeWay, orphans_of_a_lost_parent_stay) {
  const std::string whole = room_spec();
  std::string torn = whole;
  const std::size_t at = torn.find("\"phase-1\": {") + 14;
  torn.replace(at, 20, std::string(20, '\0'));
  room.write(torn);
  repaired();
  EXPECT_EQ(count_of(room.bytes(), "\"task-1-1\": {"), 1U);
  EXPECT_EQ(count_of(room.bytes(), "\"task-1-2\": {"), 1U);
}

TEST_F(DamagedInSomeWay, conflict_markers_are_merged_with_the_base_of_the_index) {
  room.begin_git();
  room.git("checkout -q -b topic");
  ASSERT_TRUE(room.run(spec::CompleteTask{"task-1-1"}));
  room.git("commit -q -a -m theirs && git checkout -q main");
  ASSERT_TRUE(room.run(spec::CompleteTask{"task-1-2"}));
  room.git("commit -q -a -m ours");
  const auto merge = test::run_shell("-c 'git merge -q topic'", room.folder.path());
  ASSERT_NE(merge.exit, 0);
  ASSERT_NE(room.bytes().find("<<<<<<<"), std::string::npos);
  repaired();
  EXPECT_EQ(count_of(room.bytes(), "\"Task Completed: T\""), 2U);
  EXPECT_EQ(count_of(room.bytes(), "\"completed_tasks\": 2"), 2U);
}

TEST_F(DamagedInSomeWay, key_twice_is_put_together_or_refused) {
  std::string twice = room_spec();
  const std::size_t begin = twice.find("\"task-1-1\": {");
  const std::string task = twice.substr(begin, twice.find("\"task-1-2\": {") - begin);
  twice.insert(begin, task);
  room.write(twice);
  repaired();
  EXPECT_EQ(count_of(room.bytes(), "\"task-1-1\": {"), 1U);
  const std::size_t other = twice.find("\"pending\"", begin);
  twice.replace(other, 9, "\"blocked\"");
  room.write(twice);
  EXPECT_EQ(room.repair().status, Status::kRefused);
  EXPECT_EQ(room.bytes(), twice);
}

}  // namespace
}  // namespace sdd::workspace
