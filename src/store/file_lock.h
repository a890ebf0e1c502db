// FileLock: one at a time may change a file.
//
// - It keeps out every other sdd on this machine for as long as it lives, and no longer: the kernel
//   frees it when the holder dies, however it dies.
// - It does not keep out programs that know nothing of it (store/exchange.h sees to those), nor, on
//   a network file system, other machines: network() tells.
//
//   Locks locks(files, clock);                                // one for the process
//   auto lock = locks.acquire({home, target.path, "complete-task", {spec, task}, timeout});
//   if (!lock) … lock.error().error.kind is kBusy: lock.error().holder is who has it …
//   … read, change, write …
//   lock->stands()                                            // before the file is replaced
//                                                             // free when `lock` is gone
//
// The lock is flock(2) on a file of its own (Home::lock_file), which is made when needed and never
// removed by us. It is never taken away from a holder, however old it is: a stopped process has not
// finished. Who locks several files takes each lock file once, in the order of their paths.
//
// States of a FileLock:
// - free       holds nothing (moved from, or released)
// - held       the descriptor is open and locked, and the name led to that very file when it was
//              locked. Should somebody remove the file later (`git clean`), the next process makes
//              and locks another one, and stands() is false
// - inherited  a process above us holds it and gave us its descriptor (see below); ours is a second
//              lock, beside it, which keeps out what else that process may have started
// The destructor leads to free. The text that names the holder stays in the file.
//
// A child may work under its parent's lock (`sdd lock SPEC -- COMMAND`): the parent calls
// share_with_children() and puts the answer into the environment as SDD_LOCK_FD; a process that
// finds it there hands it to acquire() as `inherited`. A descriptor that does not hold this lock is
// passed by. The lock then lasts until parent and children have closed it.
//
// Waiting polls: the kernel's own waiting cannot be given a deadline without signals. So that
// nobody starves, waiters queue: only who has the turnstile (a second lock, `<lock file>.queue`)
// tries the lock itself, often; the others try the turnstile. A process that has just let go of the
// lock and wants it again stands behind the one at the turnstile. Which of the others comes next is
// chance. Somebody stopped at the turnstile (Ctrl-Z) must not keep all others away: who has waited
// for half a second tries the lock itself, too. Pauses grow with the time waited, to 50 ms, by
// chance up to half shorter or longer, so that waiters do not march in step.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "store/clock.h"
#include "store/file.h"
#include "store/file_system.h"
#include "store/holder.h"
#include "store/home.h"

namespace sdd::store {

struct LockRequest {
  Home home;
  std::filesystem::path file;                 // what is to be changed: its real path
  std::string command;                        // shown to those who wait
  std::vector<std::string> ids;               // likewise
  std::chrono::milliseconds timeout{10'000};  // 0: try once
  std::string inherited;                      // $SDD_LOCK_FD, or empty
};

struct LockFailure {
  // kBusy: not to be had in time, the message names the holder. Else the system's; kIo also where
  // locks exclude nobody (the probe).
  Error error;
  std::optional<Holder> holder;
  bool excludes_nobody = false;  // the probe failed: the caller may go on without a lock
};

class FileLock {
 public:
  FileLock() = default;

  bool is_held() const { return file_.is_open(); }
  bool is_inherited() const { return inherited_; }
  // Whether the lock's name still leads to the file that is locked.
  bool stands() const;
  // Where it does not keep out other machines: "NFS", "SMB", "9P", "FUSE" …; "" on a local disk.
  const std::string& network() const { return network_; }

  // Lets programs that this process starts keep the lock, and returns what $SDD_LOCK_FD must say to
  // them: `outer` (its value until now) and this lock's descriptor. Errors: the system's.
  Result<std::string> share_with_children(const std::string& outer) const;

 private:
  friend class Locks;

  FileSystem* files_ = nullptr;
  std::filesystem::path path_;
  File file_;
  bool inherited_ = false;
  std::string network_;
};

class Locks {
 public:
  // Both must outlive it and its locks. Not for use by two threads; each may have its own.
  Locks(FileSystem& files, Clock& clock);

  // Makes what is missing of the home, and waits for the lock.
  tl::expected<FileLock, LockFailure> acquire(const LockRequest& request);

 private:
  using Path = std::filesystem::path;

  tl::expected<File, LockFailure> wait_for(const Path& path, const LockRequest& request);
  tl::expected<bool, LockFailure> try_once(const Path& path, const LockRequest& request,
                                           File& file);
  bool inherits(const Path& path, const LockRequest& request);
  tl::expected<void, LockFailure> probe(const Path& path, const File& held);
  LockFailure busy(const Path& path, const LockRequest& request);
  bool at_turnstile(const Path& path, File& turnstile);
  Clock::Duration pause(bool first_in_line, Clock::Duration waited);

  FileSystem& files_;
  Clock& clock_;
  std::set<std::uint64_t> proven_;  // devices on which a second descriptor was refused
  std::minstd_rand chance_;
};

// What the magic number of a file system (statfs) is called when it reaches beyond this machine;
// "" when it does not.
std::string network_name(std::uint64_t type);

}  // namespace sdd::store
