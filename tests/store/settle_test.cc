#include "store/settle.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <fstream>

#include "store/fake_clock.h"
#include "store/faulty_file_system.h"
#include "store/store_room.h"
#include "store/temporary.h"

namespace sdd::store {
namespace {

namespace fs = std::filesystem;

struct SettleCase : testing::Test {
  SettleCase() { EXPECT_TRUE(room.home().prepare(files).has_value()); }

  fs::path leave(const std::string& name, std::string_view bytes) const {
    const fs::path file = room.home().temporary() / name;
    std::ofstream(file) << bytes;
    return file;
  }
  Result<Settled> run() {
    const Home home = room.home();
    return settle(
        files, clock, home, room.file(),
        [&](const std::string& blob) { return blob == git_blob_id("logged"); },
        [&](std::string_view bytes) -> Result<bool> {
          handed.emplace_back(bytes);
          if (bytes == "fails") return fail(ErrorKind::kIo, "no");
          return bytes == "mergeable";
        });
  }

  Room room{quick_place()};
  RealFileSystem real;
  FaultyFileSystem files{real};
  FakeClock clock;
  std::vector<std::string> handed;
};

TEST_F(SettleCase, each_leftover_comes_to_its_end) {
  leave("a.1.host.00000001.tmp", "logged");
  leave("a.1.host.00000002.tmp", "mergeable");
  leave("a.1.host.00000003.tmp", "foreign");
  leave("a.1.host.00000004.new", "half of ou");
  leave("a.1.host.00000005.tmp", room.bytes());
  const auto settled = run();
  ASSERT_TRUE(settled.has_value());
  EXPECT_EQ(settled->removed, 3U);
  EXPECT_EQ(settled->merged, 1U);
  ASSERT_EQ(settled->kept.size(), 1U);
  EXPECT_EQ(test::read_bytes(settled->kept[0].file), "foreign");
  EXPECT_EQ(settled->kept[0].file.parent_path(), room.home().displaced());
  EXPECT_EQ(handed, (std::vector<std::string>{"mergeable", "foreign"}));
  EXPECT_TRUE(room.in("tmp").empty());
  EXPECT_TRUE(run()->kept.empty());
}

TEST_F(SettleCase, other_files_are_left_alone) {
  const std::vector<std::string> names = {"b.1.host.00000001.tmp",  "a.b.1.host.00000001.tmp",
                                          "a.x.host.00000001.tmp",  "a.1.host.0001.tmp",
                                          "a.1.host.00000001.bak",  "a.json.tmp",
                                          ".sdd-a.1.h.00000001.tmp"};
  for (const std::string& name : names) leave(name, "foreign");
  const auto settled = run();
  ASSERT_TRUE(settled.has_value());
  EXPECT_EQ(settled->removed + settled->merged + settled->kept.size(), 0U);
  EXPECT_EQ(room.in("tmp").size(), names.size());
}

TEST_F(SettleCase, what_is_being_written_is_kept) {
  const int fd = ::open(leave("a.1.host.00000001.tmp", "logged").c_str(), O_WRONLY | O_APPEND);
  const auto settled = run();
  ASSERT_EQ(settled->kept.size(), 1U);
  ASSERT_EQ(::write(fd, "!", 1), 1);
  ::close(fd);
  EXPECT_EQ(test::read_bytes(settled->kept[0].file), "logged!");
  EXPECT_TRUE(handed.empty());
}

TEST_F(SettleCase, same_versions_are_kept_side_by_side) {
  for (int round = 0; round < 3; ++round) {
    leave("a.1.host.00000001.tmp", "foreign");
    EXPECT_EQ(run()->kept.size(), 1U);
  }
  EXPECT_EQ(room.in("displaced").size(), 3U);
}

TEST_F(SettleCase, an_error_of_merging_leaves_the_file) {
  const fs::path left = leave("a.1.host.00000001.tmp", "fails");
  EXPECT_FALSE(run().has_value());
  EXPECT_TRUE(fs::exists(left));
}

TEST_F(SettleCase, every_failure_is_told_and_nothing_foreign_is_lost) {
  for (int at = 1;; ++at) {
    leave("a.1.host.00000001.tmp", "foreign");
    FaultyFileSystem faulty(real, {FaultyFileSystem::kFail, EIO}, at);
    const Home home = room.home();
    const auto settled = settle(
        faulty, clock, home, room.file(), [](const std::string&) { return false; },
        [](std::string_view) -> Result<bool> { return false; });
    if (settled && faulty.struck() && room.in("displaced").empty()) {
      EXPECT_EQ(settled->kept.size(), 1U);
    }
    EXPECT_EQ(room.in("displaced").size() + room.in("tmp").size(), 1U);
    fs::remove_all(home.displaced());
    fs::create_directory(home.displaced());
    if (!faulty.struck()) break;
  }
}

TEST(TemporaryName, says_whose_it_is) {
  const auto name = parse_temporary_name("a.b%20c.4711.my-host.0123abcd.tmp");
  ASSERT_TRUE(name);
  EXPECT_EQ(name->key, "a.b%20c");
  EXPECT_EQ(name->pid, 4711);
  EXPECT_EQ(name->host, "my-host");
  EXPECT_FALSE(name->draft);
  EXPECT_FALSE(name->beside);
  EXPECT_TRUE(parse_temporary_name("a.4711.h.0123abcd.new")->draft);
  EXPECT_TRUE(parse_temporary_name(".sdd-a.4711.h.0123abcd.tmp")->beside);
  for (const char* other : {"", ".tmp", "a.json.tmp", "a..h.0123abcd.tmp", ".4711.h.0123abcd.tmp",
                            "a.99999999999999999999.h.0123abcd.tmp", "a.4711..0123abcd.tmp"}) {
    EXPECT_FALSE(parse_temporary_name(other)) << other;
  }
}

TEST(TemporaryFile, is_ready_or_not_there) {
  const Room room(quick_place());
  RealFileSystem real;
  const fs::path folder = room.specs();
  for (const int kind : {FaultyFileSystem::kFail, FaultyFileSystem::kFailAfter}) {
    bool struck = true;
    for (int at = 1; struck; ++at) {
      FaultyFileSystem faulty(real, {static_cast<FaultyFileSystem::Kind>(kind), ENOSPC}, at);
      const auto made = Temporary::make(faulty, {folder, true}, "a", "bytes", {0640, {}, {}});
      struck = faulty.struck();
      if (made) {
        EXPECT_EQ(test::read_bytes(made->path()), "bytes");
        EXPECT_EQ(fs::status(made->path()).permissions(), fs::perms(0640));
        EXPECT_TRUE(real.status(made->path(), false)->same_file(made->status()));
        fs::remove(made->path());
      } else {
        EXPECT_NE(made.error().message.find(".sdd-a."), std::string::npos);
      }
      // A rename that claims to have failed leaves a file for settle().
      const auto left = std::distance(fs::directory_iterator(folder), {}) - 3;
      EXPECT_LE(left, kind == FaultyFileSystem::kFailAfter ? 1 : 0);
      for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.is_regular_file()) fs::remove(entry.path());
      }
    }
  }
}

}  // namespace
}  // namespace sdd::store
