// Exchange: putting new bytes in the place of a file without losing what anybody wrote.
//
//   Exchange exchange(files, clock, home);                 // under the file's lock
//   tl::expected<Replaced, ReplaceFailure> r = exchange.replace({target, before, after, merge,
//   log}); if (r) … the file holds `after`, or where r->merged r->bytes, and it has reached the
//   disk … else … r.error().standing says which bytes stand there, .error why …
//
// Others write the same file without knowing of our lock: an older tool, an editor. So the new
// bytes are not written over what is thought to be there: both files change their names in one step
// (RENAME_EXCHANGE), and then what came out is looked at. Readers see the old bytes or the new
// ones.
//
// States of a replacement, and what a death in it leaves:
//   drafting   our bytes are being written into a temporary file; the target is as it was
//   ready      they have reached the disk; likewise
//   exchanged  the target holds ours, the temporary name what stood there; nobody has looked at it
//   judged     it is what was expected, or is contained in what the target holds now
//   durable    the target's folder is synced, too; the temporary files go
// From `exchanged` a conflict leads back: the files are exchanged again, what comes out must be our
// own file, untouched; else it is a newer version of somebody else's and takes its place. Whatever
// a death leaves, settle() (store/settle.h) finishes.
//
// What becomes of foreign versions: merged (by the caller's function), or put back, or kept in
// `.sdd/displaced/` and told in `kept`. None is deleted unread, none unless its content lives on in
// what the target holds.
//
// Where renames cannot exchange (NFS, some FUSE file systems) the target is compared with what is
// expected immediately before it is replaced; a foreign write in between is lost. `window` says so.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "store/clock.h"
#include "store/file_system.h"
#include "store/home.h"
#include "store/log_lines.h"
#include "store/target.h"

namespace sdd::store {

struct MergeAnswer {
  enum Kind {
    kMerged,      // `bytes` has everything of both
    kConflict,    // `why`: both changed the same thing
    kUnreadable,  // `why`: theirs is no whole document (a write in flight, or damaged)
  };
  Kind kind = kConflict;
  std::string bytes;
  std::string why;
};

// Joins what somebody else wrote with ours. `base` is what both began with.
using MergeFunction = std::function<MergeAnswer(std::string_view base, std::string_view theirs,
                                                std::string_view ours)>;

struct Replacement {
  Target target;
  std::string_view before;  // what the caller read, under the lock
  std::string_view after;
  MergeFunction merge;
  // Called when `after` had to be merged, before the merged bytes take the place of what the target
  // holds (`standing`): where the caller appends the new intent to the log. An Error ends the
  // replacement; what others wrote is put back.
  std::function<Result<void>(std::string_view standing, std::string_view merged)> log;
};

// A file that is somebody else's and was kept, and why.
struct Kept {
  std::filesystem::path file;
  std::string why;
};

struct Replaced {
  FileStamp stamp;      // of the file that holds `after`, or
  bool merged = false;  // that merged with what others wrote:
  std::string bytes;
  bool window = false;  // the file system cannot exchange names
  std::vector<Kept> kept;
};

// Which bytes stand at the target after a failure.
enum class Standing {
  kOld,      // what stood there, or what somebody else wrote: nothing of ours
  kNew,      // ours, `bytes`; whether they outlast a power loss is not known
  kUnknown,  // the system would not even tell that
};

struct ReplaceFailure {
  // kRefused: a conflict, or theirs is no document. kBusy: the file did not stand still (8 rounds),
  // or was moved away. Else the system's.
  Error error;
  Standing standing = Standing::kOld;
  std::string bytes;
  std::vector<Kept> kept;
};

class Exchange {
 public:
  // All three must outlive it; `home` must have been prepared.
  Exchange(FileSystem& files, Clock& clock, const Home& home)
      : files_(files), clock_(clock), home_(home) {}

  tl::expected<Replaced, ReplaceFailure> replace(const Replacement& replacement);

  // Makes a file that must not be there yet (kRefused), with these bytes and this mode
  // (permissions; a umask is the caller's to heed). It appears whole, or not at all. Its group is
  // the folder's where the folder says so (set-group-id).
  tl::expected<Replaced, ReplaceFailure> create(const std::filesystem::path& file,
                                                std::string_view bytes, std::uint32_t mode);

  // Moves a file, for instance from active/ to completed/. Something at the new name: kRefused.
  // Both folders are synced; a failure of that is kNew.
  tl::expected<void, ReplaceFailure> move(const std::filesystem::path& from,
                                          const std::filesystem::path& to);

 private:
  FileSystem& files_;
  Clock& clock_;
  const Home& home_;
};

}  // namespace sdd::store
