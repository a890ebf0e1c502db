// Power is lost after each operation of an update, and what was not synced reaches the disk in
// part, in another order, or not at all (recording_file_system.h). Afterwards the file holds old or
// new bytes, what was acknowledged is there, the log knows of what is in the file, and the next
// update goes through.
#include <gtest/gtest.h>

#include <cstdio>

#include "store/fake_clock.h"
#include "store/faulty_file_system.h"
#include "store/recording_file_system.h"
#include "store/store_room.h"
#include "support.h"

namespace sdd::store {
namespace {

namespace fs = std::filesystem;

class PowerLoss {
 public:
  explicit PowerLoss(std::set<Words> allowed) : allowed_(std::move(allowed)) {}

  // Replays a power loss after each event of an update that was recorded.
  void replay(const RecordingFileSystem& files, const Updated& updated) {
    const CrashReplay crashes(files.start(), files.events());
    const std::size_t end = files.events().size();
    const auto foreign = std::find_if(files.events().begin(), files.events().end(),
                                      [](const DiskEvent& event) { return event.synced; });
    const auto foreign_at = static_cast<std::size_t>(foreign - files.events().begin());
    for (const bool split : {false, true}) {
      for (std::size_t count = 0; count <= end; ++count) {
        const std::size_t open = crashes.states(count, split, [&](const DiskState& state) {
          SCOPED_TRACE("after event " + std::to_string(count) + (split ? ", split" : "") + ":\n" +
                       state.shape());
          if (testing::Test::HasFailure() || (++found_ - 1) % stride_ != 0) return;
          // Half an exchange takes a name away from what others wrote, and nobody can help that.
          foreign_wrote_ = !split && count > foreign_at;
          check(state, updated, count == end);
          ++states_;
        });
        most_open_ = std::max(most_open_, open);
        ++moments_;
      }
    }
  }

  void print(const char* name) const {
    std::printf(
        "[  POWER   ] %s: lost at %d moments, %d of %d states of the disk, up to %zu open "
        "changes\n",
        name, moments_, states_, found_, most_open_);
    EXPECT_LE(most_open_, CrashReplay::kMostOpen) << "not every combination was tried";
  }

 private:
  void check(const DiskState& state, const Updated& updated, bool returned) {
    const test::TempFolder folder(quick_place());
    state.lay_out(folder.path() / "specs");
    const fs::path file = folder.path() / "specs/active/a.json";
    const std::string bytes = test::read_bytes(file);
    ASSERT_TRUE(is_whole(bytes)) << bytes;
    const Words words = words_of(bytes);
    ASSERT_TRUE(allowed_.contains(words)) << bytes;
    const bool ours = words.contains("ours");
    const auto log = read_log(real_, folder.path() / "specs/.sdd/log/a.jsonl");
    ASSERT_TRUE(log.has_value());
    EXPECT_EQ(log->losses.lines, 0U);
    const auto logged = std::find_if(log->updates.begin(), log->updates.end(),
                                     [](const Update& update) { return update.id == "ours"; });
    if (ours) {
      ASSERT_NE(logged, log->updates.end()) << "the intent comes before the deed";
    }
    if (returned && updated.acknowledged) {
      EXPECT_TRUE(ours);
      EXPECT_EQ(logged->after, git_blob_id(bytes));
    }
    EXPECT_TRUE(!returned || updated.acknowledged || updated.standing != Standing::kOld || !ours);
    check_next(file, words);
  }

  void check_next(const fs::path& file, const Words& before) {
    FakeClock clock;
    const Updated next = RoomUpdate(quick_, clock, file).add("next");
    ASSERT_TRUE(next.acknowledged) << next.error.message;
    const fs::path specs = file.parent_path().parent_path();
    const Words after = words_of(test::read_bytes(file));
    for (const std::string& word : before) EXPECT_TRUE(after.contains(word));
    EXPECT_TRUE(after.contains("next"));
    if (foreign_wrote_) {
      bool found = after.contains("theirs") || after.contains("clash");
      for (const auto& entry : fs::directory_iterator(specs / ".sdd/displaced")) {
        const Words kept = words_of(test::read_bytes(entry));
        found = found || kept.contains("theirs") || kept.contains("clash");
      }
      EXPECT_TRUE(found);
    }
    EXPECT_TRUE(fs::is_empty(specs / ".sdd/tmp"));
    const auto kept = std::distance(fs::directory_iterator(specs / ".sdd/displaced"), {});
    EXPECT_EQ(static_cast<std::size_t>(kept), next.kept.size());
  }

