// Target: the file that is going to be changed, found through every spelling of its name.
//
//   Result<Target> target = find_target(files, "specs/active/a.json");
//   target->path                        // absolute, every symbolic link followed
//   Result<Home> home = Home::of(files, target->path);
//   … lock, settle …
//   check_target(files, *target)        // Exchange::replace asks it, too, at the last moment
//
// What cannot be replaced without losing something is refused:
// - a file with several hard links (kRefused): the other names would keep the old bytes. Only after
//   settle(), for one of the names may be a leftover of ours.
// - a file that nobody, or not this user, may write (kPermission): replacing its name would get
//   around that
// - what is no regular file (kIo); a name where nothing is (kNotFound)
#pragma once

#include <filesystem>

#include "base/error.h"
#include "store/file_system.h"

namespace sdd::store {

struct Target {
  std::filesystem::path name;  // as it was given
  std::filesystem::path path;
};

Result<Target> find_target(FileSystem& files, const std::filesystem::path& name);

// Whether the name still leads there and the file may be replaced; what it is now. kBusy when it
// was moved away or deleted meanwhile.
Result<FileStatus> check_target(FileSystem& files, const Target& target);

}  // namespace sdd::store
