#include "store/update_log.h"

#include <gtest/gtest.h>

#include <fstream>

#include "store/faulty_file_system.h"
#include "store/store_room.h"

namespace sdd::store {
namespace {

namespace fs = std::filesystem;

Update log_update(const std::string& id, const std::string& changes = "[]") {
  return {id,
          Timestamp{1'770'832'289'533'418},
          4711,
          "host",
          "complete-task",
          "b-" + id,
          "a-" + id,
          changes,
          false,
          {},
          {},
          {}};
}

struct UpdateLogCase : testing::Test {
  UpdateLogCase() { EXPECT_TRUE(room.home().prepare(files).has_value()); }

  UpdateLog open() {
    Result<UpdateLog> log = UpdateLog::open(files, path);
    EXPECT_TRUE(log.has_value()) << log.error().message;
    return std::move(*log);
  }
  LogContent read() {
    const Result<LogContent> log = read_log(files, path);
    EXPECT_TRUE(log.has_value());
    return *log;
  }
  void append(std::string_view bytes) { std::ofstream(path, std::ios::app) << bytes; }

  Room room{quick_place()};
  RealFileSystem real;
  FaultyFileSystem files{real};
  fs::path path = room.home().log_file(room.file());
};

TEST_F(UpdateLogCase, a_log_that_is_not_there_is_empty) {
  const LogContent log = read();
  EXPECT_TRUE(log.updates.empty());
  EXPECT_EQ(log.losses.lines + log.losses.torn + log.cut, 0U);
  EXPECT_FALSE(fs::exists(path)) << "reading makes nothing";
}

TEST_F(UpdateLogCase, tells_what_was_intended_done_and_forgotten) {
  UpdateLog log = open();
  ASSERT_TRUE(log.intend(log_update("one", R"([{"pointer":"/a"}])")).has_value());
  ASSERT_TRUE(log.done({"one", Timestamp{5}, {~std::uint64_t{0}, 7, -3}, R"({"ok":true})"}));
  ASSERT_TRUE(log.intend(log_update("two")).has_value());
  ASSERT_TRUE(log.forget("two", Timestamp{6}).has_value());
  const LogContent content = read();
  ASSERT_EQ(content.updates.size(), 2U);
  const Update& one = content.updates[0];
  EXPECT_EQ(one.id, "one");
  EXPECT_EQ(one.time, Timestamp{1'770'832'289'533'418});
  EXPECT_EQ(one.pid, 4711);
  EXPECT_EQ(one.host, "host");
  EXPECT_EQ(one.command, "complete-task");
  EXPECT_EQ(one.before, "b-one");
  EXPECT_EQ(one.after, "a-one");
  EXPECT_EQ(one.changes, R"([{"pointer":"/a"}])");
  EXPECT_EQ(one.done, (FileStamp{~std::uint64_t{0}, 7, -3}));
  EXPECT_EQ(one.answer, R"({"ok":true})");
  EXPECT_FALSE(one.forgotten);
  EXPECT_FALSE(content.updates[1].done);
  EXPECT_TRUE(content.updates[1].forgotten);
  EXPECT_EQ(content.losses.lines, 0U);
  EXPECT_EQ(fs::status(path).permissions(), fs::perms(0600));
}

TEST_F(UpdateLogCase, finds_updates_and_versions) {
  {
    UpdateLog log = open();
    // The second one's changes speak of the first.
    ASSERT_TRUE(log.intend(log_update("r\"1", "[\"x\"]")).has_value());
    ASSERT_TRUE(log.done({"r\"1", Timestamp{5}, {}, "\"first\""}).has_value());
    ASSERT_TRUE(log.intend(log_update("r2", R"(["r\"1","a-none"])")).has_value());
  }
  const UpdateLog log = open();
  ASSERT_TRUE(log.find("r\"1"));
  EXPECT_EQ(log.find("r\"1")->answer, "\"first\"");
  ASSERT_TRUE(log.find("r2"));
  EXPECT_FALSE(log.find("r2")->done);
  EXPECT_FALSE(log.find("r"));
  EXPECT_FALSE(log.find(""));
  EXPECT_TRUE(log.knows("b-r2"));
  EXPECT_TRUE(log.knows("a-r2"));
  EXPECT_FALSE(log.knows("a-none"));
  EXPECT_FALSE(log.knows("a-r"));
}

TEST_F(UpdateLogCase, an_update_that_was_merged_is_one) {
  {
    UpdateLog log = open();
    ASSERT_TRUE(log.intend(log_update("one")).has_value());
    Update merged = log_update("one");
    merged.before = "a-one";
    merged.after = "merged";
    ASSERT_TRUE(log.intend(log_update("two")).has_value());
    ASSERT_TRUE(log.intend(merged).has_value());
    ASSERT_TRUE(log.done({"one", Timestamp{5}, {1, 2, 3}, "{}"}).has_value());
  }
  const LogContent content = read();
  ASSERT_EQ(content.updates.size(), 2U);
  EXPECT_EQ(content.updates[0].id, "two");
  EXPECT_EQ(content.updates[1].after, "merged");
  EXPECT_EQ(content.updates[1].earlier, (std::vector<std::string>{"b-one", "a-one"}));
  EXPECT_TRUE(content.updates[1].done);
  EXPECT_TRUE(open().knows("b-one"));
}

TEST_F(UpdateLogCase, a_torn_last_line_is_told_and_cut_off) {
  ASSERT_TRUE(open().intend(log_update("one")).has_value());
  const std::string line = log_line(log_update("two"));
  for (std::size_t cut = 1; cut < line.size(); cut += 7) {
    append(line.substr(0, cut));
    EXPECT_EQ(read().losses.torn, cut);
    EXPECT_EQ(read().updates.size(), 1U);
    EXPECT_EQ(open().content().losses.torn, 0U);
    EXPECT_EQ(read().losses.torn, 0U);
  }
  append(std::string(4096, '\0'));  // a hole after a power loss
  ASSERT_TRUE(open().intend(log_update("three")).has_value());
  EXPECT_EQ(read().updates.size(), 2U);
  EXPECT_EQ(read().losses.lines, 0U);
}

TEST_F(UpdateLogCase, damaged_lines_are_counted_and_the_others_survive) {
  UpdateLog log = open();
  for (const char* id : {"one", "two", "three"}) {
    ASSERT_TRUE(log.intend(log_update(id)).has_value());
    ASSERT_TRUE(log.done({id, Timestamp{5}, {}, "{}"}).has_value());
  }
  std::string bytes = test::read_bytes(path);
  const std::size_t at = bytes.find("b-two");
  bytes[at] = 'X';
  bytes += "not ours\n\n";
  std::ofstream(path) << bytes;
  const LogContent content = read();
  ASSERT_EQ(content.updates.size(), 2U);
  EXPECT_EQ(content.updates[1].id, "three");
  // The intent of "two", its `done`, which speaks of nothing now, and two lines of somebody else's.
  EXPECT_EQ(content.losses.lines, 4U);
  EXPECT_EQ(content.losses.bytes,
            log_line(log_update("two")).size() +
                log_line(Acknowledgement{"two", Timestamp{5}, {}, "{}"}).size() +
                sizeof "not ours\n\n" - 1);
}

TEST_F(UpdateLogCase, the_older_half_goes_when_it_is_full) {
  std::string full = "garbage\n";
  for (int i = 0; i < 1000; ++i) {
    const std::string id = "u" + std::to_string(i);
    full += log_line(log_update(id));
    full += log_line(Acknowledgement{id, Timestamp{i}, {}, "{}"});
  }
  std::ofstream(path) << full;
  {
    UpdateLog log = open();
    EXPECT_FALSE(log.find("u0"));
    ASSERT_TRUE(log.find("u999"));
    EXPECT_TRUE(log.find("u500")->done);
    ASSERT_TRUE(log.intend(log_update("next")).has_value());
  }
  const LogContent content = read();
  EXPECT_EQ(content.updates.size(), 501U);
  EXPECT_EQ(content.updates.front().id, "u500");
  EXPECT_EQ(content.updates.back().id, "next");
  EXPECT_EQ(content.cut, 500U);
  EXPECT_EQ(content.cut_until, log_update("").time);
  EXPECT_EQ(content.losses.lines, 1U) << "what was lost before is not forgotten";
  EXPECT_EQ(std::distance(fs::directory_iterator(path.parent_path()), {}), 2)
      << "the log, and the note of its end";
  EXPECT_EQ(fs::status(path).permissions(), fs::perms(0600));
}

TEST_F(UpdateLogCase, lines_that_somebody_cut_off_are_missed) {
  for (const char* id : {"one", "two", "three"}) {
    UpdateLog log = open();
    ASSERT_TRUE(log.intend(log_update(id)).has_value());
    ASSERT_TRUE(log.done({id, Timestamp{}, {}, "{}"}).has_value());
  }
  EXPECT_FALSE(read().updates.front().gap_behind);
  std::ifstream whole(path);
  std::string first, second;
  std::getline(whole, first);
  std::getline(whole, second);
  fs::resize_file(path, first.size() + second.size() + 2);
  ASSERT_EQ(read().updates.size(), 1U);
  EXPECT_TRUE(read().updates[0].gap_behind);
  {
    UpdateLog log = open();
    EXPECT_EQ(log.last()->id, "one");
    ASSERT_TRUE(log.intend(log_update("four")).has_value());
    ASSERT_TRUE(log.done({"four", Timestamp{}, {}, "{}"}).has_value());
  }
  const LogContent content = read();
  ASSERT_EQ(content.updates.size(), 2U);
  EXPECT_TRUE(content.updates[0].gap_behind) << "the gap is remembered";
  EXPECT_FALSE(content.updates[1].gap_behind);
  EXPECT_EQ(open().last()->id, "four");
}

TEST_F(UpdateLogCase, large_updates_make_room_and_the_last_one_stays) {
  const std::string large = '"' + std::string(1'500'000, 'x') + '"';
  for (const char* id : {"one", "two", "three"}) {
    ASSERT_TRUE(open().intend(log_update(id, large)).has_value());
  }
  EXPECT_TRUE(open().find("three"));
  EXPECT_LT(fs::file_size(path), 4'000'000U);
  EXPECT_EQ(read().cut, 2U);
  ASSERT_TRUE(open().intend(log_update("huge", '"' + std::string(9'000'000, 'x') + '"')));
  EXPECT_TRUE(open().find("huge"));
  EXPECT_EQ(read().updates.size(), 1U);
  EXPECT_EQ(read().cut, 3U);
}

TEST_F(UpdateLogCase, nothing_is_appended_after_a_failure) {
  ASSERT_TRUE(open().intend(log_update("one")).has_value());
  const std::string before = test::read_bytes(path);
  for (const int fault : {FaultyFileSystem::kFail, FaultyFileSystem::kFailAfter}) {
    bool struck = true;
    for (int at = 1; struck; ++at) {
      FaultyFileSystem faulty(real, {static_cast<FaultyFileSystem::Kind>(fault), ENOSPC}, at);
      Result<UpdateLog> log = UpdateLog::open(faulty, path);
      if (!log) continue;
      const Result<void> intended = log->intend(log_update("two"));
      struck = faulty.struck();
      EXPECT_TRUE(intended || !log->intend(log_update("three")).has_value());
      const LogContent content = read();
      EXPECT_EQ(content.losses.lines, 0U);
      EXPECT_EQ(content.updates[0].id, "one");
      EXPECT_TRUE(!intended || content.updates.back().id == "two");
      std::ofstream(path) << before;
      fs::remove(path.string() + ".end");
    }
  }
}

TEST_F(UpdateLogCase, what_is_no_log_is_refused) {
  fs::create_directory(path);
  EXPECT_FALSE(UpdateLog::open(files, path).has_value());
  EXPECT_FALSE(read_log(files, path).has_value());
  fs::remove(path);
  fs::create_symlink(room.file(), path);
  EXPECT_FALSE(UpdateLog::open(files, path).has_value());
  EXPECT_EQ(room.words(), Words{"base"});
}

}  // namespace
}  // namespace sdd::store
