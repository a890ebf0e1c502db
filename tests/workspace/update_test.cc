#include "workspace/update.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/faulty_file_system.h"
#include "store/hash.h"
#include "store/update_log.h"
#include "workspace/update_room.h"

namespace sdd::workspace {
namespace {

using spec::AddJournal;
using spec::CompleteTask;
using spec::MoveSpec;
using test::kRoomId;
using test::UpdateRoom;
using testing::HasSubstr;
using testing::IsEmpty;

store::LogContent log_of(const UpdateRoom& room) {
  store::RealFileSystem files;
  return store::read_log(files, room.own("log") / (std::string(kRoomId) + ".jsonl")).value();
}

// Cuts the log's last line off: what an update that died before `done` leaves.
void forget_done(const UpdateRoom& room) {
  const auto path = room.own("log") / (std::string(kRoomId) + ".jsonl");
  const std::string bytes = test::read_bytes(path);
  const std::size_t line = bytes.rfind('\n', bytes.size() - 2);
  std::filesystem::resize_file(path, line + 1);
}

TEST(UpdateSpec, writes_the_change_logs_it_and_leaves_nothing_behind) {
  const UpdateRoom room;
  const auto updated = room.run(CompleteTask{"task-1-1"});
  ASSERT_TRUE(updated) << updated.error().message;
  EXPECT_EQ(updated->completed_tasks, 1);
  EXPECT_EQ(updated->total_tasks, 2);
  EXPECT_EQ(updated->revision, store::git_blob_id(room.bytes()));
  EXPECT_EQ(updated->shown, "specs/active/" + std::string(kRoomId) + ".json");
  const auto log = log_of(room);
  ASSERT_EQ(log.updates.size(), 1U);
  EXPECT_TRUE(log.updates[0].done);
  EXPECT_EQ(log.updates[0].after, updated->revision);
  EXPECT_EQ(log.updates[0].command, "test");
  EXPECT_EQ(room.files_in("tmp"), 0U);
  EXPECT_EQ(room.files_in("displaced"), 0U);
}

TEST(UpdateSpec, what_is_so_already_writes_nothing) {
  const UpdateRoom room;
  ASSERT_TRUE(room.run(CompleteTask{"task-1-1"}));
  const std::string before = room.bytes();
  const auto again = room.run(CompleteTask{"task-1-1"});
  ASSERT_TRUE(again);
  EXPECT_THAT(again->changes, IsEmpty());
  EXPECT_EQ(again->completed_tasks, 1);
  EXPECT_EQ(room.bytes(), before);
  EXPECT_EQ(log_of(room).updates.size(), 1U);
}

TEST(UpdateSpec, a_dry_run_touches_nothing) {
  const UpdateRoom room;
  auto request = room.request(CompleteTask{"task-1-1"});
  request.dry_run = true;
  const auto updated = update_spec(request, room.places());
  ASSERT_TRUE(updated);
  EXPECT_FALSE(updated->edits.empty());
  EXPECT_EQ(room.bytes(), test::room_spec());
  EXPECT_FALSE(std::filesystem::exists(room.own("")));
}

TEST(UpdateSpec, a_request_is_done_once) {
  const UpdateRoom room;
  ASSERT_TRUE(room.run(AddJournal{"Once", "x"}, "r-1"));
  const auto again = room.run(AddJournal{"Once", "x"}, "r-1");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->answered.substr(0, 1), "\"");
  EXPECT_EQ(test::count_of(room.bytes(), "\"Once\""), 1U);
  ASSERT_TRUE(room.run(AddJournal{"Once", "x"}, "r-2"));
  EXPECT_EQ(test::count_of(room.bytes(), "\"Once\""), 2U);
}

TEST(UpdateSpec, a_request_that_died_after_the_exchange_is_not_done_twice) {
  const UpdateRoom room;
  ASSERT_TRUE(room.run(AddJournal{"Once", "x"}, "r-1"));
  forget_done(room);
  ASSERT_FALSE(log_of(room).updates.back().done);
  const auto again = room.run(AddJournal{"Once", "x"}, "r-1");
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->changes.empty()) << "it is answered with what was done";
  EXPECT_EQ(test::count_of(room.bytes(), "\"Once\""), 1U);
  EXPECT_TRUE(log_of(room).updates.back().done) << "now it is acknowledged";
}

