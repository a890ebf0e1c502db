#include "workspace/repair/repair.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "store/fake_clock.h"
#include "store/faulty_file_system.h"
#include "workspace/lost_updates.h"
#include "workspace/repair/repair_room.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;
using Status = Repaired::Status;
using test::RepairRoom;
using test::room_spec;

std::string with_tail() { return room_spec() + "\n}\n  ]\n}"; }
std::string cut_off() { return room_spec().substr(0, room_spec().size() / 2); }

TEST(Repair, leaves_a_healthy_file_alone) {
  RepairRoom room;
  const Repaired repaired = room.repair();
  EXPECT_EQ(repaired.status, Status::kClean);
  EXPECT_EQ(room.bytes(), room_spec());
  EXPECT_FALSE(fs::exists(room.own("salvage")));
}

TEST(Repair, keeps_the_document_in_front_of_a_tail_and_proves_it) {
  RepairRoom room;
  room.write(with_tail());
  const Repaired repaired = room.repair();
  ASSERT_EQ(repaired.status, Status::kRepaired);
  EXPECT_EQ(room.bytes(), room_spec());
  EXPECT_TRUE(room.is_salvaged(with_tail()));
  EXPECT_EQ(repaired.receipt.damage.at(0).kind, "trailing-fragment");
  EXPECT_EQ(repaired.receipt.base, "file");
  const Verified verified = room.verify(repaired);
  EXPECT_TRUE(verified.problems.empty()) << verified.problems.front();
  EXPECT_GE(verified.pieces, 1U);
  EXPECT_EQ(room.repair().status, Status::kClean);
}

TEST(Repair, takes_the_committed_document_where_the_file_is_cut_off) {
  RepairRoom room;
  room.begin_git();
  room.write(cut_off());
  const Repaired repaired = room.repair();
  ASSERT_EQ(repaired.status, Status::kRepaired);
  EXPECT_EQ(room.bytes(), room_spec());
  EXPECT_TRUE(repaired.receipt.base == "index" || repaired.receipt.base == "head");
  EXPECT_TRUE(room.verify(repaired).problems.empty());
}

TEST(Repair, of_an_empty_file_takes_the_best_source) {
  RepairRoom room;
  room.folder.write("specs/.backups/" + std::string(test::kRoomId) + ".backup", room_spec());
  room.write("");
  const Repaired repaired = room.repair();
  ASSERT_EQ(repaired.status, Status::kRepaired);
  EXPECT_EQ(repaired.receipt.base, "backup-1");
  EXPECT_EQ(room.bytes(), room_spec());
  EXPECT_TRUE(room.verify(repaired).problems.empty());
}

TEST(Repair, without_any_source_is_refused_and_the_file_stays) {
  RepairRoom room;
  room.write("");
  const Repaired repaired = room.repair();
  EXPECT_EQ(repaired.status, Status::kRefused);
  ASSERT_FALSE(repaired.receipt.lost.empty());
  EXPECT_EQ(room.bytes(), "");
  EXPECT_TRUE(repaired.receipt.plan.empty());
}

TEST(Repair, in_a_dry_run_touches_nothing_and_gives_the_plan) {
  RepairRoom room;
  room.write(with_tail());
  RepairRequest request = RepairRoom::request();
  request.dry_run = true;
  const Repaired planned = room.repair(request);
  EXPECT_EQ(planned.status, Status::kPlanned);
  EXPECT_EQ(planned.after, room_spec());
  EXPECT_EQ(room.bytes(), with_tail());
  EXPECT_FALSE(fs::exists(room.own("")));
  EXPECT_EQ(room.repair().receipt.plan, planned.receipt.plan);
}

TEST(Repair, plan_is_another_one_when_a_source_or_the_damage_changes) {
  RepairRoom room;
  RepairRequest request = RepairRoom::request();
  request.dry_run = true;
  room.write(with_tail());
  const std::string first = room.repair(request).receipt.plan;
  room.write(with_tail() + " ");
  const std::string second = room.repair(request).receipt.plan;
  room.folder.write("specs/active/" + std::string(test::kRoomId) + ".json.backup", "{}");
  const std::string third = room.repair(request).receipt.plan;
  EXPECT_NE(first, second);
  EXPECT_NE(second, third);
  EXPECT_EQ(third, room.repair(request).receipt.plan);
}

TEST(Repair, copies_the_same_damage_once) {
  RepairRoom room;
  room.write("");
  EXPECT_EQ(room.repair().receipt.original, room.repair().receipt.original);
  EXPECT_EQ(room.files_in("salvage"), 1U);
}

