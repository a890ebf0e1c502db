// Every operation of an update goes wrong once, in every way, with and without somebody else who
// writes the file before it or before any other operation. Afterwards the file holds old, new or
// merged bytes, what was said of it is true, and the next update finds nothing that it does not
// settle or tell.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>

#include "store/fake_clock.h"
#include "store/faulty_file_system.h"
#include "store/store_room.h"
#include "support.h"

namespace sdd::store {
namespace {

namespace fs = std::filesystem;

enum class Foreign { kNobody, kRenames, kWritesInPlace, kClashes };

struct FaultRun {
  FaultyFileSystem::Fault fault;
  int fault_at = 0;  // 0: never
  Foreign foreign = Foreign::kNobody;
  int foreign_at = 0;
  int exchange_error = 0;

  std::string shown() const {
    return "fault " + std::to_string(fault.kind) + " (" + std::to_string(fault.code) + ") at " +
           std::to_string(fault_at) + ", foreign " + std::to_string(static_cast<int>(foreign)) +
           " at " + std::to_string(foreign_at) + ", exchange " + std::to_string(exchange_error);
  }
};

struct FaultSeen {
  bool struck = false;
  bool died = false;
  int steps = 0;
  int last_exchange = 0;
  bool foreign_wrote = false;
  Updated updated;
};

// Tallies over all runs, printed at the end.
struct FaultTally {
  int runs = 0;
  int acknowledged = 0;
  int merged = 0;
  int kept = 0;
  int longest = 0;
};

class FaultLoop {
 public:
  explicit FaultLoop(bool fresh) : fresh_(fresh) {}

  // Runs one update with the fault; checks what must hold; returns whether the fault was met.
  bool run(const FaultRun& run) {
    SCOPED_TRACE(run.shown());
    begin();
    const FaultSeen seen = update(run);
    check_first(run, seen);
    check_next(seen);
    ++tally_.runs;
    tally_.acknowledged += seen.updated.acknowledged ? 1 : 0;
    tally_.merged += seen.updated.merged ? 1 : 0;
    tally_.kept += room_->in("displaced").empty() ? 0 : 1;
    tally_.longest = std::max(tally_.longest, seen.steps);
    return seen.struck;
  }

  const FaultTally& tally() const { return tally_; }
  void print(const char* name) const {
    std::printf(
        "[  FAULTS  ] %s: %d runs over %d operations: %d acknowledged, %d merged, %d kept "
        "a version\n",
        name, tally_.runs, tally_.longest, tally_.acknowledged, tally_.merged, tally_.kept);
  }

 private:
  void begin() {
    room_.emplace(quick_place());
    if (fresh_) return;
    EXPECT_TRUE(RoomUpdate(quick_, clock_, room_->file()).add("base").acknowledged);
  }

  FaultSeen update(const FaultRun& run) {
    FaultSeen seen;
    FaultyFileSystem files(real_, run.fault, run.fault_at);
    files.exchange_error = run.exchange_error;
    files.before = [&](int step, Op) {
      if (run.foreign == Foreign::kNobody || step != run.foreign_at) return;
      write_foreign(run.foreign);
      seen.foreign_wrote = true;
    };
    seen.updated = RoomUpdate(files, clock_, room_->file()).add("ours");
    seen.struck = files.struck();
    seen.died = files.dead();
    seen.steps = files.steps();
    seen.last_exchange = files.last_exchange();
    return seen;
  }

  void write_foreign(Foreign how) const {
    const std::string bytes = words_text(how == Foreign::kClashes ? Words{"base", "clash", "theirs"}
                                                                  : Words{"base", "theirs"});
    if (how == Foreign::kWritesInPlace) {
      std::ofstream(room_->file(), std::ios::trunc) << bytes;
      return;
    }
    const fs::path temporary = room_->file().string() + ".tmp";
    std::ofstream(temporary) << bytes;
    fs::rename(temporary, room_->file());
  }