TEST(UpdateSpec, a_request_that_died_before_the_exchange_is_done_now) {
  const UpdateRoom room;
  ASSERT_TRUE(room.run(AddJournal{"Once", "x"}, "r-1"));
  forget_done(room);
  room.write(test::room_spec());
  ASSERT_TRUE(room.run(AddJournal{"Once", "x"}, "r-1"));
  EXPECT_EQ(test::count_of(room.bytes(), "\"Once\""), 1U);
  EXPECT_TRUE(log_of(room).updates.back().done);
}

TEST(UpdateSpec, another_revision_is_refused) {
  const UpdateRoom room;
  auto request = room.request(CompleteTask{"task-1-1"});
  request.if_match = store::git_blob_id(test::room_spec());
  ASSERT_TRUE(update_spec(request, room.places()));
  const std::string after = room.bytes();
  request = room.request(CompleteTask{"task-1-2"});
  request.if_match = store::git_blob_id(test::room_spec());
  const auto refused = update_spec(request, room.places());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kRefused);
  EXPECT_EQ(room.bytes(), after);
}

TEST(UpdateSpec, a_damaged_file_is_left_alone) {
  const UpdateRoom room;
  const std::string damaged = test::room_spec() + "}}";
  room.write(damaged);
  const auto updated = room.run(CompleteTask{"task-1-1"});
  ASSERT_FALSE(updated);
  EXPECT_EQ(updated.error().kind, ErrorKind::kDamaged);
  EXPECT_THAT(updated.error().message, HasSubstr("SDD003"));
  EXPECT_EQ(room.bytes(), damaged);
}

TEST(UpdateSpec, an_update_that_would_bring_a_fault_is_refused) {
  const UpdateRoom room;
  auto request = room.request(CompleteTask{"task-1-1"});
  request.compute = [](const spec::Spec&, const SpecPath&) -> Result<spec::Update> {
    spec::Update update;
    update.changes = {spec::change_member({"hierarchy", "task-1-1", "parent"},
                                          json::Snippet{"\"phase-1\""}, json::Snippet{"\"no\""})};
    return update;
  };
  const auto refused = update_spec(request, room.places());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kRefused);
  EXPECT_THAT(refused.error().message, HasSubstr("SDD20"));
  EXPECT_EQ(room.bytes(), test::room_spec());
}

TEST(UpdateSpec, faults_that_stand_elsewhere_are_no_obstacle) {
  const UpdateRoom room;
  std::string bytes = test::room_spec();
  const std::size_t at = bytes.rfind("\"parent\": \"phase-1\"");
  bytes.replace(at, 19, "\"parent\": \"no-one\"");
  room.write(bytes);
  const auto updated = room.run(AddJournal{"Still", "x"});
  ASSERT_TRUE(updated) << updated.error().message;
  EXPECT_EQ(test::count_of(room.bytes(), "\"Still\""), 1U);
}

