// Every operation of an update of a spec goes wrong once, in every way, with and without somebody
// else who writes the file meanwhile; signals come between any two. Afterwards the file holds old,
// new or merged bytes, what was said of it is true, and the next update settles or tells the rest.
// (tests/store/exchange_faults_test.cc does the same to the floor below.)
#include <gtest/gtest.h>

#include <array>
#include <fstream>

#include "store/fake_clock.h"
#include "store/faulty_file_system.h"
#include "store/in_child.h"
#include "store/store_room.h"
#include "store/update_log.h"
#include "support.h"
#include "workspace/lost_updates.h"
#include "workspace/update_room.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;
using spec::AddJournal;
using store::FaultyFileSystem;
using store::Op;
using test::count_of;
using test::kRoomId;
using test::UpdateRoom;

constexpr const char* kOurs = "\"Task Completed: T\"";
constexpr const char* kTheirs = "\"theirs\"";

enum class Foreigner { kNobody, kRenames, kWritesInPlace, kClashes };

struct Trial {
  FaultyFileSystem::Fault fault = {};
  int at = 0;  // 0: never
  Foreigner foreigner = Foreigner::kNobody;
  int foreign_at = 0;
  bool moves = false;  // the update is a move between status folders
  bool fresh = false;  // there was no update before

  std::string shown() const {
    return "fault " + std::to_string(fault.kind) + " (" + std::to_string(fault.code) + ") at " +
           std::to_string(at) + ", foreigner " + std::to_string(static_cast<int>(foreigner)) +
           " at " + std::to_string(foreign_at) + (moves ? ", a move" : "") +
           (fresh ? ", the first update" : "");
  }
};

struct UpdateTally {
  int runs = 0, done = 0, merged = 0, kept = 0, longest = 0;
};

std::string changed(const std::string& bytes, const spec::Operation& operation) {
  json::Parser parser;
  json::Tree tree;
  EXPECT_TRUE(parser.parse(bytes, tree));
  const auto update = spec::update(spec::Spec(tree), operation, {now(), false, "Bob"});
  EXPECT_TRUE(update.has_value());
  return spec::apply_changes(bytes, update->changes).value();
}

class UpdateFaultLoop {
 public:
  // Returns whether the fault was met.
  bool run(const Trial& trial) {
    SCOPED_TRACE(trial.shown());
    begin(trial);
    FaultyFileSystem files(real_, trial.fault, trial.at);
    files.before = [&](int step, Op) {
      if (trial.foreigner != Foreigner::kNobody && step == trial.foreign_at) write_foreign(trial);
    };
    Disk disk(files, clock_);
    const auto updated = update_spec(request(trial), room_->places(), disk);
    died_ = files.dead();
    overwritten_ = foreign_wrote_ && trial.foreign_at > files.last_exchange();
    check_first(trial, updated);
    check_next(trial, updated);
    ++tally_.runs;
    tally_.done += updated ? 1 : 0;
    tally_.merged += updated && updated->merged ? 1 : 0;
    tally_.kept += room_->files_in("displaced") > 0 ? 1 : 0;
    tally_.longest = std::max(tally_.longest, files.steps());
    return files.struck();
  }

  // How many operations an update has when nothing goes wrong.
  int steps(bool moves) {
    const Trial trial{.moves = moves};
    run(trial);
    return tally_.longest;
  }

  const UpdateTally& tally() const { return tally_; }
  void print(const char* name) const {
    std::printf(
        "[  FAULTS  ] %s: %d runs over %d operations: %d done, %d merged, %d kept a version\n",
        name, tally_.runs, tally_.longest, tally_.done, tally_.merged, tally_.kept);
  }

 private:
  void begin(const Trial& trial) {
    room_.emplace(store::quick_place());
    foreign_wrote_ = false;
    if (!trial.fresh) {
      ASSERT_TRUE(quickly(room_->request(AddJournal{"base", "x"})));
    }
    initial_ = room_->bytes();
    foreign_ = changed(initial_, AddJournal{"theirs", "x"});
    if (trial.foreigner == Foreigner::kClashes) {
      foreign_ = changed(foreign_, spec::MarkBlocked{"task-1-1", "no"});
    }
  }