  void check_first(const FaultRun& run, const FaultSeen& seen) const {
    const std::string bytes = room_->bytes();
    EXPECT_TRUE(is_whole(bytes)) << bytes;
    const Words words = words_of(bytes);
    EXPECT_TRUE(words.contains("base"));
    for (const std::string& word : words) {
      EXPECT_TRUE(word == "base" || word == "ours" || word == "theirs" || word == "clash") << word;
    }
    // Whoever wrote after our last exchange (or without any) has the last word.
    const bool overwritten = seen.foreign_wrote && run.foreign_at > seen.last_exchange;
    const Updated& updated = seen.updated;
    const bool ours = words.contains("ours");
    if (updated.acknowledged) {
      EXPECT_TRUE(ours || overwritten);
      EXPECT_TRUE(!seen.foreign_wrote || words.contains("theirs"));
    }
    if (seen.died || updated.acknowledged) return;
    if (updated.standing == Standing::kOld) {
      EXPECT_FALSE(ours) << updated.error.message;
      EXPECT_FALSE(updated.error.message.empty());
    }
    EXPECT_TRUE(updated.standing != Standing::kNew || ours || overwritten);
    EXPECT_TRUE(updated.standing != Standing::kUnknown || run.fault_at > 0);
  }

  // The next update must go through, and nothing of anybody may be gone.
  void check_next(const FaultSeen& seen) {
    const Words before = room_->words();
    const std::size_t kept_before = room_->in("displaced").size();
    const Updated next = RoomUpdate(quick_, clock_, room_->file()).add("next");
    ASSERT_TRUE(next.acknowledged) << next.error.message;
    const Words after = room_->words();
    EXPECT_TRUE(after.contains("next"));
    for (const std::string& word : before) EXPECT_TRUE(after.contains(word)) << word;
    EXPECT_TRUE(!seen.foreign_wrote || after.contains("theirs") || room_->displaced("theirs"));
    EXPECT_TRUE(room_->in("tmp").empty());
    EXPECT_EQ(std::distance(fs::directory_iterator(room_->file().parent_path()), {}), 1);
    // What lies in displaced/ was told, except by the dead.
    EXPECT_TRUE(seen.died || told(seen.updated) == kept_before);
    EXPECT_EQ(told(next), room_->in("displaced").size() - kept_before);
    const auto log = read_log(real_, room_->in("log").at(0));
    ASSERT_TRUE(log.has_value());
    EXPECT_EQ(log->losses.lines, 0U);
    EXPECT_EQ(log->losses.torn, 0U);
    ASSERT_FALSE(log->updates.empty());
    EXPECT_EQ(log->updates.back().id, "next");
  }

  static std::size_t told(const Updated& updated) {
    return static_cast<std::size_t>(std::count_if(
        updated.kept.begin(), updated.kept.end(),
        [](const Kept& each) { return each.file.parent_path().filename() == "displaced"; }));
  }

