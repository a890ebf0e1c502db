// UpdateLog: what was changed in one file, line by line, so that a lost change can be told.
//
// Writing, under the file's lock (store/file_lock.h):
//
//   Result<UpdateLog> log = UpdateLog::open(files, home.log_file(spec));
//   if (const auto first = log->find(request_id)) …               // seen before: answer as then
//   log->intend(update);                     // before the file is touched; has reached the disk
//   … the file is changed (store/exchange.h) …
//   log->done(update.id, stamp, answer);     // only now the update counts as acknowledged
//
// Reading, without a lock, also while somebody writes:
//
//   Result<LogContent> log = read_log(files, home.log_file(spec));
//   … log->updates, log->losses …
//
// States of an update: intended (it may or may not be in the file: compare the file with `after`),
// done, forgotten. An update that had to be merged with a foreign version is intended twice under
// one id; the later line counts, and the bytes of both are known.
//
// Losses are counted, never hidden: lines whose checksum fails are passed by and told. What stands
// behind the last line end is a torn write, which acknowledged nothing: open() cuts it off. How
// long the log was stands in a file beside it (`….end`), so that lines which somebody cut off are
// missed: what stood in front of them can no longer tell what came after (Update::gap_behind).
//
// The log is bounded: 1,000 updates or 4 MB, after which the older half goes; the newer half is
// written to another file, synced and renamed into place, so that a reader sees one or the other.
// How the lines look: store/log_lines.h.
//
// After an error of intend() or done() nothing more is appended through this object (whether the
// line reached the disk is not known): every later call fails.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/time.h"
#include "store/file.h"
#include "store/file_system.h"
#include "store/log_lines.h"

namespace sdd::store {

// An update of this process that begins now, its `before`, `after` and `changes` still to be filled
// in. Without an id it gets one of its own.
Update new_update(std::string id, std::string command);

// A log that is not there is empty. Errors: the system's; over 64 MB, kIo.
Result<LogContent> read_log(FileSystem& files, const FileSystem::Path& path);

class UpdateLog {
 public:
  // Opens or makes the log, cuts a torn last line off, makes room when it is full. The folder must
  // be there (Home::prepare). The FileSystem must outlive the log. Errors: as read_log.
  static Result<UpdateLog> open(FileSystem& files, FileSystem::Path path);

  // The update with this id, forgotten or not: whoever repeats it is answered as then. Of the log
  // as it was when it was opened.
  std::optional<Update> find(std::string_view id) const;
  // The update that was intended last, likewise.
  std::optional<Update> last() const;
  // Whether the bytes with this git blob id are the `before` or `after` of an update; likewise.
  bool knows(std::string_view blob) const;
  // All of it, likewise; reads every line.
  LogContent content() const { return parse_log(bytes_); }

  // Appends the intent and syncs it. `update.done`, `answer` and `forgotten` are not looked at.
  Result<void> intend(const Update& update);
  // Acknowledges an update that was intended. Not synced: a power loss may take the line, the
  // intent and the file remain, and their agreement says the same.
  Result<void> done(const Acknowledgement& acknowledgement);
  // Nobody shall report this update as lost any more.
  Result<void> forget(std::string_view id, Timestamp now);

 private:
  UpdateLog(FileSystem& files, FileSystem::Path path) : files_(&files), path_(std::move(path)) {}
  Result<void> load();
  Result<void> make_room();
  Result<void> tell_gap();
  void note_end(std::uint64_t size);
  Result<void> append(const std::string& line, bool synced);

  FileSystem* files_;
  FileSystem::Path path_;
  File file_;
  std::string bytes_;  // whole lines, as they were when the log was opened
  bool broken_ = false;
};

}  // namespace sdd::store