  UpdateRequest request(const Trial& trial) const {
    if (!trial.moves) return room_->request(spec::CompleteTask{"task-1-1"}, "ours");
    UpdateRequest request = room_->request(spec::MoveSpec{"active", "completed"}, "ours");
    request.compute = [](const spec::Spec& spec, const SpecPath& place) {
      return spec::update(spec, spec::MoveSpec{place.status_folder, "completed"},
                          {now(), false, "Ann"});
    };
    request.move_to = "completed";
    return request;
  }

  Result<Updated> quickly(const UpdateRequest& request) {
    FaultyFileSystem quick(real_);
    Disk disk(quick, clock_);
    return update_spec(request, room_->places(), disk);
  }

  void write_foreign(const Trial& trial) {
    foreign_wrote_ = true;
    if (trial.foreigner == Foreigner::kWritesInPlace) {
      std::ofstream(room_->file(), std::ios::trunc) << foreign_;
      return;
    }
    const fs::path temporary = room_->folder.path() / "foreign.tmp";
    std::ofstream(temporary) << foreign_;
    fs::rename(temporary, room_->file());
  }

  // The spec, wherever it lies; there must be one.
  std::string bytes() const {
    std::vector<fs::path> found;
    for (const char* folder : {"active", "completed"}) {
      if (fs::exists(room_->file(folder))) found.push_back(room_->file(folder));
    }
    EXPECT_EQ(found.size(), 1U);
    return found.size() == 1 ? test::read_bytes(found.front()) : "";
  }

  // How often the update's effect is in the file.
  std::size_t effects(const Trial& trial) const {
    const std::string now_there = bytes();
    if (!trial.moves) return count_of(now_there, kOurs);
    return count_of(now_there, "\"completed_date\"");
  }

  void check_first(const Trial& trial, const Result<Updated>& updated) const {
    const std::string now_there = bytes();
    json::Parser parser;
    json::Tree tree;
    EXPECT_TRUE(parser.parse(now_there, tree)) << now_there;
    EXPECT_TRUE(spec::same_meaning(now_there, initial_) || effects(trial) == 1 || foreign_wrote_);
    if (updated) {
      EXPECT_TRUE(effects(trial) == 1 || overwritten_);
      EXPECT_TRUE(!foreign_wrote_ || count_of(now_there, kTheirs) == 1);
      return;
    }
    if (died_) return;
    const Error& error = updated.error();
    EXPECT_TRUE(error.kind == ErrorKind::kIo || error.kind == ErrorKind::kPermission ||
                error.kind == ErrorKind::kBusy || error.kind == ErrorKind::kRefused)
        << error.message;
    EXPECT_GE(exit_code(error.kind), 3);
    const bool applied = error.message.find("applied") != std::string::npos;
    const bool perhaps = error.message.find("perhaps applied") != std::string::npos;
    EXPECT_TRUE(applied || effects(trial) == 0) << error.message;
    EXPECT_TRUE(!applied || perhaps || overwritten_ || effects(trial) == 1) << error.message;
  }

  void check_next(const Trial& trial, const Result<Updated>& updated) {
    const std::size_t kept = room_->files_in("displaced");
    EXPECT_TRUE(died_ || told(updated) == kept) << "a kept file was not told";
    const auto again = quickly(request(trial));
    const bool clash = foreign_wrote_ && trial.foreigner == Foreigner::kClashes;
    EXPECT_TRUE(again || clash) << again.error().message;
    const auto next = quickly(room_->request(AddJournal{"next", "x"}));
    ASSERT_TRUE(next) << next.error().message;
    const std::string now_there = bytes();
    EXPECT_EQ(count_of(now_there, "\"next\""), 1U);
    EXPECT_TRUE(clash || overwritten_ || effects(trial) == 1);
    EXPECT_LE(effects(trial), 1U);
    EXPECT_TRUE(!foreign_wrote_ || count_of(now_there, kTheirs) == 1 || is_kept(kTheirs));
    EXPECT_EQ(room_->files_in("tmp"), 0U);
    EXPECT_EQ(room_->files_in("displaced"), kept + told(again) + told(next));
    check_log(trial);
  }