  bool fresh_;
  RealFileSystem real_;
  FaultyFileSystem quick_{real_};
  FakeClock clock_;
  std::optional<Room> room_;
  FaultTally tally_;
};

const std::array<FaultyFileSystem::Fault, 8> kFaults = {{{FaultyFileSystem::kFail, EIO},
                                                         {FaultyFileSystem::kFail, ENOSPC},
                                                         {FaultyFileSystem::kFail, EDQUOT},
                                                         {FaultyFileSystem::kFail, EACCES},
                                                         {FaultyFileSystem::kFailAfter, EIO},
                                                         {FaultyFileSystem::kInterrupt, EINTR},
                                                         {FaultyFileSystem::kShort, 0},
                                                         {FaultyFileSystem::kDie, 0}}};

constexpr std::array<Foreign, 4> kForeigns = {Foreign::kNobody, Foreign::kRenames,
                                              Foreign::kWritesInPlace, Foreign::kClashes};

// How many operations an update has when nothing goes wrong.
int fault_steps(bool fresh, int exchange_error) {
  RealFileSystem real;
  FakeClock clock;
  const Room room(quick_place());
  FaultyFileSystem quick(real);
  if (!fresh) RoomUpdate(quick, clock, room.file()).add("base");
  FaultyFileSystem files(real);
  files.exchange_error = exchange_error;
  EXPECT_TRUE(RoomUpdate(files, clock, room.file()).add("ours").acknowledged);
  return files.steps();
}

TEST(ExchangeFaults, each_operation_fails_once) {
  FaultLoop loop(/*fresh=*/true);
  for (const auto& fault : kFaults) {
    for (int at = 1; loop.run({fault, at}); ++at) {
      if (testing::Test::HasFailure()) return;
    }
  }
  loop.print("in a folder that sdd sees for the first time");
  EXPECT_GT(loop.tally().longest, 60);
}

TEST(ExchangeFaults, somebody_writes_before_each_operation) {
  FaultLoop loop(/*fresh=*/false);
  const int steps = fault_steps(false, 0);
  for (const Foreign foreign : kForeigns) {
    for (int at = 1; at <= steps; ++at) {
      loop.run({{}, 0, foreign, at});
      if (testing::Test::HasFailure()) return;
    }
  }
  loop.print("foreign writers");
  EXPECT_GT(loop.tally().merged, 10);
}

// All pairs are 22,000 runs; SDD_TESTS=long makes them, else every fifth place of the foreign
// write.
TEST(ExchangeFaults, each_operation_fails_after_somebody_wrote_before_any) {
  FaultLoop loop(/*fresh=*/false);
  const int steps = fault_steps(false, 0);
  const int stride = test::by_effort(25, 5, 1);
  int first = 1;
  for (const std::size_t which : {0U, 4U, 7U}) {
    for (const Foreign foreign : {Foreign::kRenames, Foreign::kClashes}) {
      for (int foreign_at = first; foreign_at <= steps; foreign_at += stride) {
        for (int at = foreign_at; loop.run({kFaults.at(which), at, foreign, foreign_at}); ++at) {
          if (testing::Test::HasFailure()) return;
        }
      }
      first = first % stride + 1;
    }
  }
  loop.print("fault and foreign writer");
  EXPECT_GT(loop.tally().kept, 0);
}

TEST(ExchangeFaults, each_operation_fails_where_names_cannot_be_exchanged) {
  FaultLoop loop(/*fresh=*/false);
  for (const auto& fault : kFaults) {
    for (int at = 1; loop.run({fault, at, Foreign::kNobody, 0, EINVAL}); ++at) {
      if (testing::Test::HasFailure()) return;
    }
  }
  loop.print("without exchange of names");
}

// The window that `Replaced::window` speaks of is one step wide.
TEST(ExchangeFaults, without_exchange_only_a_rename_at_the_last_moment_is_lost) {
  RealFileSystem real;
  FakeClock clock;
  const int steps = fault_steps(false, EINVAL);
  int lost = 0;
  for (int at = 1; at <= steps; ++at) {
    const Room room(quick_place());
    FaultyFileSystem quick(real);
    RoomUpdate(quick, clock, room.file()).add("base");
    FaultyFileSystem files(real);
    files.exchange_error = EINVAL;
    files.before = [&](int step, Op) {
      if (step != at) return;
      std::ofstream(room.file().string() + ".tmp") << words_text({"base", "theirs"});
      fs::rename(room.file().string() + ".tmp", room.file());
    };
    const Updated updated = RoomUpdate(files, clock, room.file()).add("ours");
    EXPECT_TRUE(updated.acknowledged) << updated.error.message;
    EXPECT_TRUE(is_whole(room.bytes()));
    const bool theirs = room.words().contains("theirs") || room.displaced("theirs");
    lost += theirs ? 0 : 1;
  }
  EXPECT_EQ(lost, 1);
}

}  // namespace
}  // namespace sdd::store
