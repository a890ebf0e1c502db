// Home: the folder `.sdd/` that the files of one specs folder, or one memory bank, share.
//
//   Result<Home> home = Home::of(files, *files.real_path(spec));   // a spec
//   const Home bank(bank_folder);                                  // a file of the memory bank
//   home->prepare(files);             // makes .sdd/ and what is in it; cheap when it is there
//   home->lock_file("…/active/a.json")                             // …/.sdd/locks/a.lock
//
//   <home>/.sdd/            0700, ignored by git (its own .gitignore says `*`)
//     locks/<key>.lock      who may change the file now (store/file_lock.h)
//     log/<key>.jsonl       what was changed (store/update_log.h)
//     tmp/                  files on their way into place (store/exchange.h)
//     displaced/            what others wrote and we could not merge: never deleted by us
//
// The home of a spec is the nearest folder above it that holds a status folder (pending, active,
// completed, archived); where there is none, the folder it lies in. It is asked of the *real* path,
// so that every spelling of a file's name leads to one home. What the file holds does not matter.
//
// The key is the file's name without `.json`, percent-encoded: all but ASCII letters, digits and
// "-_~", and a dot that leads. So `a.json` in pending/ and in active/ have one key: who moves the
// file holds one lock. Files of other kinds keep their ending (`current_tasks.md`). A key that
// would be too long for a file name is cut and ends in a hash.
//
// `.gitignore` is made last: where it stands, all above it has reached the disk. `.sdd` must be a
// folder; a symbolic link of that name, which a cloned repository may bring, is refused.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"
#include "store/file_system.h"

namespace sdd::store {

class Home {
 public:
  using Path = std::filesystem::path;

  // `folder`: absolute, without symbolic links.
  explicit Home(Path folder) : folder_(std::move(folder)) {}

  // The home of a spec, by its real path. Errors: the system's, for a folder that cannot be looked
  // into.
  static Result<Home> of(FileSystem& files, const Path& real_path);

  // Makes what is missing of the layout above. Errors: the system's (a read-only folder:
  // kPermission).
  Result<void> prepare(FileSystem& files) const;

  const Path& folder() const { return folder_; }
  Path own() const { return folder_ / ".sdd"; }
  Path temporary() const { return own() / "tmp"; }
  Path displaced() const { return own() / "displaced"; }
  Path lock_file(const Path& file) const;
  Path log_file(const Path& file) const;

 private:
  Path folder_;
};

// What stands for a file in the names of its lock, its log and its temporary files: ASCII, without
// separators, at most 200 bytes. Of the files in one folder only `a` and `a.json` share theirs.
std::string key_of(const std::filesystem::path& file);

}  // namespace sdd::store
