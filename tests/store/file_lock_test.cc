#include "store/file_lock.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "store/fake_clock.h"
#include "store/faulty_file_system.h"
#include "store/in_child.h"
#include "store/store_room.h"

namespace sdd::store {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

struct FileLockCase : testing::Test {
  LockRequest request(milliseconds timeout, const std::string& inherited = "") const {
    return {room.home(), room.file(), "complete-task", {"a", "task-1-1"}, timeout, inherited};
  }

  Room room;
  RealFileSystem files;
  FakeClock clock;
  Locks locks{files, clock};
  fs::path path = room.home().lock_file(room.file());
};

TEST_F(FileLockCase, keeps_others_out_as_long_as_it_lives) {
  auto lock = locks.acquire(request(milliseconds(0)));
  ASSERT_TRUE(lock.has_value());
  EXPECT_TRUE(lock->is_held());
  EXPECT_TRUE(lock->stands());
  EXPECT_FALSE(lock->is_inherited());
  EXPECT_EQ(fs::status(path).permissions(), fs::perms(0600));

  auto other = locks.acquire(request(milliseconds(0)));
  ASSERT_FALSE(other.has_value());
  EXPECT_EQ(other.error().error.kind, ErrorKind::kBusy);
  FileLock moved = std::move(*lock);
  EXPECT_FALSE(lock->is_held());
  EXPECT_FALSE(locks.acquire(request(milliseconds(0))).has_value());
  moved = FileLock();
  EXPECT_TRUE(locks.acquire(request(milliseconds(0))).has_value());
  EXPECT_TRUE(fs::exists(path)) << "never unlinked by us";
}

TEST_F(FileLockCase, names_the_holder) {
  const auto lock = locks.acquire(request(milliseconds(0)));
  const auto other = locks.acquire(request(milliseconds(0)));
  ASSERT_TRUE(other.error().holder);
  EXPECT_EQ(other.error().holder->pid, ::getpid());
  EXPECT_EQ(other.error().holder->ids, (std::vector<std::string>{"a", "task-1-1"}));
  const std::string message = other.error().error.message;
  EXPECT_TRUE(message.starts_with("'" + room.file().string() +
                                  "' is locked by 'sdd complete-task a task-1-1' (pid " +
                                  std::to_string(::getpid()) + " on "))
      << message;
  EXPECT_TRUE(message.ends_with(" s)")) << message;
}

TEST_F(FileLockCase, one_who_is_not_named_keeps_out_as_well) {
  ASSERT_TRUE(room.home().prepare(files).has_value());
  const Answer<File> held = File::open(files, path, O_RDWR | O_CREAT, 0600);
  ASSERT_TRUE(files.lock(held->fd()).has_value());
  const auto other = locks.acquire(request(milliseconds(0)));
  ASSERT_FALSE(other.has_value());
  EXPECT_FALSE(other.error().holder);
  EXPECT_TRUE(other.error().error.message.ends_with("is locked"));
}

TEST_F(FileLockCase, waits_until_the_time_is_up_and_no_longer) {
  const auto lock = locks.acquire(request(milliseconds(0)));
  const auto start = clock.now();
  EXPECT_FALSE(locks.acquire(request(milliseconds(3000))).has_value());
  EXPECT_EQ(clock.now() - start, milliseconds(3000));
  EXPECT_GT(clock.sleeps, 60);
  EXPECT_LE(clock.longest, milliseconds(50));
  EXPECT_GT(clock.longest, milliseconds(40));
}

TEST_F(FileLockCase, is_had_as_soon_as_it_is_free) {
  auto lock = locks.acquire(request(milliseconds(0)));
  clock.during_sleep = [&] {
    if (clock.sleeps == 5) *lock = FileLock();
  };
  EXPECT_TRUE(locks.acquire(request(milliseconds(1000))).has_value());
  EXPECT_EQ(clock.sleeps, 5);
}

TEST_F(FileLockCase, who_comes_again_waits_behind_those_who_wait) {
  auto lock = locks.acquire(request(milliseconds(0)));
  FakeClock patient;
  Locks waiter(files, patient);
  int again = 0;
  patient.during_sleep = [&] {
    if (patient.sleeps != 3) return;
    // The holder lets go and wants it again at once, while the waiter sleeps. It tries, behind the
    // turnstile, until its time is up; only then it tries the lock itself.
    *lock = FileLock();
    clock.during_sleep = [&] { ++again; };
    EXPECT_TRUE(locks.acquire(request(milliseconds(100))).has_value());
  };
  EXPECT_TRUE(waiter.acquire(request(milliseconds(1000))).has_value());
  EXPECT_GT(again, 10);
}

TEST_F(FileLockCase, one_stopped_while_waiting_does_not_keep_the_others_away) {
  ASSERT_TRUE(room.home().prepare(files).has_value());
  const Answer<File> stopped = File::open(files, path.string() + ".queue", O_RDWR | O_CREAT, 0600);
  ASSERT_TRUE(files.lock(stopped->fd()).has_value());
  const auto start = clock.now();
  EXPECT_TRUE(locks.acquire(request(milliseconds(10'000))).has_value());
  EXPECT_GE(clock.now() - start, milliseconds(500));
  EXPECT_LT(clock.now() - start, milliseconds(600));
}

TEST_F(FileLockCase, a_removed_lock_file_is_made_again) {
  auto lock = locks.acquire(request(milliseconds(0)));
  fs::remove_all(room.specs() / ".sdd");  // git clean -fdx
  EXPECT_FALSE(lock->stands());
  const auto next = locks.acquire(request(milliseconds(0)));
  ASSERT_TRUE(next.has_value());
  EXPECT_TRUE(next->stands());
}

TEST_F(FileLockCase, who_waits_at_a_removed_file_does_not_stop_there) {
  auto lock = locks.acquire(request(milliseconds(0)));
  std::optional<FileLock> elsewhere;
  clock.during_sleep = [&] {
    // The file goes, somebody locks the new one, and the old one becomes free.
    if (clock.sleeps == 2) {
      fs::remove_all(room.specs() / ".sdd");
      Locks others(files, clock);
      elsewhere = *others.acquire(request(milliseconds(0)));
      *lock = FileLock();
    }
    if (clock.sleeps == 6) elsewhere.reset();
  };
  const auto next = locks.acquire(request(milliseconds(10'000)));
  ASSERT_TRUE(next.has_value());
  EXPECT_TRUE(next->stands());
  EXPECT_EQ(clock.sleeps, 6);
}

TEST_F(FileLockCase, says_where_locks_exclude_nobody) {
  struct NoLocks : WrappingFileSystem {
    using WrappingFileSystem::WrappingFileSystem;
    Answer<void> lock(int) override { return code == 0 ? Answer<void>() : failed(code); }
    int code = 0;
  };
  NoLocks no_locks(files);
  Locks useless(no_locks, clock);
  for (const int code : {0, ENOLCK, ENOSYS, EOPNOTSUPP}) {
    no_locks.code = code;
    const auto lock = useless.acquire(request(milliseconds(0)));
    ASSERT_FALSE(lock.has_value());
    EXPECT_TRUE(lock.error().excludes_nobody);
    EXPECT_EQ(lock.error().error.kind, ErrorKind::kIo);
  }
}

TEST_F(FileLockCase, probes_once) {
  FaultyFileSystem counted(files);
  int locked = 0;
  counted.before = [&](int, Op op) { locked += op == Op::kLock ? 1 : 0; };
  Locks counting(counted, clock);
  EXPECT_TRUE(counting.acquire(request(milliseconds(0))).has_value());
  EXPECT_EQ(locked, 3) << "the turnstile, the lock, the probe";
  EXPECT_TRUE(counting.acquire(request(milliseconds(0))).has_value());
  EXPECT_EQ(locked, 5);
}

TEST_F(FileLockCase, every_failure_is_told) {
  for (int at = 1;; ++at) {
    FaultyFileSystem faulty(files, {FaultyFileSystem::kFail, EIO}, at);
    Locks failing(faulty, clock);
    const auto lock = failing.acquire(request(milliseconds(100)));
    if (!faulty.struck()) {
      EXPECT_TRUE(lock.has_value());
      break;
    }
    // Had all the same (the holder could not be written), or said why not.
    EXPECT_TRUE(lock ? lock->stands() : !lock.error().error.message.empty());
  }
}

TEST_F(FileLockCase, a_child_works_under_its_parents_lock) {
  const auto lock = locks.acquire(request(milliseconds(0)));
  const auto shared = lock->share_with_children("");
  ASSERT_TRUE(shared.has_value());
  EXPECT_EQ(*lock->share_with_children("55"), "55," + *shared);
  InChild child([&] {
    RealFileSystem own_files;
    FakeClock own_clock;
    Locks own(own_files, own_clock);
    const auto inherited = own.acquire(request(milliseconds(0), "55," + *shared));
    if (!inherited || !inherited->is_inherited() || !inherited->stands()) return 1;
    // A second one under the same parent waits for the first.
    const auto second = own.acquire(request(milliseconds(0), *shared));
    if (second || !second.error().holder) return 2;
    // Without the descriptor the parent keeps out.
    if (own.acquire(request(milliseconds(0)))) return 3;
    return 0;
  });
  EXPECT_EQ(child.wait(), 0);
  for (const char* wrong : {"", "x", "-1", "99999", "0", "1,2,,", "4294967296"}) {
    EXPECT_FALSE(locks.acquire(request(milliseconds(0), wrong)).has_value()) << wrong;
  }
}

TEST_F(FileLockCase, a_descriptor_of_another_lock_is_passed_by) {
  const auto lock = locks.acquire(request(milliseconds(0)));
  // Open on the lock file, but not what holds the lock.
  const Answer<File> stranger = File::open(files, path, O_RDWR);
  const std::string fd = std::to_string(stranger->fd());
  EXPECT_FALSE(locks.acquire(request(milliseconds(0), fd)).has_value());
}

TEST_F(FileLockCase, outlives_the_parent_where_a_program_it_started_goes_on) {
  auto lock = locks.acquire(request(milliseconds(0)));
  ASSERT_TRUE(lock->share_with_children("").has_value());
  InChild program([] {
    ::execl("/bin/sleep", "sleep", "60", nullptr);
    return 1;
  });
  // Wait until it is that program.
  while (test::read_bytes("/proc/" + std::to_string(program.pid()) + "/comm") != "sleep\n") {
    std::this_thread::sleep_for(milliseconds(1));
  }
  *lock = FileLock();
  EXPECT_FALSE(locks.acquire(request(milliseconds(0))).has_value());
  program.signal(SIGKILL);
  program.wait();
  EXPECT_TRUE(locks.acquire(request(milliseconds(0))).has_value());
}

TEST_F(FileLockCase, is_not_taken_from_a_stopped_process_and_is_free_after_a_killed_one) {
  InChild holder([&] {
    RealFileSystem own_files;
    FakeClock own_clock;
    Locks own(own_files, own_clock);
    const auto lock = own.acquire(request(milliseconds(0)));
    ::raise(SIGSTOP);
    return lock->stands() ? 0 : 1;
  });
  holder.wait_until_stopped();
  const auto busy = locks.acquire(request(std::chrono::hours(1)));
  ASSERT_FALSE(busy.has_value());
  ASSERT_TRUE(busy.error().holder);
  EXPECT_EQ(busy.error().holder->pid, holder.pid());
  holder.signal(SIGKILL);
  EXPECT_EQ(holder.wait(), -SIGKILL);
  EXPECT_TRUE(locks.acquire(request(milliseconds(0))).has_value());
}

TEST_F(FileLockCase, threads_take_turns) {
  constexpr int kThreads = 4;
  constexpr int kTurns = 100;
  std::atomic<int> clashes = 0;
  std::atomic<int> inside = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      RealFileSystem own_files;
      RealClock own_clock;
      Locks own(own_files, own_clock);
      for (int turn = 0; turn < kTurns; ++turn) {
        const auto lock = own.acquire(request(std::chrono::minutes(5)));
        if (++inside != 1) ++clashes;
        const std::string text = test::read_bytes(room.file());
        std::ofstream(room.file()) << text << '.';
        --inside;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(clashes, 0);
  EXPECT_EQ(room.bytes().size(), words_text({"base"}).size() + kThreads * kTurns);
}

TEST(NetworkName, tells_what_reaches_beyond_this_machine) {
  EXPECT_EQ(network_name(0x6969), "NFS");
  EXPECT_EQ(network_name(0xFFFFFFFFFF534D42), "SMB");
  EXPECT_EQ(network_name(0x65735546), "FUSE");
  EXPECT_EQ(network_name(0x01021997), "9P");
  EXPECT_EQ(network_name(0xEF53), "") << "ext4";
  EXPECT_EQ(network_name(0x01021994), "") << "tmpfs";
}

}  // namespace
}  // namespace sdd::store