TEST(Repair, takes_a_file_that_is_named_before_anything_else) {
  RepairRoom room;
  room.begin_git();
  std::string other = room_spec();
  other.replace(other.find("\"T\""), 3, "\"Named\"");
  room.folder.write("kept.json", other);
  room.write("");
  RepairRequest request = RepairRoom::request();
  request.from = {"kept.json"};
  const Repaired repaired = room.repair(request);
  EXPECT_EQ(repaired.receipt.sources.at(1).id, "from-1");
  request.from = {"nowhere"};
  room.write("{");
  const auto unknown = repair_file(request, room.places());
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().kind, ErrorKind::kNotFound);
  request.from = {"HEAD"};
  EXPECT_EQ(room.repair(request).receipt.base, "from-1");
}

TEST(Repair, waits_for_a_write_that_is_under_way) {
  RepairRoom room;
  room.write("");
  store::RealFileSystem files;
  store::FakeClock clock;
  std::ofstream writer(room.file(), std::ios::app);
  clock.during_sleep = [&] {
    if (clock.sleeps != 3) return;
    writer << room_spec() << std::flush;
    writer.close();
  };
  Disk disk(files, clock);
  const auto repaired = repair_file(RepairRoom::request(), room.places(), disk);
  ASSERT_TRUE(repaired) << repaired.error().message;
  EXPECT_EQ(repaired->status, Status::kClean);
}

TEST(Repair, of_a_file_that_another_program_mends_meanwhile_is_refused) {
  RepairRoom room;
  room.write(with_tail());
  std::string mended = room_spec();
  mended.replace(mended.find("\"T\""), 3, "\"Mended\"");
  store::RealFileSystem real;
  store::FakeClock clock;
  store::FaultyFileSystem files(real);
  bool wrote = false;
  files.before = [&](int, store::Op op) {
    if (wrote || op != store::Op::kRename || !fs::exists(room.own("log"))) return;
    wrote = !fs::is_empty(room.own("log"));
    if (wrote) room.write(mended);
  };
  Disk disk(files, clock);
  const auto repaired = repair_file(RepairRoom::request(), room.places(), disk);
  ASSERT_FALSE(repaired);
  EXPECT_EQ(repaired.error().kind, ErrorKind::kRefused);
  EXPECT_EQ(room.bytes(), mended);
  EXPECT_TRUE(room.is_salvaged(with_tail()));
  for (const auto& entry : fs::directory_iterator(room.own("salvage"))) {
    EXPECT_FALSE(entry.path().string().ends_with(".proof.json"));
  }
}

TEST(Repair, is_undone_once_and_only_while_nothing_came_after_it) {
  RepairRoom room;
  EXPECT_EQ(room.undo().error().kind, ErrorKind::kRefused);
  room.write(with_tail());
  ASSERT_EQ(room.repair().status, Status::kRepaired);
  const auto undone = room.undo();
  ASSERT_TRUE(undone) << undone.error().message;
  EXPECT_EQ(undone->command, "repair");
  EXPECT_EQ(room.bytes(), with_tail());
  EXPECT_EQ(room.undo().error().kind, ErrorKind::kRefused);
  ASSERT_EQ(room.repair().status, Status::kRepaired);
  ASSERT_TRUE(room.run(spec::CompleteTask{"task-1-1"}));
  const std::string after = room.bytes();
  EXPECT_EQ(room.undo().error().kind, ErrorKind::kRefused);
  EXPECT_EQ(room.bytes(), after);
}

TEST(Repair, undo_without_the_bytes_from_before_is_refused) {
  RepairRoom room;
  room.write(with_tail());
  const Repaired repaired = room.repair();
  fs::remove(room.folder.path() / repaired.receipt.original);
  const auto undone = room.undo();
  ASSERT_FALSE(undone);
  EXPECT_EQ(undone.error().kind, ErrorKind::kRefused);
  EXPECT_EQ(room.bytes(), room_spec());
}

TEST(Repair, is_no_lost_update_and_hides_none) {
  RepairRoom room;
  ASSERT_TRUE(room.run(spec::CompleteTask{"task-1-1"}));
  const std::string done = room.bytes();
  room.write(done + "tail");
  ASSERT_EQ(room.repair().status, Status::kRepaired);
  EXPECT_EQ(room.bytes(), done);
  const LostUpdates lost(room.folder.path() / "specs");
  const auto findings = [&] {
    test::SpecDocument document(room.bytes());
    SourceText source;
    source.reset("x", room.bytes());
    return lost.find(spec_path(room.file()), source, document.spec).size();
  };
  EXPECT_EQ(findings(), 0U);
}

}  // namespace
}  // namespace sdd::workspace
