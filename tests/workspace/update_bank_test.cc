// Updates of the memory bank that die at every step, meet other programs at every step, and run
// many at once: no entry is lost, none is there twice when all is done, nothing of others is
// overwritten unread.
#include "workspace/update_bank.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "bank/document.h"
#include "shell_run.h"
#include "store/fake_clock.h"
#include "store/faulty_file_system.h"
#include "store/store_room.h"
#include "support.h"
#include "temp_folder.h"
#include "text/source_text.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;
using store::FaultyFileSystem;

std::string entry_text(const std::string& title, bool done) {
  return std::string(done ? "- [x]" : "- [ ]") + " **[BUG]** " + title +
         "\n  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__lamps.md`\n"
         "  - Owner: Ада\n  - Branch: `bugfix/lamps`\n  - " +
         (done ? "Done" : "Started") +
         ": 2026-01-05\n  - Summary: Горят снова.\n    Все.\n  - Tests: `make test`\n"
         "  - Risks: Low";
}

bank::Draft entry_draft(const std::string& title) {
  const SourceText source("", entry_text(title, true) + "\n");
  const bank::Document document = bank::Document::of(source, bank::Kind::kLog);
  return draft_of(document.entries()[0]);
}

std::size_t times_in(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

// A bank with one log: a closed entry, an open one, a closed one.
struct BankRoom {
  BankRoom() : folder(store::quick_place()) {
    fs::create_directories(folder.path() / ".git");
    folder.write("meta/memory_bank/specs/work_items/2026-01-02__bugfix__lamps.md", "# Lamps\n");
    folder.write("meta/memory_bank/current_tasks.md",
                 "# Tasks\n\n## Done\n\n" + entry_text("Old", true) + "\n");
    folder.write(log_name, log_text());
    auto found = Layout::find_with_bank({"", "", folder.path()});
    if (found) layout.emplace(std::move(*found));
  }
  static std::string log_text() {
    return entry_text("One", true) + "\n\n" + entry_text("Open", false) + "\n\n" +
           entry_text("Two", true) + "\n";
  }

  fs::path log() const { return folder.path() / log_name; }
  std::string log_bytes() const { return test::read_bytes(log()); }
  std::string tasks() const {
    return test::read_bytes(folder.path() / "meta/memory_bank/current_tasks.md");
  }
  // Everything that was put aside.
  std::string displaced() const {
    std::string all;
    std::error_code error;
    for (const auto& file :
         fs::directory_iterator(folder.path() / "meta/memory_bank/.sdd/displaced", error)) {
      all += test::read_bytes(file.path());
    }
    return all;
  }
  std::size_t leftovers() const {
    std::error_code error;
    const fs::directory_iterator files(folder.path() / "meta/memory_bank/.sdd/tmp", error);
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
  }

  Result<BankUpdated> consolidated(store::FileSystem& files, store::Clock& clock) const {
    Disk disk(files, clock);
    return consolidate({log()}, {*layout, {.command = "consolidate"}, &disk});
  }
  Result<BankUpdated> added(const std::string& title, store::FileSystem& files,
                            store::Clock& clock) const {
    Disk disk(files, clock);
    return add_entry({log(), entry_draft(title)}, {*layout, {.command = "add-entry"}, &disk});
  }

  test::TempFolder folder;
  std::string log_name = "meta/memory_bank/branch_updates/2026-01-05-bugfix-lamps.md";
  std::optional<Layout> layout;
};

// Runs `update` with each of its steps going wrong; `check` looks at what is there then.
template <typename Update, typename Check>
int fail_at_each_step(FaultyFileSystem::Fault fault, const Update& update, const Check& check) {
  store::RealFileSystem real;
  for (int at = 1;; ++at) {
    SCOPED_TRACE(at);
    const BankRoom room;
    FaultyFileSystem files(real, fault, at);
    store::FakeClock clock;
    const Result<BankUpdated> updated = update(room, files, clock);
    check(room, updated);
    if (testing::Test::HasFailure() || !files.struck()) return at;
  }
}

void expect_consolidates_now(const BankRoom& room) {
  store::RealFileSystem real;
  FaultyFileSystem quick(real);
  store::FakeClock clock;
  const auto again = room.consolidated(quick, clock);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_TRUE(again->remarks.empty());
  EXPECT_EQ(room.log_bytes(), entry_text("Open", false) + "\n");
  EXPECT_EQ(room.tasks(), "# Tasks\n\n## Done\n\n" + entry_text("Two", true) + "\n\n" +
                              entry_text("One", true) + "\n\n" + entry_text("Old", true) + "\n");
  EXPECT_EQ(room.leftovers(), 0U);
  // A third time there is nothing left to do.
  const auto third = room.consolidated(quick, clock);
  ASSERT_TRUE(third);
  EXPECT_TRUE(third->changes.empty());
}

TEST(UpdateBank, consolidating_loses_nothing_wherever_it_fails_or_dies) {
  int between = 0;
  for (const FaultyFileSystem::Fault fault :
       {FaultyFileSystem::Fault{FaultyFileSystem::kDie, 0},
        FaultyFileSystem::Fault{FaultyFileSystem::kFail, EIO},
        FaultyFileSystem::Fault{FaultyFileSystem::kFailAfter, EIO}}) {
    const int steps = fail_at_each_step(
        fault,
        [](const auto& room, auto& files, auto& clock) { return room.consolidated(files, clock); },
        [&](const BankRoom& room, const Result<BankUpdated>& updated) {
          const std::string log = room.log_bytes();
          const std::string tasks = room.tasks();
          for (const char* title : {"One", "Two"}) {
            const std::string text = entry_text(title, true);
            EXPECT_LE(times_in(tasks, text), 1U);
            EXPECT_GE(times_in(tasks, text) + times_in(log, text), 1U);
            if (updated) {
              EXPECT_EQ(times_in(log, text), 0U);
            }
          }
          if (times_in(tasks, entry_text("One", true)) + times_in(log, entry_text("One", true)) ==
              2) {
            ++between;
            EXPECT_FALSE(updated);
          }
          expect_consolidates_now(room);
        });
    EXPECT_GT(steps, 100);
  }
  EXPECT_GT(between, 30) << "the moment between the two writes was hardly met";
}

TEST(UpdateBank, adding_is_done_once_or_not_at_all_wherever_it_dies) {
  for (const bool new_log : {false, true}) {
    const int steps = fail_at_each_step(
        {FaultyFileSystem::kDie, 0},
        [&](const BankRoom& room, auto& files, auto& clock) {
          if (new_log) fs::remove(room.log());
          return room.added("Mine", files, clock);
        },
        [&](const BankRoom& room, const Result<BankUpdated>& updated) {
          const std::string before = new_log ? "" : BankRoom::log_text();
          const std::string after =
              before + (new_log ? "" : "\n") + entry_text("Mine", true) + "\n";
          EXPECT_TRUE(room.log_bytes() == before || room.log_bytes() == after);
          if (updated) {
            EXPECT_EQ(room.log_bytes(), after);
          }
          store::RealFileSystem real;
          store::FakeClock clock;
          const auto again = room.added("Mine", real, clock);
          ASSERT_TRUE(again) << again.error().message;
          EXPECT_TRUE(again->remarks.empty());
          EXPECT_EQ(room.log_bytes(), after);
          EXPECT_EQ(room.leftovers(), 0U);
        });
    EXPECT_GT(steps, 50);
  }
}

// Another program adds an entry, without any lock: reads, appends, and puts a new file in place.
void write_foreign(const fs::path& file, const std::string& title) {
  const std::string bytes = test::read_bytes(file);
  const fs::path other = file.string() + ".other";
  std::ofstream(other, std::ios::binary) << bytes << "\n" << entry_text(title, true) << "\n";
  fs::rename(other, file);
}

TEST(UpdateBank, keeps_what_another_program_writes_at_any_step) {
  store::RealFileSystem real;
  int merged = 0;
  int refused = 0;
  bool reached = true;
  for (int at = 1; reached; ++at) {
    SCOPED_TRACE(at);
    for (const int apart : {0, 9}) {  // it writes once, or twice
      const BankRoom room;
      FaultyFileSystem files(real);
      store::FakeClock clock;
      std::size_t wrote = 0;
      files.before = [&](int step, store::Op) {
        if (step != at && (apart == 0 || step != at + apart)) return;
        write_foreign(room.log(), "Theirs " + std::to_string(++wrote));
      };
      const auto updated = room.added("Mine", files, clock);
      reached = wrote > 0;
      if (!updated) ++refused;
      if (updated && updated->merged) ++merged;
      EXPECT_EQ(times_in(room.log_bytes(), entry_text("Mine", true)), updated ? 1U : 0U)
          << (updated ? "" : updated.error().message);
      const std::string everywhere = room.log_bytes() + room.displaced();
      for (std::size_t i = 1; i <= wrote; ++i) {
        EXPECT_GE(times_in(everywhere, entry_text("Theirs " + std::to_string(i), true)), 1U) << i;
      }
      if (HasFailure()) return;
    }
  }
  EXPECT_GT(merged, 5);
  std::printf("[  MERGED  ] %d, refused %d\n", merged, refused);
}

TEST(UpdateBank, refuses_what_another_program_did_to_the_same_entry) {
  store::RealFileSystem real;
  const BankRoom room;
  FaultyFileSystem files(real);
  store::FakeClock clock;
  const std::string theirs =
      "- [ ] **[BUG]** Open\n  - Owner: Grace\n  - Started: 2026-01-05\n"
      "  - Spec: `meta/memory_bank/specs/work_items/2026-01-02__bugfix__lamps.md`\n";
  bool done = false;
  files.before = [&](int, store::Op op) {
    if (op != store::Op::kRename || done) return;
    done = true;
    std::ofstream(room.log(), std::ios::binary) << theirs;
  };
  Disk disk(files, clock);
  const auto closed = close_entry({.title = "open", .today = {2026, 2, 1}},
                                  {*room.layout, {.command = "close-entry"}, &disk});
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error().kind, ErrorKind::kRefused) << closed.error().message;
  EXPECT_EQ(room.log_bytes(), theirs);
}