  void check_log(const Trial& trial) const {
    const fs::path path = room_->own("log") / (std::string(kRoomId) + ".jsonl");
    store::RealFileSystem files;
    const auto log = store::read_log(files, path);
    ASSERT_TRUE(log.has_value());
    EXPECT_EQ(log->losses.lines, 0U);
    EXPECT_EQ(log->losses.torn, 0U);
    json::Parser parser;
    json::Tree tree;
    const std::string now_there = bytes();
    ASSERT_TRUE(parser.parse(now_there, tree));
    const std::vector<LostUpdate> lost = missing_updates(*log, tree.root());
    const bool acknowledged =
        std::any_of(log->updates.begin(), log->updates.end(),
                    [](const store::Update& update) { return update.id == "ours" && update.done; });
    EXPECT_EQ(lost.size(), acknowledged && effects(trial) == 0 ? 1U : 0U);
  }

  static std::size_t told(const Result<Updated>& updated) {
    if (!updated) return count_of(updated.error().message, ".sdd/displaced/");
    std::size_t count = 0;
    for (const std::string& remark : updated->remarks) count += count_of(remark, ".sdd/displaced/");
    return count;
  }

  bool is_kept(const char* text) const {
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(room_->own("displaced"), none)) {
      if (count_of(test::read_bytes(entry.path()), text) > 0) return true;
    }
    return false;
  }

  store::RealFileSystem real_;
  store::FakeClock clock_;
  std::optional<UpdateRoom> room_;
  std::string initial_;
  std::string foreign_;
  bool foreign_wrote_ = false;
  bool overwritten_ = false;
  bool died_ = false;
  UpdateTally tally_;
};

constexpr std::array<FaultyFileSystem::Fault, 7> kUpdateFaults = {
    {{FaultyFileSystem::kFail, EIO},
     {FaultyFileSystem::kFail, ENOSPC},
     {FaultyFileSystem::kFail, EACCES},
     {FaultyFileSystem::kFailAfter, EIO},
     {FaultyFileSystem::kInterrupt, EINTR},
     {FaultyFileSystem::kShort, 0},
     {FaultyFileSystem::kDie, 0}}};

constexpr std::array kForeigners = {Foreigner::kRenames, Foreigner::kWritesInPlace,
                                    Foreigner::kClashes};

TEST(UpdateFaults, each_operation_fails_once) {
  UpdateFaultLoop loop;
  for (const auto& fault : kUpdateFaults) {
    for (int at = 1; loop.run({fault, at}); ++at) {
      if (testing::Test::HasFailure()) return;
    }
  }
  loop.print("an update");
  EXPECT_GT(loop.tally().longest, 60);
}

TEST(UpdateFaults, each_operation_of_the_first_update_fails_once) {
  UpdateFaultLoop loop;
  for (const auto& fault : kUpdateFaults) {
    for (int at = 1; loop.run({.fault = fault, .at = at, .fresh = true}); ++at) {
      if (testing::Test::HasFailure()) return;
    }
  }
  loop.print("the first update");
}

TEST(UpdateFaults, each_operation_of_a_move_fails_once) {
  UpdateFaultLoop loop;
  for (const auto& fault : kUpdateFaults) {
    for (int at = 1; loop.run({.fault = fault, .at = at, .moves = true}); ++at) {
      if (testing::Test::HasFailure()) return;
    }
  }
  loop.print("a move");
}

TEST(UpdateFaults, somebody_writes_before_each_operation) {
  UpdateFaultLoop loop;
  const int steps = loop.steps(false);
  for (const Foreigner foreigner : kForeigners) {
    for (int at = 1; at <= steps; ++at) {
      loop.run({.foreigner = foreigner, .foreign_at = at});
      if (testing::Test::HasFailure()) return;
    }
  }
  loop.print("foreign writers");
  EXPECT_GT(loop.tally().merged, 10);
}

