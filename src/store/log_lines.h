// What the lines of an update log say (store/update_log.h), from text to values and back.
//
// The file (JSON lines with checksums, store/line.h) has four kinds of lines:
//   {"id","time","pid","host","command","before","after","changes","checksum"}      an intent
//   {"done","time","inode","size","modified","answer","checksum"}       that update is in the file
//   {"forgotten","time","checksum"}                 nobody wants to hear of that update any more
//   {"cut","lost","time","checksum"}  so many updates that stood here before are gone (first line),
//                                                with so many lines that were not to be read
// `changes` and `answer` are JSON text that this floor does not look into.
//
// `pid`, `inode`, `size` and `modified` are numbers, `cut` and `lost` too; the rest is text, times
// in RFC 3339.
//
//   log_line(update)                       // the line of an intent, with its "\n"
//   const LogContent log = parse_log(bytes);
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "store/file_system.h"

namespace sdd::store {

struct Update {
  std::string id;  // the user's request id, or a unique one
  Timestamp time;
  std::int64_t pid = 0;
  std::string host;
  std::string command;  // its name only, never its arguments
  std::string before;   // git blob ids of the whole file
  std::string after;
  std::string changes;  // JSON on one line

  bool forgotten = false;
  std::optional<FileStamp> done;  // nothing: only intended
  std::string answer;             // when done: JSON on one line, what the user was told
  // The bytes of earlier intents under this id, which were merged into this one.
  std::vector<std::string> earlier;
  // Lines that stood behind this one are lost: what came after it cannot be told.
  bool gap_behind = false;
};

struct LogLosses {
  // Lines whose checksum fails, that are of no known kind, or that speak of no update; also those
  // that went when the log was cut, whose bytes are not counted.
  std::size_t lines = 0;
  std::size_t bytes = 0;
  std::size_t torn = 0;  // bytes behind the last line end: a write in flight, or cut short
};

struct LogContent {
  std::vector<Update> updates;  // oldest first
  // Updates that are gone because the log was full, and the time of the newest of them.
  std::size_t cut = 0;
  std::optional<Timestamp> cut_until;
  LogLosses losses;
};

// That an update is in the file.
struct Acknowledgement {
  std::string id;
  Timestamp time;
  FileStamp stamp;
  std::string answer;  // JSON on one line
};

// The line of an intent, of an acknowledgement, of what is to be forgotten, of what was cut. JSON
// texts must not be empty, nor hold a line end.
std::string log_line(const Update& update);
std::string log_line(const Acknowledgement& acknowledgement);
std::string forgotten_line(std::string_view id, Timestamp time);
std::string cut_line(std::size_t updates, std::size_t lost_lines, Timestamp until);
// That lines which stood here are gone; nobody knows which.
std::string gap_line();

// Reads what there is: never fails, counts what it cannot use. Takes time linear in the bytes.
LogContent parse_log(std::string_view bytes);

// What of a log is kept when it is full: whole lines, in their order, beginning with a line that
// tells the cut. At most half of `most_updates` and of `most_bytes`, but always the last update.
std::string newer_half(std::string_view bytes, std::size_t most_updates, std::size_t most_bytes);

}  // namespace sdd::store
