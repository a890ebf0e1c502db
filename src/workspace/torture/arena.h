// Arena: the place of one torture run, shared by everything that happens there at once: who writes,
// who reads, who kills.
//
//   Arena arena(folder, "torture-2026-01-01-001");
//   const Ended ended = arena.run_victim({"/usr/bin/sdd", "add-journal", …});   // any thread
//   arena.signal_any(SIGKILL, chance);                                          // any other
//
// All functions may be called by any thread at any time.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace sdd::workspace::torture {

// How a program that was run ended, and what it said on stdout and stderr.
struct Ended {
  int exit = -1;    // its exit code; -1 when it could not be started
  int signal = 0;   // the signal that ended it, else 0
  std::string out;  // both streams, as they came
};

// Runs a program to its end. The environment is ours without any SDD_…: those would change times
// and places.
Ended run_program(const std::vector<std::string>& words);

class Arena {
 public:
  using Path = std::filesystem::path;

  Arena(Path folder, const std::string& spec_id)
      : spec_(folder / "specs" / "active" / (spec_id + ".json")), folder_(std::move(folder)) {}

  const Path& folder() const { return folder_; }
  const Path& spec() const { return spec_; }
  // `.sdd/` of the spec, and its lock file.
  Path own() const { return folder_ / "specs" / ".sdd"; }
  Path lock_file() const;

  bool is_over() const { return over_; }
  void end() { over_ = true; }
  // Sleeps, but not beyond the end.
  void pause(std::chrono::microseconds time) const;

  // Runs a program that others may signal meanwhile.
  Ended run_victim(const std::vector<std::string>& words);
  // Sends a signal to one of the programs under way; false when there is none.
  bool signal_any(int number, std::minstd_rand& chance);
  // To this one; false when it is not under way (any more).
  bool signal(pid_t victim, int number);
  // Kills what has been under way for so long that it will never end, and tells how many.
  std::size_t kill_older_than(std::chrono::seconds age);

  // Around what somebody else writes in place: meanwhile a reader may find half of it, and that is
  // not sdd's doing. `tearings` is odd meanwhile, and grows.
  void begin_tearing() { ++tearings_; }
  void end_tearing() { ++tearings_; }
  std::uint64_t tearings() const { return tearings_; }

  // What a foreign writer wrote: the title of its entry; and which of its earlier ones it did not
  // see in what it changed, so that it overwrote them itself, wherever they were.
  void foreign_wrote(const std::string& title, const std::vector<std::string>& unseen);
  std::set<std::string> foreign() const;
  std::set<std::string> overwritten_by_themselves() const;

 private:
  using Clock = std::chrono::steady_clock;

  Path spec_;
  Path folder_;
  std::atomic<bool> over_ = false;
  std::atomic<std::uint64_t> tearings_ = 0;
  mutable std::mutex mutex_;
  std::map<pid_t, Clock::time_point> victims_;  // none is reaped while it stands here
  std::set<std::string> foreign_;
  std::set<std::string> unseen_;
};

}  // namespace sdd::workspace::torture
