// Temporary: a file of ours on its way into place.
//
//   Result<Temporary> ours = Temporary::make(files, folder, key, bytes, target.status);
//   files.rename(ours->path(), target, Rename::kExchange);     // its name now holds what was there
//
// States, which can be told from the name alone, also by who finds it after our death:
// - draft   `<key>.<pid>.<host>.<random>.new`: being written. Nobody but us ever wrote into it, and
//           it was never exchanged: it may be deleted unread.
// - ready   `<key>.<pid>.<host>.<random>.tmp`: all bytes have reached the disk. It can be exchanged
//           at any moment, after which the name holds what somebody else wrote: it is never deleted
//           unread.
// make() leads from nothing to ready, or back to nothing and an Error. A Temporary does not remove
// its file: what becomes of it depends on what it holds (store/displaced.h).
//
// Mode, owner and group are to be those of the file that is replaced. Where we may not give a file
// away, it stays ours; and where the group cannot be kept, the group is not allowed more than all
// others are. Access control lists and extended attributes are not carried over.
//
// Beside a target (where `.sdd/tmp/` is another device) names have `.sdd-` in front.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "store/file_system.h"

namespace sdd::store {

// Whose a new file is, and who may do what with it.
struct Ownership {
  std::uint32_t mode = 0600;
  std::optional<std::uint32_t> owner;  // nothing: whose it becomes by itself
  std::optional<std::uint32_t> group;

  static Ownership of(const FileStatus& status) {
    return {status.mode & 07777, status.owner, status.group};
  }
};

class Temporary {
 public:
  using Path = std::filesystem::path;

  // Where it is made: in `.sdd/tmp/`, or beside a target.
  struct Place {
    Path folder;
    bool beside = false;
  };

  // Writes and syncs the bytes. Errors: the system's; then nothing is left, if it can be helped.
  static Result<Temporary> make(FileSystem& files, const Place& place, std::string_view key,
                                std::string_view bytes, const Ownership& ownership);

  const Path& path() const { return path_; }
  // Of the file that was written, wherever its name leads by now.
  const FileStatus& status() const { return status_; }

 private:
  Temporary(Path path, FileStatus status) : path_(std::move(path)), status_(status) {}

  Path path_;
  FileStatus status_;
};

// What the name of a temporary file says.
struct TemporaryName {
  std::string key;
  std::int64_t pid = 0;
  std::string host;  // percent-encoded
  bool draft = false;
  bool beside = false;  // lies beside a target, not in .sdd/tmp/
};

// Nothing when `name` is none of ours.
std::optional<TemporaryName> parse_temporary_name(std::string_view name);

}  // namespace sdd::store
