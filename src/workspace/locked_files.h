// LockedFiles: some files of one home that nobody else who knows locks can change meanwhile, each
// with its update log, and with what an earlier death left settled.
//
//   LockedFiles files(disk, home, {.command = "consolidate", …});
//   files.take({current_tasks, log});                 // waits for all the locks
//   LockedFile& file = files[0];
//   files.read(file);                                 // file.bytes, file.exists
//   … compute file.after …
//   files.write(file, {id, changes, merge});          // intent, exchange
//   files.done(file, id, answer);                     // acknowledged
//
// States: named → locked (take) → read (read) → written (write) → done. For a dry run look() takes
// the place of take(): no lock, no log, nothing is made or settled; read() works then, write() must
// not be called.
//
// Locks are taken in the order of the lock files' paths, so that two commands that need the same
// files never wait for each other. Writes go in the order of the caller; a death between two of
// them leaves the first one written, and intended but not done in its log.
//
// A file need not exist: write() makes it then.
#pragma once

#include <chrono>
#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "store/exchange.h"
#include "store/file_lock.h"
#include "store/home.h"
#include "store/target.h"
#include "store/update_log.h"
#include "workspace/locked_spec.h"

namespace sdd::workspace {

struct LockTerms {
  std::string command;  // shown to those who wait, and in the log
  std::vector<std::string> ids = {};
  std::chrono::milliseconds timeout{10'000};  // for each lock
  bool without_lock = false;
};

struct LockedFile {
  store::Target target;  // `path` is real; of a file that is not there, in its real folder
  bool exists = false;
  std::string bytes;                      // as they were read
  std::string after;                      // what is wanted; after write(): what the file holds
  bool merged = false;                    // with what another program wrote meanwhile
  std::optional<store::UpdateLog> log;    // nothing in a dry run
  std::optional<store::FileStamp> stamp;  // of the file that was written
};

struct Writing {
  std::string id;       // of the update in the log
  std::string changes;  // JSON on one line
  store::MergeFunction merge;
};

class LockedFiles {
 public:
  // `disk` must outlive it. `home` is a real path.
  LockedFiles(Disk& disk, store::Home home, LockTerms terms);

  // Folders that are missing on the way to a file are made. Errors: kBusy with the holder; kRefused
  // for a file with several hard links; kIo where locks exclude nobody; the system's.
  Result<void> take(const std::vector<std::filesystem::path>& files);
  Result<void> look(const std::vector<std::filesystem::path>& files);

  // In the order of take().
  LockedFile& operator[](std::size_t index) { return files_[index]; }

  // Errors: the system's.
  Result<void> read(LockedFile& file);

  // Logs the intent and puts `after` in the place of `bytes` (equal ones are only logged). Errors:
  // kRefused on a conflict with another program, kBusy, the system's; the message says "applied"
  // where ours stands in the file nevertheless.
  Result<void> write(LockedFile& file, const Writing& writing);
  // Appends the acknowledgement. Errors: kIo.
  Result<void> done(LockedFile& file, const std::string& id, const std::string& answer);

  // What the user should be told: kept files, a network, a window.
  std::vector<std::string>& remarks() { return remarks_; }

 private:
  Result<void> find(const std::filesystem::path& name, LockedFile& file);
  Result<void> take_locks();
  Result<void> settle(LockedFile& file);
  Result<void> intend(LockedFile& file, const Writing& writing, std::string_view before,
                      std::string_view after) const;
  Result<bool> create(LockedFile& file, const Writing& writing);
  Result<void> replace(LockedFile& file, const Writing& writing);
  Error told(const store::ReplaceFailure& failure);
  void tell_kept(const std::vector<store::Kept>& kept);

  Disk& disk_;
  store::Home home_;
  LockTerms terms_;
  store::Locks locks_;
  std::vector<store::FileLock> held_;
  std::deque<LockedFile> files_;
  std::vector<std::string> remarks_;
};

}  // namespace sdd::workspace