// All pairs with SDD_TESTS=long, else those at every so many places of the foreign write.
TEST(UpdateFaults, each_operation_fails_with_a_foreign_version_before_it) {
  UpdateFaultLoop loop;
  const int steps = loop.steps(false);
  const int stride = test::by_effort(41, 11, 1);
  int first = 0;
  for (const std::size_t which : {0U, 3U, 6U}) {
    for (const Foreigner foreigner : kForeigners) {
      for (int foreign_at = 1 + first++ % stride; foreign_at <= steps; foreign_at += stride) {
        for (int at = foreign_at;; at += stride > 1 ? 3 : 1) {
          const bool met = loop.run({kUpdateFaults.at(which), at, foreigner, foreign_at});
          if (testing::Test::HasFailure()) return;
          if (!met) break;
        }
      }
    }
  }
  loop.print("fault and foreign writer");
}

// The update is in the file, and died before it could say so; asked for again, it fails again.
TEST(UpdateFaults, a_second_try_that_fails_does_nothing_twice) {
  store::RealFileSystem real;
  store::FakeClock clock;
  int runs = 0;
  for (const auto& fault : kUpdateFaults) {
    for (int at = 1;; ++at, ++runs) {
      SCOPED_TRACE(std::to_string(fault.kind) + " at " + std::to_string(at));
      const UpdateRoom room(store::quick_place());
      ASSERT_TRUE(room.run(AddJournal{"ours", "x"}, "ours"));
      const fs::path log = room.own("log") / (std::string(kRoomId) + ".jsonl");
      const std::string bytes = test::read_bytes(log);
      fs::resize_file(log, bytes.rfind('\n', bytes.size() - 2) + 1);
      FaultyFileSystem files(real, fault, at);
      Disk disk(files, clock);
      (void)update_spec(room.request(AddJournal{"ours", "x"}, "ours"), room.places(), disk);
      EXPECT_EQ(count_of(room.bytes(), "\"ours\""), 1U);
      const auto again = room.run(AddJournal{"ours", "x"}, "ours");
      ASSERT_TRUE(again) << again.error().message;
      EXPECT_EQ(count_of(room.bytes(), "\"ours\""), 1U);
      EXPECT_EQ(room.files_in("tmp"), 0U);
      if (testing::Test::HasFailure()) return;
      if (!files.struck()) break;
    }
  }
  EXPECT_GT(runs, 200);
}

// A signal ends the process where it comes, or waits until the write is whole.
TEST(UpdateFaults, a_signal_between_any_two_operations_leaves_nothing_unsettled) {
  store::RealFileSystem real;
  store::FakeClock clock;
  int ended = 0;
  for (const int signal : {SIGTERM, SIGINT, SIGKILL}) {
    for (int at = 1;; ++at) {
      SCOPED_TRACE(std::to_string(signal) + " at " + std::to_string(at));
      const UpdateRoom room(store::quick_place());
      store::InChild child([&] {
        FaultyFileSystem files(real);
        files.before = [&](int step, Op) {
          if (step == at) ::raise(signal);
        };
        Disk disk(files, clock);
        const auto updated =
            update_spec(room.request(spec::CompleteTask{"task-1-1"}, "ours"), room.places(), disk);
        if (!updated) return 1;
        return files.steps() < at ? 2 : 0;
      });
      const int result = child.wait();
      const std::size_t there = count_of(room.bytes(), kOurs);
      EXPECT_LE(there, 1U);
      const auto again = room.run(spec::CompleteTask{"task-1-1"}, "ours");
      ASSERT_TRUE(again) << again.error().message;
      EXPECT_TRUE(again->remarks.empty() || there == 1U);
      EXPECT_EQ(count_of(room.bytes(), kOurs), 1U);
      EXPECT_EQ(room.files_in("tmp"), 0U);
      EXPECT_EQ(room.files_in("displaced"), 0U);
      if (testing::Test::HasFailure()) return;
      if (result == 2) break;
      ASSERT_EQ(result, -signal);
      ++ended;
    }
  }
  EXPECT_GT(ended, 150);
  std::printf("[  SIGNAL  ] ended by a signal %d times\n", ended);
}

}  // namespace
}  // namespace sdd::workspace
