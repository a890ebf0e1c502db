// Every operation of a repair and of its undoing goes wrong once. Afterwards the file holds the old
// bytes or the new ones, a copy of the damaged bytes is there whenever they are not in the file any
// more, what was said is true, and the next repair does it.
#include <gtest/gtest.h>

#include <array>

#include "store/fake_clock.h"
#include "store/faulty_file_system.h"
#include "store/store_room.h"
#include "workspace/repair/repair_room.h"

namespace sdd::workspace {
namespace {

using store::FaultyFileSystem;
using Status = Repaired::Status;
using test::RepairRoom;
using test::room_spec;

constexpr std::array<FaultyFileSystem::Fault, 3> kRepairFaults = {
    {{FaultyFileSystem::kFail, EIO},
     {FaultyFileSystem::kFailAfter, EIO},
     {FaultyFileSystem::kDie, 0}}};

struct RepairTally {
  int runs = 0, done = 0;
};

// Whether the fault was met.
bool fail_once(const FaultyFileSystem::Fault& fault, int at, bool undoes, RepairTally& tally) {
  SCOPED_TRACE("fault " + std::to_string(fault.kind) + " (" + std::to_string(fault.code) + ") at " +
               std::to_string(at));
  const RepairRoom room(store::quick_place());
  const std::string damaged = room_spec() + "\ntail";
  room.write(damaged);
  if (undoes) {
    EXPECT_EQ(room.repair().status, Status::kRepaired);
  }
  const std::string& before = undoes ? room_spec() : damaged;
  const std::string& after = undoes ? damaged : room_spec();
  store::RealFileSystem real;
  store::FakeClock clock;
  FaultyFileSystem files(real, fault, at);
  Disk disk(files, clock);
  Error error;
  bool done = false;
  if (undoes) {
    UndoRequest request;
    request.file = test::kRoomId;
    const auto undone = undo_repair(request, room.places(), disk);
    done = undone.has_value();
    if (!done) error = undone.error();
  } else {
    const auto repaired = repair_file(RepairRoom::request(), room.places(), disk);
    done = repaired && repaired->status == Status::kRepaired;
    if (!repaired) error = repaired.error();
  }
  ++tally.runs;
  tally.done += done ? 1 : 0;
  const std::string now_there = room.bytes();
  EXPECT_TRUE(now_there == before || now_there == after) << now_there;
  EXPECT_TRUE(now_there == damaged || room.is_salvaged(damaged));
  if (done) {
    EXPECT_EQ(now_there, after);
  } else if (!files.dead()) {
    const bool applied = error.message.find("applied") != std::string::npos;
    EXPECT_TRUE(applied || now_there == before) << error.message;
    EXPECT_GE(exit_code(error.kind), 3) << error.message;
  }
  if (!undoes) {
    const Status expected = now_there == before ? Status::kRepaired : Status::kClean;
    EXPECT_EQ(room.repair().status, expected);
    EXPECT_EQ(room.bytes(), room_spec());
  }
  return files.struck();
}

void fail_each(bool undoes, int least) {
  RepairTally tally;
  for (const auto& fault : kRepairFaults) {
    for (int at = 1; fail_once(fault, at, undoes, tally); ++at) {
      if (testing::Test::HasFailure()) return;
    }
  }
  std::printf("[  FAULTS  ] %s: %d runs, %d done\n", undoes ? "an undo" : "a repair", tally.runs,
              tally.done);
  EXPECT_GT(tally.runs, least);
}

TEST(RepairFaults, each_operation_of_a_repair_fails_once) { fail_each(false, 300); }
TEST(RepairFaults, each_operation_of_an_undo_fails_once) { fail_each(true, 200); }

}  // namespace
}  // namespace sdd::workspace
