// Torture: many processes update one spec at once while others read it, kill them and get in their
// way; afterwards somebody who was not there compares what was acknowledged with what the file
// holds.
//
//   Torture torture;
//   torture.folder = scratch;                          // empty; on the disk that is to be proven
//   torture.program = {"/usr/bin/sdd"};
//   Result<Figures> figures = run(torture);
//   to_line(*figures)                  // "320 updates …: 0 lost, 0 bad reads of 1041, …"
//   is_sound(*figures)                 // nothing was lost in silence, nothing broken
//
// Writers add journal entries (`add-journal`), set statuses with a note (`update-status`) and
// complete tasks (`complete-task`), each update with a token of its own, which is its request id,
// too: what was killed is asked for again under the same id and must be there once. Each writer has
// a phase of its own, so that its notes are nobody else's business; counts and the journal are
// everybody's.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "workspace/torture/arena.h"
#include "workspace/torture/judge.h"

namespace sdd::workspace::torture {

// A scratch folder of `sdd doctor --torture` is called this and the number of its process.
inline constexpr std::string_view kScratch = ".sdd-torture-";

// Something that goes on during the run, in a thread of its own: until arena.is_over().
using Disturbance = std::function<void(Arena& arena)>;

struct Torture {
  std::filesystem::path folder;
  std::vector<std::string> program;  // the words in front of an update's own
  unsigned writers = 4;
  unsigned updates = 0;               // of each writer; 0: until the time is over
  std::chrono::milliseconds time{0};  // 0: until the updates are done; each writer makes one
  unsigned readers = 1;
  std::size_t bytes = 133'000;  // of the spec at the beginning
  std::chrono::milliseconds lock_timeout{60'000};
  unsigned tries = 100;  // of one update, under one request id
  std::vector<Disturbance> disturbances = {};
  // Whether somebody else writes the file: then what is overwritten must be told.
  bool foreign = false;
  // Of several foreign writers each may overwrite the other.
  bool foreign_lose = false;
};

struct Figures {
  std::size_t updates = 0;
  std::size_t acknowledged = 0;
  std::size_t killed = 0;   // tries that a signal ended
  std::size_t busy = 0;     // tries that ended with 4
  std::size_t refused = 0;  // with 5
  std::size_t failed = 0;   // with anything else
  std::size_t hung = 0;     // tries that had to be ended
  std::size_t unseen = 0;   // acknowledged, and not there for whoever read at once
  std::size_t reads = 0;
  std::size_t bad_reads = 0;
  std::size_t their_bad_reads = 0;  // while another program wrote in place
  std::size_t foreign = 0;          // what other programs wrote
  Verdict verdict;
  std::size_t left = 0;  // files in .sdd/tmp after one more update
  std::size_t kept = 0;  // in .sdd/displaced
  std::size_t bytes_before = 0, bytes_after = 0;
  double seconds = 0;
  double median = 0, longest = 0;  // seconds of one acknowledged update, waiting included
  std::string failure;             // what the first try that failed said
};

// SIGKILL, SIGTERM, SIGINT to whoever is under way, every `pause` or so.
Disturbance killing(std::chrono::milliseconds pause, unsigned seed);

// Errors: the folder cannot be written, the program cannot be run.
Result<Figures> run(const Torture& torture);

std::string to_line(const Figures& figures);

// Whether nothing acknowledged is missing unnoticed, nothing stands there twice, nobody read a
// broken file, what was said is true, counts are right and nothing is left behind.
bool is_sound(const Figures& figures, bool foreign_lose);

}  // namespace sdd::workspace::torture
