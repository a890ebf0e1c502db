// Real processes: killed between any two steps, many at once, on a disk that is full.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cstdio>
#include <fstream>
#include <memory>

#include "store/fake_clock.h"
#include "store/faulty_file_system.h"
#include "store/in_child.h"
#include "store/store_room.h"

namespace sdd::store {
namespace {

namespace fs = std::filesystem;

constexpr int kNotAllowed = 77;

// What a child that could mount nothing means: nothing was tested, and that is said.
void expect_done(InChild& child, const char* what) {
  const int result = child.wait();
  if (result == kNotAllowed) {
    std::printf("[  ABSENT  ] %s: nothing may be mounted here\n", what);
    return;
  }
  EXPECT_EQ(result, 0) << what;
}

TEST(Processes, one_killed_at_any_step_harms_nobody) {
  RealFileSystem real;
  FaultyFileSystem quick(real);
  FakeClock clock;
  int killed = 0;
  for (int at = 1;; ++at) {
    SCOPED_TRACE(at);
    const Room room(quick_place());
    InChild child([&] {
      FaultyFileSystem files(real, {FaultyFileSystem::kDieReally, 0}, at);
      return RoomUpdate(files, clock, room.file()).add("ours").acknowledged ? 0 : 1;
    });
    const int result = child.wait();
    const Words words = room.words();
    EXPECT_TRUE(words == Words{"base"} || words == (Words{"base", "ours"}));
    const Updated next = RoomUpdate(quick, clock, room.file()).add("next");
    EXPECT_TRUE(next.acknowledged) << next.error.message;
    EXPECT_TRUE(next.kept.empty());
    EXPECT_TRUE(room.in("tmp").empty());
    EXPECT_EQ(room.words().contains("ours"), words.contains("ours"));
    if (testing::Test::HasFailure()) return;
    if (result == 0) {
      EXPECT_TRUE(words.contains("ours"));
      break;
    }
    ASSERT_EQ(result, -SIGKILL);
    ++killed;
  }
  EXPECT_GT(killed, 60);
  std::printf("[  KILLED  ] once at each of %d steps\n", killed);
}

TEST(Processes, many_at_once_lose_nothing) {
  constexpr int kProcesses = 4;
  constexpr int kUpdates = 40;
  const Room room;
  std::vector<std::unique_ptr<InChild>> children;
  for (int process = 0; process < kProcesses; ++process) {
    children.push_back(std::make_unique<InChild>([&, process] {
      RealFileSystem files;
      RealClock clock;
      for (int i = 0; i < kUpdates; ++i) {
        const std::string word = "w" + std::to_string(process) + "-" + std::to_string(i);
        const Updated updated = RoomUpdate(files, clock, room.file()).add(word);
        if (!updated.acknowledged || updated.merged || !updated.kept.empty()) return 1;
      }
      return 0;
    }));
  }
  for (const auto& child : children) EXPECT_EQ(child->wait(), 0);
  EXPECT_EQ(room.words().size(), 1U + kProcesses * kUpdates);
  RealFileSystem files;
  const auto log = read_log(files, room.in("log").at(0));
  EXPECT_EQ(log->updates.size(), std::size_t{kProcesses} * kUpdates);
  EXPECT_TRUE(std::all_of(log->updates.begin(), log->updates.end(),
                          [](const Update& update) { return update.done.has_value(); }));
}

TEST(Processes, killed_at_random_while_others_work) {
  constexpr int kUpdates = 60;
  const Room room;
  RealFileSystem files;
  RealClock clock;
  InChild worker([&] {
    for (int i = 0; i < kUpdates; ++i) {
      const Updated updated = RoomUpdate(files, clock, room.file()).add("w" + std::to_string(i));
      if (!updated.acknowledged) return 1;
    }
    return 0;
  });
  std::minstd_rand chance(1);
  for (int i = 0; i < 40; ++i) {
    InChild victim([&] {
      for (int n = 0;; ++n) {
        RoomUpdate(files, clock, room.file())
            .add("v" + std::to_string(i) + "-" + std::to_string(n));
      }
      return 0;
    });
    clock.sleep(std::chrono::microseconds(500 + chance() % 8000));
    victim.signal(SIGKILL);
    victim.wait();
    EXPECT_TRUE(is_whole(room.bytes()));
  }
  EXPECT_EQ(worker.wait(), 0);
  const Words words = room.words();
  for (int i = 0; i < kUpdates; ++i) EXPECT_TRUE(words.contains("w" + std::to_string(i)));
  // What the killed ones had acknowledged is there, too.
  const auto log = read_log(files, room.in("log").at(0));
  for (const Update& update : log->updates) {
    EXPECT_TRUE(!update.done || words.contains(update.id)) << update.id;
  }
  EXPECT_EQ(log->losses.lines, 0U);
  EXPECT_TRUE(room.in("displaced").empty());
}

// In a child: a memory disk of its own over the folder.
bool mount_disk(const fs::path& folder, const char* options) {
  return enter_own_mounts() && ::mount("sdd-test", folder.c_str(), "tmpfs", 0, options) == 0;
}

int fill_the_disk(const Room& room) {
  if (!mount_disk(room.specs(), "size=256k")) return kNotAllowed;
  fs::create_directories(room.specs() / "active");
  Words words;
  for (int i = 0; i < 4000; ++i) words.insert("word-" + std::to_string(i));
  std::ofstream(room.file()) << words_text(words);
  RealFileSystem files;
  FakeClock clock;
  int refused = 0;
  for (int filled = 0; filled < 180; filled += 4) {
    // A little less room each time, so that it ends at every step once.
    std::ofstream(room.specs() / "filler", std::ios::app) << std::string(4096, 'x');
    const std::string before = room.bytes();
    const Updated updated =
        RoomUpdate(files, clock, room.file()).add("new-" + std::to_string(filled));
    if (!updated.acknowledged) ++refused;
    if (!updated.acknowledged && updated.standing == Standing::kOld && room.bytes() != before)
      return 1;
    if (!is_whole(room.bytes())) return 2;
    if (!updated.acknowledged && updated.error.message.empty()) return 3;
  }
  if (refused == 0) return 4;
  fs::remove(room.specs() / "filler");
  if (!RoomUpdate(files, clock, room.file()).add("last").acknowledged) return 5;
  if (!room.in("tmp").empty() || !room.in("displaced").empty()) return 6;
  const auto log = read_log(files, room.in("log").at(0));
  if (log->losses.lines != 0) return 7;
  const Words now = room.words();
  for (const Update& update : log->updates) {
    if (update.done && !now.contains(update.id)) return 8;
  }
  return 0;
}

TEST(Processes, a_full_disk_loses_nothing) {
  const Room room;
  InChild child([&] { return fill_the_disk(room); });
  expect_done(child, "a full disk");
}

TEST(Processes, a_file_that_is_mounted_alone_is_explained) {
  const Room room;
  InChild child([&] {
    if (!enter_own_mounts()) return kNotAllowed;
    const fs::path other = room.folder.path() / "other.json";
    std::ofstream(other) << words_text({"base"});
    if (::mount(other.c_str(), room.file().c_str(), nullptr, MS_BIND, nullptr) != 0)
      return kNotAllowed;
    RealFileSystem files;
    FakeClock clock;
    const Updated updated = RoomUpdate(files, clock, room.file()).add("ours");
    if (updated.acknowledged || updated.standing != Standing::kOld) return 1;
    if (updated.error.message.find("mount the folder") == std::string::npos) return 2;
    return room.words() == Words{"base"} && room.in("tmp").empty() ? 0 : 3;
  });
  expect_done(child, "a file mounted alone");
}

TEST(Processes, another_device_under_tmp_is_gone_around) {
  const Room room;
  InChild child([&] {
    RealFileSystem files;
    FakeClock clock;
    if (!room.home().prepare(files)) return 1;
    if (!mount_disk(room.home().temporary(), "")) return kNotAllowed;
    // One that dies between exchange and clean-up leaves its file beside the target.
    int left = 0;
    for (int at = 60; at < 130; ++at) {
      InChild victim([&] {
        FaultyFileSystem dying(files, {FaultyFileSystem::kDieReally, 0}, at);
        RoomUpdate(dying, clock, room.file()).add("v" + std::to_string(at));
        return 0;
      });
      victim.wait();
      if (!is_whole(room.bytes())) return 2;
      left += std::distance(fs::directory_iterator(room.file().parent_path()), {}) > 1 ? 1 : 0;
    }
    if (left == 0) return 6;
    if (!RoomUpdate(files, clock, room.file()).add("ours").acknowledged) return 3;
    if (!room.words().contains("ours")) return 4;
    return std::distance(fs::directory_iterator(room.file().parent_path()), {}) == 1 ? 0 : 5;
  });
  expect_done(child, "another device under .sdd/tmp");
}

TEST(Processes, a_folder_that_may_not_be_written_is_told) {
  const Room room;
  InChild child([&] {
    RealFileSystem files;
    FakeClock clock;
    if (!RoomUpdate(files, clock, room.file()).add("first").acknowledged) return 1;
    if (!enter_own_mounts()) return kNotAllowed;
    const fs::path active = room.file().parent_path();
    if (::mount(active.c_str(), active.c_str(), nullptr, MS_BIND, nullptr) != 0) return kNotAllowed;
    if (::mount(nullptr, active.c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr) != 0) {
      return kNotAllowed;
    }
    const Updated updated = RoomUpdate(files, clock, room.file()).add("ours");
    if (updated.acknowledged || updated.standing != Standing::kOld) return 2;
    if (updated.error.kind != ErrorKind::kPermission) return 3;
    return room.in("tmp").empty() ? 0 : 4;
  });
  expect_done(child, "a read-only folder");
}

TEST(Processes, another_user_may_not_write) {
  if (::geteuid() != 0) {
    std::printf("[  ABSENT  ] another user: only root can become one\n");
    return;
  }
  const Room room;
  fs::permissions(room.folder.path(), fs::perms(0755));
  InChild child([&] {
    if (::setgid(65534) != 0 || ::setuid(65534) != 0) return 1;
    RealFileSystem files;
    FakeClock clock;
    const Updated updated = RoomUpdate(files, clock, room.file()).add("ours");
    return updated.error.kind == ErrorKind::kPermission ? 0 : 2;
  });
  EXPECT_EQ(child.wait(), 0);
  EXPECT_FALSE(fs::exists(room.specs() / ".sdd"));
  EXPECT_EQ(room.words(), Words{"base"});
}

}  // namespace
}  // namespace sdd::store