TEST(UpdateSpec, an_id_in_two_folders_must_be_named_by_its_path) {
  const UpdateRoom room;
  room.folder.write("specs/completed/" + std::string(kRoomId) + ".json", test::room_spec());
  const auto refused = room.run(CompleteTask{"task-1-1"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kRefused);
  EXPECT_EQ(refused.error().candidates.size(), 2U);
  auto request = room.request(CompleteTask{"task-1-1"});
  request.spec = room.file().string();
  EXPECT_TRUE(update_spec(request, room.places()));
  EXPECT_EQ(room.bytes("completed"), test::room_spec());
}

UpdateRequest move_request(const UpdateRoom& room, const std::string& to,
                           const std::string& id = "") {
  auto request = room.request(MoveSpec{"active", to, false}, id);
  request.compute = [to](const spec::Spec& spec, const SpecPath& place) {
    return spec::update(spec, MoveSpec{place.status_folder, to, false}, {now(), false, "Ann"});
  };
  request.move_to = to;
  return request;
}

TEST(UpdateSpec, a_move_takes_the_file_along) {
  const UpdateRoom room;
  const auto moved = update_spec(move_request(room, "completed"), room.places());
  ASSERT_TRUE(moved) << moved.error().message;
  EXPECT_EQ(moved->place.status_folder, "completed");
  EXPECT_FALSE(std::filesystem::exists(room.file()));
  EXPECT_THAT(room.bytes("completed"), HasSubstr("\"status\": \"completed\""));
  const auto again = update_spec(move_request(room, "completed"), room.places());
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_THAT(again->changes, IsEmpty());
}

TEST(UpdateSpec, a_spec_that_is_moved_while_it_is_looked_for_is_found) {
  const UpdateRoom room;
  std::filesystem::create_directories(room.file("completed").parent_path());
  store::RealFileSystem real;
  store::FaultyFileSystem files(real);
  store::RealClock clock;
  files.before = [&, moved = false](int, store::Op op) mutable {
    if (op != store::Op::kRealPath || moved) return;
    std::filesystem::rename(room.file(), room.file("completed"));
    moved = true;
  };
  Disk disk(files, clock);
  const auto updated = update_spec(room.request(AddJournal{"ours", "x"}), room.places(), disk);
  ASSERT_TRUE(updated) << updated.error().message;
  EXPECT_EQ(updated->place.status_folder, "completed");
  EXPECT_EQ(test::count_of(room.bytes("completed"), "\"ours\""), 1U);
}

TEST(UpdateSpec, a_move_onto_another_file_is_refused_before_anything_is_written) {
  const UpdateRoom room;
  room.folder.write("specs/completed/" + std::string(kRoomId) + ".json", "theirs");
  auto request = move_request(room, "completed");
  request.spec = room.file().string();
  const auto refused = update_spec(request, room.places());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kRefused);
  EXPECT_EQ(room.bytes(), test::room_spec());
  EXPECT_EQ(room.bytes("completed"), "theirs");
}

TEST(UpdateSpec, a_move_that_died_half_way_is_finished_by_the_next_update) {
  const UpdateRoom room;
  ASSERT_TRUE(update_spec(move_request(room, "completed", "m"), room.places()));
  forget_done(room);
  std::filesystem::rename(room.file("completed"), room.file());
  const auto next = room.run(AddJournal{"Next", "x"});
  ASSERT_TRUE(next) << next.error().message;
  EXPECT_EQ(next->place.status_folder, "completed");
  ASSERT_EQ(next->remarks.size(), 1U);
  EXPECT_THAT(next->remarks[0], HasSubstr("moved the spec to completed"));
  EXPECT_FALSE(std::filesystem::exists(room.file()));
  EXPECT_EQ(test::count_of(room.bytes("completed"), "\"Next\""), 1U);
}

TEST(UpdateSpec, a_foreign_version_that_a_dead_update_took_out_is_merged) {
  const UpdateRoom room;
  ASSERT_TRUE(room.run(AddJournal{"Ours", "x"}, "r"));
  forget_done(room);
  std::string foreign = test::room_spec();
  foreign.replace(foreign.find("\"metadata\": {},"), 15, "\"metadata\": {\"owner\": \"Bo\"},");
  room.folder.write("specs/.sdd/tmp/" + std::string(kRoomId) + ".1.host.0123abcd.tmp", foreign);
  const auto next = room.run(CompleteTask{"task-1-1"});
  ASSERT_TRUE(next) << next.error().message;
  EXPECT_EQ(test::count_of(room.bytes(), "\"Ours\""), 1U);
  EXPECT_EQ(test::count_of(room.bytes(), "\"owner\": \"Bo\""), 1U);
  EXPECT_EQ(room.files_in("tmp"), 0U);
  EXPECT_EQ(room.files_in("displaced"), 0U);
}

TEST(UpdateSpec, a_foreign_version_of_unknown_origin_is_kept_and_told) {
  const UpdateRoom room;
  ASSERT_TRUE(room.run(AddJournal{"Ours", "x"}));
  room.folder.write("specs/.sdd/tmp/" + std::string(kRoomId) + ".1.host.0123abcd.tmp",
                    test::room_spec() + " ");
  const auto next = room.run(CompleteTask{"task-1-1"});
  ASSERT_TRUE(next) << next.error().message;
  ASSERT_EQ(next->remarks.size(), 1U);
  EXPECT_THAT(next->remarks[0], HasSubstr("kept"));
  EXPECT_EQ(room.files_in("displaced"), 1U);
}

}  // namespace
}  // namespace sdd::workspace