  std::set<Words> allowed_;
  RealFileSystem real_;
  FaultyFileSystem quick_{real_};
  bool foreign_wrote_ = false;
  const int stride_ = test::by_effort(11, 1, 1);  // of the states, those that are looked at
  int found_ = 0;
  int states_ = 0;
  int moments_ = 0;
  std::size_t most_open_ = 0;
};

struct PowerLossCase : testing::Test {
  Updated add(FileSystem& files, const std::string& word) {
    return RoomUpdate(files, clock, room.file()).add(word);
  }
  Room room{quick_place()};
  RealFileSystem real;
  FaultyFileSystem quick{real};
  FakeClock clock;
};

TEST_F(PowerLossCase, during_the_first_update_of_a_folder) {
  RecordingFileSystem files(real, room.specs());
  const Updated updated = add(files, "ours");
  ASSERT_TRUE(updated.acknowledged);
  PowerLoss loss({{"base"}, {"base", "ours"}});
  loss.replay(files, updated);
  loss.print("first update");
}

TEST_F(PowerLossCase, during_a_later_update) {
  ASSERT_TRUE(add(quick, "first").acknowledged);
  RecordingFileSystem files(real, room.specs());
  const Updated updated = add(files, "ours");
  ASSERT_TRUE(updated.acknowledged);
  PowerLoss loss({{"base", "first"}, {"base", "first", "ours"}});
  loss.replay(files, updated);
  loss.print("later update");
}

TEST_F(PowerLossCase, while_the_log_makes_room) {
  ASSERT_TRUE(add(quick, "first").acknowledged);
  std::string full;
  for (int i = 0; i < 1000; ++i) {
    full += log_line(
        Update{"u" + std::to_string(i), {}, 1, "h", "c", "b", "a", "0", false, {}, {}, {}});
  }
  room.folder.write("specs/.sdd/log/a.jsonl", full);
  RecordingFileSystem files(real, room.specs());
  const Updated updated = add(files, "ours");
  ASSERT_TRUE(updated.acknowledged);
  PowerLoss loss({{"base", "first"}, {"base", "first", "ours"}});
  loss.replay(files, updated);
  loss.print("log cut");
}

TEST_F(PowerLossCase, during_a_merge) {
  ASSERT_TRUE(add(quick, "first").acknowledged);
  RecordingFileSystem files(real, room.specs());
  files.before_rename = [&](int number) {
    if (number == 2)
      files.replace_from_outside(room.file(), words_text({"base", "first", "theirs"}));
  };
  const Updated updated = add(files, "ours");
  ASSERT_TRUE(updated.acknowledged && updated.merged);
  PowerLoss loss({{"base", "first"},
                  {"base", "first", "theirs"},
                  {"base", "first", "ours"},
                  {"base", "first", "ours", "theirs"}});
  loss.replay(files, updated);
  loss.print("merge");
}

TEST_F(PowerLossCase, during_a_conflict) {
  ASSERT_TRUE(add(quick, "first").acknowledged);
  RecordingFileSystem files(real, room.specs());
  files.before_rename = [&](int number) {
    if (number == 2) files.replace_from_outside(room.file(), words_text({"base", "clash"}));
  };
  const Updated updated = add(files, "ours");
  ASSERT_FALSE(updated.acknowledged);
  PowerLoss loss({{"base", "first"}, {"base", "clash"}, {"base", "first", "ours"}});
  loss.replay(files, updated);
  loss.print("conflict");
}

TEST_F(PowerLossCase, where_names_cannot_be_exchanged) {
  ASSERT_TRUE(add(quick, "first").acknowledged);
  RecordingFileSystem files(real, room.specs());
  files.exchange_error = EINVAL;
  const Updated updated = add(files, "ours");
  ASSERT_TRUE(updated.acknowledged);
  PowerLoss loss({{"base", "first"}, {"base", "first", "ours"}});
  loss.replay(files, updated);
  loss.print("without exchange");
}

// The test of the test: without syncing the file before it is exchanged, power loss tears it.
TEST_F(PowerLossCase, a_missing_sync_would_be_noticed) {
  struct Forgetful : RecordingFileSystem {
    using RecordingFileSystem::RecordingFileSystem;
    Answer<void> sync(int) override { return {}; }
  };
  ASSERT_TRUE(add(quick, "first").acknowledged);
  Forgetful files(real, room.specs());
  ASSERT_TRUE(add(files, "ours").acknowledged);
  const CrashReplay crashes(files.start(), files.events());
  int torn = 0;
  int lost = 0;
  crashes.states(files.events().size(), false, [&](const DiskState& state) {
    const std::string& bytes =
        state.contents.at(state.names.at(state.names.at(state.root).at("active")).at("a.json"));
    torn += is_whole(bytes) ? 0 : 1;
    lost += words_of(bytes).contains("ours") ? 0 : 1;
  });
  EXPECT_GT(torn, 0);
  EXPECT_GT(lost, 0);
}

}  // namespace
}  // namespace sdd::store
