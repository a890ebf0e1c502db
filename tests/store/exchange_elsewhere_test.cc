// Exchange where names cannot be exchanged, across devices, and where no file stands yet.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "store/exchange_case.h"

namespace sdd::store {
namespace {

namespace fs = std::filesystem;

TEST_F(ExchangeCase, works_without_exchange_of_names) {
  for (const int code : {EINVAL, ENOSYS}) {
    hooked.exchange_error = code;
    const Updated updated = add_hooked("ours" + std::to_string(code));
    EXPECT_TRUE(updated.acknowledged) << updated.error.message;
    EXPECT_TRUE(updated.window);
    EXPECT_TRUE(room.words().contains("ours" + std::to_string(code)));
    EXPECT_TRUE(room.in("tmp").empty());
  }
}

TEST_F(ExchangeCase, merges_without_exchange_of_names) {
  hooked.exchange_error = EINVAL;
  before_exchange(1, [&] { old_tool_writes({"base", "theirs"}); });
  Updated updated = add_hooked("ours");
  EXPECT_TRUE(updated.acknowledged) << updated.error.message;
  EXPECT_EQ(room.words(), (Words{"base", "ours", "theirs"}));
  before_exchange(1, [&] { old_tool_writes({"base", "clash"}); });
  updated = add_hooked("more");
  EXPECT_EQ(updated.error.kind, ErrorKind::kRefused);
  EXPECT_EQ(room.words(), (Words{"base", "clash"}));
  EXPECT_TRUE(room.in("tmp").empty());
}

TEST_F(ExchangeCase, without_exchange_keeps_what_was_written_in_place_at_the_last_moment) {
  hooked.exchange_error = EINVAL;
  int renames = 0;
  hooked.before = [&](int, Op op) {
    // Draft to ready, the exchange that is not supported, and the plain one.
    if (op == Op::kRename && ++renames == 3) {
      std::ofstream(room.file(), std::ios::trunc) << words_text({"base", "late"});
    }
  };
  const Updated updated = add_hooked("ours");
  EXPECT_TRUE(updated.acknowledged);
  EXPECT_TRUE(room.displaced("late"));
  ASSERT_EQ(updated.kept.size(), 1U);
}

TEST_F(ExchangeCase, goes_beside_the_target_across_devices) {
  struct Devices : FaultyFileSystem {
    using FaultyFileSystem::FaultyFileSystem;
    Answer<void> rename_inside(const Path& from, const Path& to, Rename how) override {
      const bool leaves =
          (from.parent_path().filename() == "tmp") != (to.parent_path().filename() == "tmp");
      if (leaves) return failed(EXDEV);
      return FaultyFileSystem::rename_inside(from, to, how);
    }
  };
  Devices devices(files);
  const Updated updated = RoomUpdate(devices, clock, room.file()).add("ours");
  EXPECT_TRUE(updated.acknowledged) << updated.error.message;
  EXPECT_EQ(room.words(), (Words{"base", "ours"}));
  EXPECT_EQ(std::distance(fs::directory_iterator(room.file().parent_path()), {}), 1);
  EXPECT_TRUE(room.in("tmp").empty());

  const Home home = room.home();
  Exchange exchange(devices, clock, home);
  EXPECT_TRUE(exchange.create(room.specs() / "pending/b.json", "b", 0644).has_value());
  EXPECT_EQ(test::read_bytes(room.specs() / "pending/b.json"), "b");
}

TEST_F(ExchangeCase, explains_a_file_that_is_mounted_alone) {
  hooked.exchange_error = EBUSY;
  const Updated updated = add_hooked("ours");
  EXPECT_EQ(updated.error.kind, ErrorKind::kIo);
  EXPECT_NE(updated.error.message.find("mount the folder"), std::string::npos);
  EXPECT_EQ(room.words(), Words{"base"});
  EXPECT_TRUE(room.in("tmp").empty());
}

TEST_F(ExchangeCase, makes_files_but_never_over_one) {
  const Home home = room.home();
  ASSERT_TRUE(home.prepare(files).has_value());
  Exchange exchange(files, clock, home);
  const fs::path made = room.specs() / "pending/b.json";
  const auto created = exchange.create(made, "{}\n", 0640);
  ASSERT_TRUE(created.has_value());
  EXPECT_EQ(test::read_bytes(made), "{}\n");
  EXPECT_EQ(fs::status(made).permissions(), fs::perms(0640));
  EXPECT_EQ(files.status(made, false)->stamp(), created->stamp);
  const auto again = exchange.create(made, "other", 0640);
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().error.kind, ErrorKind::kRefused);
  EXPECT_EQ(test::read_bytes(made), "{}\n");
  EXPECT_TRUE(room.in("tmp").empty());
  EXPECT_EQ(exchange.create(room.specs() / "none/b.json", "", 0640).error().error.kind,
            ErrorKind::kNotFound);
}

TEST_F(ExchangeCase, moves_files_but_never_over_one) {
  const Home home = room.home();
  Exchange exchange(files, clock, home);
  const fs::path to = room.specs() / "completed/a.json";
  ASSERT_TRUE(exchange.move(room.file(), to).has_value());
  EXPECT_FALSE(fs::exists(room.file()));
  room.folder.write("specs/active/a.json", "other");
  const auto refused = exchange.move(room.file(), to);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().error.kind, ErrorKind::kRefused);
  EXPECT_EQ(words_of(test::read_bytes(to)), Words{"base"});
  EXPECT_EQ(exchange.move(room.specs() / "active/none", to).error().error.kind,
            ErrorKind::kNotFound);
}

}  // namespace
}  // namespace sdd::store
