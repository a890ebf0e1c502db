// Undoing the last `sdd fix` or `sdd repair` of a file: the bytes that stood there before come
// back, from the copy that it kept.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/error.h"
#include "workspace/locked_spec.h"

namespace sdd::workspace {

struct UndoRequest {
  std::string file;      // a spec's id, or the path of a file
  bool dry_run = false;  // takes no lock
  bool without_lock = false;
  std::chrono::milliseconds lock_timeout{10'000};
};

struct Undone {
  std::string path;      // of the file
  std::string command;   // what was undone: "fix" or "repair"
  std::string time;      // when that was done
  std::string source;    // path of the copy that the bytes come from
  std::string revision;  // git blob id of the bytes that stand there now
  std::vector<std::string> remarks;
};

// kRefused, and nothing is touched: when the log has no such update, when the file is not as that
// one left it any more, when nobody keeps the bytes from before. Else as repair_file().
Result<Undone> undo_repair(const UndoRequest& request, const Places& places);
// The same on another disk: for tests.
Result<Undone> undo_repair(const UndoRequest& request, const Places& places, Disk& disk);

}  // namespace sdd::workspace
