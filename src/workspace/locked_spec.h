// LockedSpec: one spec file that nobody else who knows locks can change, with its update log, and
// with everything settled that an earlier death left.
//
//   Disk disk;                                            // the real one; tests bring their own
//   LockedSpec locked(disk, places, {.spec = "billing-2026-02-11-001", .command =
//   "complete-task"}); if (auto found = locked.find(); !found) …             // where it lies;
//   nothing is touched yet if (auto held = locked.lock(); !held) …               // waits; kBusy
//   names who has it locked.place(), locked.target(), locked.log() …       // until `locked` is
//   gone
//
// States: named → found (find) → locked (lock). In `found` the file may be read, for a dry run.
//
// A file of the memory bank is locked the same way (LockWish::bank); its home is the bank.
//
// lock() does, in this order: waits for the lock; looks the name up again, for whoever had the lock
// may have moved the file; opens the log; settles the temporary files of updates that died, merging
// what another program wrote where that can be told, else keeping it (remarks() say where); and
// finishes a move between status folders that a dead update began.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "spec/change.h"
#include "store/clock.h"
#include "store/exchange.h"
#include "store/file_lock.h"
#include "store/file_system.h"
#include "store/home.h"
#include "store/target.h"
#include "store/update_log.h"
#include "workspace/layout.h"

namespace sdd::workspace {

// What the write path sees of the machine.
struct Disk {
  Disk() : files(real_files), clock(real_clock) {}
  Disk(store::FileSystem& own_files, store::Clock& own_clock)
      : files(own_files), clock(own_clock) {}
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  store::RealFileSystem real_files;
  store::RealClock real_clock;
  store::FileSystem& files;
  store::Clock& clock;
};

struct LockWish {
  std::string spec;                           // SPEC argument
  std::string command;                        // shown to those who wait
  std::vector<std::string> ids = {};          // likewise
  std::chrono::milliseconds timeout{10'000};  // how long to wait
  bool without_lock = false;                  // where the file system has none that exclude anybody
  // False: what an earlier death left stays as it is, for the next who takes the lock. A repair
  // reads it, and must find it again when it is told to go on.
  bool settles = true;
  // The file is one of this layout's memory bank, and `spec` its path.
  std::optional<Layout> bank = {};
};

class LockedSpec {
 public:
  // `disk` and `places` must outlive it.
  LockedSpec(Disk& disk, const Places& places, LockWish wish)
      : disk_(disk), places_(places), wish_(std::move(wish)), locks_(disk.files, disk.clock) {}

  // Errors: those of find_layout and resolve_spec; kRefused for an id that lies in two folders, and
  // for a file with several hard links; kPermission for one that may not be written.
  Result<void> find();
  // Errors: as find(); kBusy with the holder; kIo where locks exclude nobody; the system's.
  Result<void> lock();

  const Layout* layout() const { return layout_ ? &*layout_ : nullptr; }
  const SpecPath& place() const { return place_; }
  // The file as the user should see it.
  const std::string& shown() const { return shown_; }
  const store::Target& target() const { return target_; }
  const store::Home& home() const { return *home_; }
  // Only when locked.
  store::UpdateLog& log() { return *log_; }
  const store::FileLock& held() const { return lock_; }

  // Moves the file to another status folder, where nothing may stand; place() follows.
  tl::expected<void, store::ReplaceFailure> move_to(const std::string& folder);
  // Where move_to() would put it. kRefused when something stands there, or when the file lies in no
  // status folder or is a symbolic link.
  Result<std::filesystem::path> place_in(const std::string& folder) const;

  // What the user should be told: kept files, a network file system, a move that was finished.
  std::vector<std::string>& remarks() { return remarks_; }
  void tell_kept(const std::vector<store::Kept>& kept);

 private:
  Result<void> look_up();
  Result<void> look_once();
  Result<void> look_for_spec();
  Result<void> take_lock();
  Result<void> settle_leftovers();
  Result<bool> take_in(std::string_view foreign);
  Result<void> finish_move();

  Disk& disk_;
  const Places& places_;
  LockWish wish_;
  store::Locks locks_;
  std::optional<Layout> layout_;
  SpecPath place_;
  std::string shown_;
  store::Target target_;
  std::optional<store::Home> home_;
  store::FileLock lock_;
  std::optional<store::UpdateLog> log_;
  std::vector<std::string> remarks_;
};

// What to tell who did not get a lock: with the holder, and what may be done.
Error busy_error(const store::LockFailure& failure);

// The element of a log line's changes that tells a move: {"change": "move", "from", "to"}, names of
// status folders. Nothing when the update moved nothing.
struct LoggedMove {
  std::string from, to;
};
std::optional<LoggedMove> logged_move(const store::Update& update);

// The Changes of a log line; elements of other kinds are passed by.
std::vector<spec::Change> logged_changes(const store::Update& update);

}  // namespace sdd::workspace
