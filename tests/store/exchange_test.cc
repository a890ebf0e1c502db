#include "store/exchange.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "store/exchange_case.h"

namespace sdd::store {
namespace {

namespace fs = std::filesystem;

TEST_F(ExchangeCase, puts_new_bytes_in_place_and_leaves_nothing_behind) {
  const Updated updated = add("ours");
  EXPECT_TRUE(updated.acknowledged) << updated.error.message;
  EXPECT_FALSE(updated.merged);
  EXPECT_EQ(room.words(), (Words{"base", "ours"}));
  EXPECT_TRUE(room.in("tmp").empty());
  EXPECT_TRUE(room.in("displaced").empty());
  EXPECT_EQ(test::read_bytes(room.specs() / ".sdd/.gitignore"), "*\n");
  EXPECT_EQ(fs::status(room.specs() / ".sdd").permissions(), fs::perms(0700));
  EXPECT_EQ(fs::status(room.in("log").at(0)).permissions(), fs::perms(0600));
  EXPECT_EQ(clock.sleeps, 0);
}

TEST_F(ExchangeCase, keeps_mode_and_owner_and_follows_symbolic_links) {
  fs::permissions(room.file(), fs::perms(0640));
  const bool root = ::geteuid() == 0;
  if (root) {
    ASSERT_EQ(::chown(room.file().c_str(), 1234, 2345), 0);
  }
  fs::create_symlink("active/a.json", room.specs() / "link.json");
  EXPECT_TRUE(RoomUpdate(files, clock, room.specs() / "link.json").add("ours").acknowledged);
  EXPECT_TRUE(fs::is_symlink(room.specs() / "link.json"));
  EXPECT_EQ(room.words(), (Words{"base", "ours"}));
  struct stat status = {};
  ASSERT_EQ(::stat(room.file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0640U);
  if (root) {
    EXPECT_EQ(status.st_uid, 1234U);
    EXPECT_EQ(status.st_gid, 2345U);
  }
}

TEST_F(ExchangeCase, refuses_hard_links_and_what_may_not_be_written) {
  fs::create_hard_link(room.file(), room.specs() / "other.json");
  Updated updated = add("ours");
  EXPECT_EQ(updated.error.kind, ErrorKind::kRefused);
  EXPECT_NE(updated.error.message.find("2 names"), std::string::npos) << updated.error.message;
  fs::remove(room.specs() / "other.json");

  fs::permissions(room.file(), fs::perms(0444));
  updated = add("ours");
  EXPECT_EQ(updated.error.kind, ErrorKind::kPermission) << updated.error.message;
  EXPECT_EQ(room.words(), Words{"base"});

  EXPECT_EQ(RoomUpdate(files, clock, room.specs()).add("ours").error.kind, ErrorKind::kIo);
  EXPECT_EQ(RoomUpdate(files, clock, room.specs() / "none").add("ours").error.kind,
            ErrorKind::kNotFound);
}

// A look at a name may find the file that another is just taking the place of.
TEST_F(ExchangeCase, a_file_that_is_being_replaced_is_looked_at_again) {
  class Replacing : public WrappingFileSystem {
   public:
    using WrappingFileSystem::status;
    using WrappingFileSystem::WrappingFileSystem;
    Answer<FileStatus> status(const Path& path, bool follow) override {
      Answer<FileStatus> status = WrappingFileSystem::status(path, follow);
      if (status && path.filename() == "a.json" && ++looks_ % 2 == 1) status->links = 0;
      return status;
    }

   private:
    int looks_ = 0;
  };
  Replacing replacing(quick);
  const Updated updated = RoomUpdate(replacing, clock, room.file()).add("ours");
  EXPECT_TRUE(updated.acknowledged) << updated.error.message;
}

TEST_F(ExchangeCase, merges_what_an_old_tool_wrote_just_before) {
  before_exchange(1, [&] { old_tool_writes({"base", "theirs"}); });
  const Updated updated = add_hooked("ours");
  EXPECT_TRUE(updated.acknowledged) << updated.error.message;
  EXPECT_TRUE(updated.merged);
  EXPECT_EQ(room.words(), (Words{"base", "ours", "theirs"}));
  EXPECT_TRUE(room.in("tmp").empty());
  EXPECT_TRUE(room.in("displaced").empty());
  const auto log = read_log(files, room.in("log").at(0));
  ASSERT_EQ(log->updates.size(), 1U);
  EXPECT_EQ(log->updates[0].after, git_blob_id(room.bytes()));
  EXPECT_EQ(log->updates[0].earlier.size(), 2U);
  EXPECT_EQ(log->updates[0].done->size, room.bytes().size());
}

// Nobody ever sees the file without what others wrote: it is merged before it would be hidden.
TEST_F(ExchangeCase, merges_what_it_sees_before_it_exchanges_anything) {
  Words seen;
  int exchanges = 0;
  hooked.before = [&, written = false](int, Op op) mutable {
    if (op == Op::kRename && !written) {  // ours is about to be ready
      old_tool_writes({"base", "theirs"});
      written = true;
    }
    if (op == Op::kUnlink) seen = room.words();
    exchanges = std::max(exchanges, hooked.last_exchange());
    if (hooked.last_exchange() > 0) {
      EXPECT_TRUE(room.words().contains("theirs"));
    }
  };
  const Updated updated = add_hooked("ours");
  EXPECT_TRUE(updated.acknowledged) << updated.error.message;
  EXPECT_TRUE(updated.merged);
  EXPECT_GT(exchanges, 0);
  EXPECT_EQ(room.words(), (Words{"base", "ours", "theirs"}));
  EXPECT_EQ(seen, room.words());
  EXPECT_TRUE(room.in("tmp").empty());
  EXPECT_TRUE(room.in("displaced").empty());
}

TEST_F(ExchangeCase, refuses_what_it_sees_before_it_exchanges_anything) {
  hooked.before = [&, written = false](int, Op op) mutable {
    if (op != Op::kRename || written) return;
    old_tool_writes({"base", "clash"});
    written = true;
  };
  const Updated updated = add_hooked("ours");
  EXPECT_EQ(updated.error.kind, ErrorKind::kRefused);
  EXPECT_EQ(updated.standing, Standing::kOld);
  EXPECT_EQ(hooked.last_exchange(), 0);
  EXPECT_EQ(room.words(), (Words{"base", "clash"}));
  EXPECT_TRUE(room.in("tmp").empty());
}

TEST_F(ExchangeCase, merges_again_when_others_go_on_writing) {
  before_exchange(1, [&] {
    old_tool_writes({"base", "one"});
    before_exchange(1, [&] { old_tool_writes({"base", "two"}); });
  });
  const Updated updated = add_hooked("ours");
  EXPECT_TRUE(updated.acknowledged) << updated.error.message;
  EXPECT_EQ(room.words(), (Words{"base", "one", "ours", "two"}));
  EXPECT_TRUE(room.in("tmp").empty());
}

TEST_F(ExchangeCase, puts_back_what_it_cannot_merge) {
  before_exchange(1, [&] { old_tool_writes({"base", "clash"}); });
  const Updated updated = add_hooked("ours");
  EXPECT_FALSE(updated.acknowledged);
  EXPECT_EQ(updated.error.kind, ErrorKind::kRefused);
  EXPECT_EQ(updated.standing, Standing::kOld);
  EXPECT_EQ(room.words(), (Words{"base", "clash"}));
  EXPECT_TRUE(room.in("tmp").empty());
  EXPECT_TRUE(room.in("displaced").empty());
}

TEST_F(ExchangeCase, puts_back_the_newest_when_others_write_meanwhile) {
  int exchanges = 0;
  hooked.before = [&](int, Op op) {
    if (op != Op::kRename) return;
    ++exchanges;
    if (exchanges == 2) old_tool_writes({"base", "clash", "first"});
    if (exchanges == 3) old_tool_writes({"base", "second"});  // just before the way back
  };
  const Updated updated = add_hooked("ours");
  EXPECT_EQ(updated.error.kind, ErrorKind::kRefused);
  EXPECT_EQ(updated.standing, Standing::kOld);
  EXPECT_EQ(room.words(), (Words{"base", "second"}));
  EXPECT_TRUE(room.displaced("first"));
  ASSERT_EQ(updated.kept.size(), 1U);
  EXPECT_EQ(updated.kept[0].file, room.in("displaced").at(0));
  EXPECT_TRUE(room.in("tmp").empty());
}

TEST_F(ExchangeCase, puts_back_what_was_written_into_our_file_meanwhile) {
  int renames = 0;
  hooked.before = [&](int, Op op) {
    if (op != Op::kRename) return;
    ++renames;
    if (renames == 2) old_tool_writes({"base", "clash"});
    if (renames == 3) std::ofstream(room.file(), std::ios::trunc) << words_text({"base", "second"});
  };
  const Updated updated = add_hooked("ours");
  EXPECT_EQ(updated.error.kind, ErrorKind::kRefused);
  EXPECT_EQ(updated.standing, Standing::kOld);
  EXPECT_EQ(room.words(), (Words{"base", "second"}));
  EXPECT_TRUE(room.displaced("clash"));
  EXPECT_TRUE(room.in("tmp").empty());
}

TEST_F(ExchangeCase, waits_for_a_write_in_flight) {
  // An editor truncates and writes in place; half of it is there when we exchange.
  const std::string theirs = words_text({"base", "theirs"});
  int fd = -1;
  before_exchange(1, [&] {
    fd = ::open(room.file().c_str(), O_WRONLY | O_TRUNC);
    ASSERT_EQ(::write(fd, theirs.data(), 7), 7);
  });
  clock.during_sleep = [&] {
    if (clock.sleeps != 3) return;
    ASSERT_GT(::write(fd, theirs.data() + 7, theirs.size() - 7), 0);
    ASSERT_EQ(::close(fd), 0);
  };
  const Updated updated = add_hooked("ours");
  EXPECT_TRUE(updated.acknowledged) << updated.error.message;
  EXPECT_EQ(room.words(), (Words{"base", "ours", "theirs"}));
  EXPECT_EQ(clock.sleeps, 3);
  EXPECT_TRUE(updated.kept.empty());
}

TEST_F(ExchangeCase, gives_up_on_a_write_that_stays_torn) {
  int fd = -1;
  before_exchange(1, [&] {
    fd = ::open(room.file().c_str(), O_WRONLY | O_TRUNC);
    ASSERT_EQ(::write(fd, "bas", 3), 3);
  });
  const Updated updated = add_hooked("ours");
  EXPECT_EQ(updated.error.kind, ErrorKind::kRefused);
  EXPECT_EQ(room.bytes(), "bas");
  // It goes on where it was: its writer notices nothing.
  ASSERT_EQ(::write(fd, "e\nEND\n", 6), 6);
  ::close(fd);
  EXPECT_EQ(room.words(), Words{"base"});
  EXPECT_GE(clock.now().time_since_epoch(), kPatience);
}

TEST_F(ExchangeCase, keeps_the_old_file_while_somebody_has_it_open_for_writing) {
  const int fd = ::open(room.file().c_str(), O_WRONLY | O_APPEND);
  const Updated updated = add("ours");
  EXPECT_TRUE(updated.acknowledged);
  ASSERT_EQ(updated.kept.size(), 1U);
  EXPECT_TRUE(room.in("tmp").empty());
  ASSERT_EQ(::write(fd, "late\n", 5), 5);
  ::close(fd);
  EXPECT_EQ(test::read_bytes(updated.kept[0].file), words_text({"base"}) + "late\n");
  EXPECT_EQ(room.words(), (Words{"base", "ours"}));
}

TEST_F(ExchangeCase, does_not_mind_readers) {
  const int fd = ::open(room.file().c_str(), O_RDONLY);
  const Updated updated = add("ours");
  EXPECT_TRUE(updated.acknowledged);
  EXPECT_TRUE(updated.kept.empty());
  char first = 0;
  EXPECT_EQ(::read(fd, &first, 1), 1);
  ::close(fd);
}

TEST_F(ExchangeCase, gives_up_when_the_file_never_stands_still) {
  int writes = 0;
  hooked.before = [&, renames = 0](int, Op op) mutable {
    if (op != Op::kRename) return;
    // The first is seen before it is exchanged if it comes while ours is made ready.
    if (++renames > 1) old_tool_writes({"base", "theirs" + std::to_string(++writes)});
  };
  const Updated updated = add_hooked("ours");
  EXPECT_EQ(updated.error.kind, ErrorKind::kBusy) << updated.error.message;
  EXPECT_EQ(updated.standing, Standing::kOld);
  EXPECT_TRUE(is_whole(room.bytes()));
  EXPECT_FALSE(room.words().contains("ours"));
  EXPECT_TRUE(room.in("tmp").empty());
  // Each version that an exchange took out is there.
  hooked.before = nullptr;
  EXPECT_EQ(updated.kept.size(), room.in("displaced").size());
  EXPECT_GE(updated.kept.size(), 8U);
}

TEST_F(ExchangeCase, gives_up_without_any_exchange_when_it_sees_that_the_file_never_stands_still) {
  int writes = 0;
  hooked.before = [&](int, Op op) {
    if (op == Op::kRename) old_tool_writes({"base", "theirs" + std::to_string(++writes)});
  };
  const Updated updated = add_hooked("ours");
  EXPECT_EQ(updated.error.kind, ErrorKind::kBusy) << updated.error.message;
  EXPECT_EQ(updated.standing, Standing::kOld);
  EXPECT_EQ(hooked.last_exchange(), 0);
  EXPECT_EQ(room.words(), (Words{"base", "theirs" + std::to_string(writes)}));
  EXPECT_TRUE(room.in("tmp").empty());
  EXPECT_TRUE(updated.kept.empty());
}

TEST_F(ExchangeCase, says_when_the_file_was_moved_away) {
  before_exchange(1, [&] { fs::rename(room.file(), room.specs() / "completed/a.json"); });
  const Updated updated = add_hooked("ours");
  EXPECT_EQ(updated.error.kind, ErrorKind::kBusy);
  EXPECT_NE(updated.error.message.find("moved or deleted"), std::string::npos);
  EXPECT_EQ(updated.standing, Standing::kOld);
  EXPECT_TRUE(room.in("tmp").empty());
  EXPECT_FALSE(fs::exists(room.file()));
}

}  // namespace
}  // namespace sdd::store
