#include "workspace/lost_updates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "workspace/locked_spec.h"
#include "workspace/update_room.h"

namespace sdd::workspace {
namespace {

using spec::AddJournal;
using spec::CompleteTask;
using spec::UpdateStatus;
using test::kRoomId;
using test::UpdateRoom;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<rules::Finding> lost_in(const UpdateRoom& room) {
  const SourceText source("x.json", room.bytes());
  json::Parser parser;
  json::Tree tree;
  EXPECT_TRUE(parser.parse(source.bytes(), tree));
  const spec::Spec spec(tree);
  const LostUpdates lost(room.folder.path() / "specs");
  return lost.find(spec_path(room.file()), source, spec);
}

// What another program does that read the file before, and writes it back with a change of its own.
std::string stale_copy() {
  std::string bytes = test::room_spec();
  bytes.replace(bytes.find("\"title\": \"T\""), 12, "\"title\": \"U\"");
  return bytes;
}

TEST(LostUpdates, nothing_is_lost_while_nobody_else_writes) {
  const UpdateRoom room;
  EXPECT_THAT(lost_in(room), IsEmpty());
  ASSERT_TRUE(room.run(CompleteTask{"task-1-1"}));
  ASSERT_TRUE(room.run(UpdateStatus{"task-1-1", spec::Status::kPending}));
  ASSERT_TRUE(room.run(AddJournal{"A", "x"}));
  EXPECT_THAT(lost_in(room), IsEmpty());
  room.write(room.bytes() + "\n");  // touched, but it says the same
  EXPECT_THAT(lost_in(room), IsEmpty());
}

TEST(LostUpdates, what_a_writer_without_locks_overwrote_is_told_once_for_each_update) {
  const UpdateRoom room;
  ASSERT_TRUE(room.run(CompleteTask{"task-1-1"}));
  ASSERT_TRUE(room.run(AddJournal{"Gone", "x"}, "gone"));
  room.write(stale_copy());
  const auto found = lost_in(room);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].node, "task-1-1");
  EXPECT_EQ(found[0].severity, rules::Severity::kError);
  EXPECT_THAT(found[0].pointer, HasSubstr("/hierarchy/task-1-1"));
  EXPECT_THAT(found[1].message, HasSubstr("Gone"));
  EXPECT_EQ(found[1].pointer, "/journal");
  EXPECT_THAT(found[1].help, HasSubstr("--forget gone"));
}

TEST(LostUpdates, a_lost_entry_is_told_although_the_status_agrees_by_chance) {
  const UpdateRoom room;
  ASSERT_TRUE(room.run(CompleteTask{"task-1-1"}));
  std::string bytes = room.bytes();
  const std::size_t begin = bytes.find("\"journal\": [");
  const std::size_t end = bytes.find("],\n\"hierarchy\"", begin);
  bytes.replace(begin, end - begin, "\"journal\": [");
  room.write(bytes);
  ASSERT_THAT(lost_in(room), SizeIs(1));
}

TEST(LostUpdates, an_old_version_of_ours_is_no_loss) {
  const UpdateRoom room;
  ASSERT_TRUE(room.run(CompleteTask{"task-1-1"}));
  const std::string first = room.bytes();
  ASSERT_TRUE(room.run(AddJournal{"Later", "x"}));
  room.write(first);
  EXPECT_THAT(lost_in(room), IsEmpty()) << "somebody put back what an update had left";
}

TEST(LostUpdates, a_hand_edit_of_a_part_is_no_loss) {
  const UpdateRoom room;
  ASSERT_TRUE(room.run(UpdateStatus{"task-1-1", spec::Status::kInProgress, "a note"}));
  std::string bytes = room.bytes();
  bytes.replace(bytes.find("a note"), 6, "edited");
  room.write(bytes);
  EXPECT_THAT(lost_in(room), IsEmpty());
  ASSERT_TRUE(room.run(AddJournal{"Titel", "x"}));
  bytes = room.bytes();
  bytes.replace(bytes.find("Titel"), 5, "Title");
  room.write(bytes);
  EXPECT_THAT(lost_in(room), IsEmpty()) << "an entry whose title was mended stays an entry";
}

TEST(LostUpdates, what_a_later_update_undid_is_no_loss) {
  const UpdateRoom room;
  ASSERT_TRUE(room.run(UpdateStatus{"task-1-1", spec::Status::kInProgress}));
  ASSERT_TRUE(room.run(UpdateStatus{"task-1-1", spec::Status::kPending}));
  room.write(stale_copy());
  const auto found = lost_in(room);
  for (const auto& finding : found) {
    EXPECT_THAT(finding.message, testing::Not(HasSubstr("status pending → in_progress")));
  }
}

TEST(LostUpdates, what_was_forgotten_is_told_no_more) {
  const UpdateRoom room;
  ASSERT_TRUE(room.run(AddJournal{"Gone", "x"}, "gone"));
  room.write(stale_copy());
  ASSERT_THAT(lost_in(room), SizeIs(1));
  {
    Disk disk;
    const Places places = room.places();
    LockedSpec locked(disk, places, {.spec = kRoomId, .command = "history"});
    ASSERT_TRUE(locked.find());
    ASSERT_TRUE(locked.lock());
    ASSERT_TRUE(locked.log().forget("gone", now()));
  }
  EXPECT_THAT(lost_in(room), IsEmpty());
}

TEST(LostUpdates, with_lines_of_the_log_missing_it_is_a_note) {
  const UpdateRoom room;
  ASSERT_TRUE(room.run(UpdateStatus{"task-1-1", spec::Status::kInProgress}));
  const auto log = room.own("log") / (std::string(kRoomId) + ".jsonl");
  const auto size = std::filesystem::file_size(log);
  ASSERT_TRUE(room.run(UpdateStatus{"task-1-1", spec::Status::kPending}));
  std::filesystem::resize_file(log, size);
  room.write(stale_copy());
  const auto found = lost_in(room);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, rules::Severity::kNote);
}

TEST(LostUpdates, where_git_cannot_be_asked_it_is_a_note) {
  const UpdateRoom room;
  ASSERT_TRUE(room.run(AddJournal{"Gone", "x"}));
  room.write(stale_copy());
  room.folder.write(".git", "no repository");
  const auto found = lost_in(room);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, rules::Severity::kNote);
}

TEST(LostUpdates, an_unfinished_update_was_never_acknowledged) {
  const UpdateRoom room;
  ASSERT_TRUE(room.run(AddJournal{"Gone", "x"}));
  const auto path = room.own("log") / (std::string(kRoomId) + ".jsonl");
  const std::string bytes = test::read_bytes(path);
  std::filesystem::resize_file(path, bytes.rfind('\n', bytes.size() - 2) + 1);
  room.write(stale_copy());
  EXPECT_THAT(lost_in(room), IsEmpty());
}

}  // namespace
}  // namespace sdd::workspace
