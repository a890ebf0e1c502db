#include "store/home.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "store/faulty_file_system.h"
#include "store/store_room.h"

namespace sdd::store {
namespace {

namespace fs = std::filesystem;

TEST(Home, is_the_nearest_folder_with_a_status_folder) {
  RealFileSystem files;
  const Room room;
  EXPECT_EQ(Home::of(files, room.file())->folder(), room.specs());
  EXPECT_EQ(Home::of(files, room.specs() / "active/a/contracts/c.json")->folder(), room.specs());
  EXPECT_EQ(Home::of(files, room.specs() / "loose.json")->folder(), room.specs());
  // No status folder anywhere above: the folder the file lies in.
  const test::TempFolder elsewhere;
  EXPECT_EQ(Home::of(files, elsewhere.path() / "x/a.json")->folder(), elsewhere.path() / "x");
  // A file of that name is no folder.
  elsewhere.write("x/active", "");
  fs::create_directories(elsewhere.path() / "archived");
  EXPECT_EQ(Home::of(files, elsewhere.path() / "x/a.json")->folder(), elsewhere.path());
}

TEST(Home, is_made_once_private_and_ignored_by_git) {
  RealFileSystem real;
  FaultyFileSystem files(real);
  const Room room;
  const Home home = room.home();
  ASSERT_TRUE(home.prepare(files).has_value());
  const int first = files.steps();
  EXPECT_EQ(test::read_bytes(home.own() / ".gitignore"), "*\n");
  for (const fs::path& folder : {home.own(), home.temporary(), home.displaced()}) {
    EXPECT_EQ(fs::status(folder).permissions(), fs::perms(0700)) << folder;
  }
  EXPECT_EQ(fs::status(home.own() / ".gitignore").permissions(), fs::perms(0600));
  ASSERT_TRUE(home.prepare(files).has_value());
  EXPECT_LE(files.steps() - first, 16) << "an update asks each time";
  // What was removed comes back.
  fs::remove_all(home.own() / "log");
  ASSERT_TRUE(home.prepare(files).has_value());
  EXPECT_TRUE(fs::is_directory(home.own() / "log"));
}

TEST(Home, is_finished_after_a_death_at_any_step) {
  RealFileSystem real;
  bool died = true;
  for (int at = 1; died; ++at) {
    const Room room(quick_place());
    const Home home = room.home();
    FaultyFileSystem dying(real, {FaultyFileSystem::kDie, 0}, at);
    (void)home.prepare(dying);
    died = dying.dead();
    FaultyFileSystem quick(real);
    int synced = 0;
    quick.before = [&](int, Op op) { synced += op == Op::kSync ? 1 : 0; };
    const bool sealed =
        fs::exists(home.own() / ".gitignore") && !fs::is_empty(home.own() / ".gitignore");
    ASSERT_TRUE(home.prepare(quick).has_value());
    EXPECT_EQ(test::read_bytes(home.own() / ".gitignore"), "*\n");
    EXPECT_TRUE(fs::is_directory(home.displaced()));
    EXPECT_EQ(synced, sealed ? 0 : 4) << "what the dead one made may not have reached the disk";
  }
}

TEST(Home, is_never_a_symbolic_link) {
  RealFileSystem files;
  const Room room;
  const test::TempFolder elsewhere;
  fs::create_directory_symlink(elsewhere.path(), room.specs() / ".sdd");
  const auto prepared = room.home().prepare(files);
  ASSERT_FALSE(prepared.has_value());
  EXPECT_NE(prepared.error().message.find(".sdd"), std::string::npos);
  EXPECT_TRUE(fs::is_empty(elsewhere.path()));
}

TEST(Home, says_when_it_cannot_be_made) {
  RealFileSystem real;
  FaultyFileSystem files(real, {FaultyFileSystem::kFail, EACCES}, 2);
  const Room room;
  const auto prepared = room.home().prepare(files);
  ASSERT_FALSE(prepared.has_value());
  EXPECT_EQ(prepared.error().kind, ErrorKind::kPermission);
  EXPECT_EQ(prepared.error().message,
            "cannot make the folder '" + (room.specs() / ".sdd").string() + "': permission denied");
}

TEST(Home, keys_are_plain_short_and_apart) {
  EXPECT_EQ(key_of("/x/active/billing-2026-02-11-001.json"), "billing-2026-02-11-001");
  EXPECT_EQ(key_of("bank/current_tasks.md"), "current_tasks.md");
  EXPECT_EQ(key_of("a b%c/../d e.json"), "d%20e");
  EXPECT_EQ(key_of(".hidden.json"), "%2Ehidden");
  EXPECT_EQ(key_of(".json"), "%2Ejson");
  EXPECT_EQ(key_of("план.json"), "%D0%BF%D0%BB%D0%B0%D0%BD");
  std::string russian;
  for (int i = 0; i < 100; ++i) russian += "я";
  const std::string one = key_of(russian + "1.json");
  const std::string other = key_of(russian + "2.json");
  EXPECT_LE(one.size(), 200U);
  EXPECT_NE(one, other);
  EXPECT_EQ(key_of(std::string(200, 'x')), std::string(200, 'x'));
  EXPECT_LE(key_of(std::string(201, 'x')).size(), 200U);
  const Home home("/h");
  EXPECT_EQ(home.lock_file("/h/active/a.json"), "/h/.sdd/locks/a.lock");
  EXPECT_EQ(home.log_file("/h/pending/a.json"), "/h/.sdd/log/a.jsonl");
}

}  // namespace
}  // namespace sdd::store