TEST(UpdateBank, many_at_once_add_every_entry_once) {
  constexpr int kProcesses = 8;
  constexpr int kEntries = 5;
  const BankRoom room;
  fs::remove(room.log());
  const test::ShellRan ran = test::run_shell(
      "-c 'for p in $(seq " + std::to_string(kProcesses) + "); do (for i in $(seq " +
          std::to_string(kEntries) +
          "); do sdd add-entry \"Entry $p-$i.\" --tag BUG --spec lamps --branch bugfix/lamps "
          "--summary s --tests t --risks N/A --date 2026-01-05 --lock-timeout 50 || echo failed; "
          "done) & done; wait'",
      room.folder.path());
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(times_in(ran.out, "added: "), kProcesses * kEntries) << ran.out << ran.err;
  const SourceText source("log.md", room.log_bytes());
  const bank::Document document = bank::Document::of(source, bank::Kind::kLog);
  EXPECT_EQ(document.entries().size(), kProcesses * kEntries);
  for (int p = 1; p <= kProcesses; ++p) {
    for (int i = 1; i <= kEntries; ++i) {
      const std::string title = "Entry " + std::to_string(p) + "-" + std::to_string(i) + ".";
      EXPECT_EQ(times_in(source.bytes(), title), 1U) << title;
    }
  }
}

}  // namespace
}  // namespace sdd::workspace
