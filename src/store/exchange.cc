#include "store/exchange.h"

#include <sys/stat.h>

#include <cerrno>

#include "base/strings.h"
#include "store/file.h"
#include "store/replacing.h"
#include "store/temporary.h"

namespace sdd::store {
namespace {

using Path = std::filesystem::path;

tl::unexpected<ReplaceFailure> nothing_done(Error error) {
  return tl::unexpected(ReplaceFailure{std::move(error), Standing::kOld, {}, {}});
}

Error unsynced(const Path& file) {
  return Error{ErrorKind::kIo,
               quoted_path(file.native()) +
                   " is in its place, but a power loss may undo that: a folder cannot be synced",
               {}};
}

Error rename_error(const char* action, const Path& file, const Path& to, Errno error) {
  if (error.code == EEXIST) {
    return Error{ErrorKind::kRefused, quoted_path(to.native()) + " is there already", {}};
  }
  return system_error(action, file.string(), error.code);
}

// Renames to a new name, believing what stands there more than what the system says of it.
Answer<void> place(FileSystem& files, const Path& from, const Path& to, const FileStatus& file) {
  const Answer<void> renamed = rename_to_new(files, from, to);
  if (renamed) return renamed;
  const Answer<FileStatus> there = files.status(to, false);
  if (there && there->same_file(file) && !files.status(from, false)) return {};
  return renamed;
}

}  // namespace

tl::expected<Replaced, ReplaceFailure> Exchange::replace(const Replacement& replacement) {
  return Replacing(files_, clock_, home_, replacement).run();
}

tl::expected<Replaced, ReplaceFailure> Exchange::create(const Path& file, std::string_view bytes,
                                                        std::uint32_t mode) {
  const Path folder = file.parent_path();
  const Answer<FileStatus> around = files_.status(folder, true);
  if (!around) return nothing_done(system_error("open", folder.string(), around.error().code));
  Ownership ownership{mode, std::nullopt, std::nullopt};
  if ((around->mode & S_ISGID) != 0) ownership.group = around->group;
  for (const Temporary::Place& where :
       {Temporary::Place{home_.temporary(), false}, Temporary::Place{folder, true}}) {
    const Result<Temporary> ours = Temporary::make(files_, where, key_of(file), bytes, ownership);
    if (!ours) return nothing_done(ours.error());
    if (const auto placed = place(files_, ours->path(), file, ours->status()); !placed) {
      (void)files_.unlink(ours->path());
      if (placed.error().code == EXDEV && !where.beside) continue;
      return nothing_done(rename_error("make", file, file, placed.error()));
    }
    if (!sync_folder(files_, folder)) {
      return tl::unexpected(ReplaceFailure{unsynced(file), Standing::kNew, std::string(bytes), {}});
    }
    Replaced made;
    made.stamp = ours->status().stamp();
    return made;
  }
  return nothing_done(system_error("make", file.string(), EXDEV));
}

tl::expected<void, ReplaceFailure> Exchange::move(const Path& from, const Path& to) {
  const Answer<FileStatus> file = files_.status(from, false);
  if (!file) return nothing_done(system_error("move", from.string(), file.error().code));
  if (const auto placed = place(files_, from, to, *file); !placed) {
    return nothing_done(rename_error("move", from, to, placed.error()));
  }
  // First where it is now: a power loss between the two leaves two names rather than none.
  if (!sync_folder(files_, to.parent_path()) || !sync_folder(files_, from.parent_path())) {
    return tl::unexpected(ReplaceFailure{unsynced(to), Standing::kNew, {}, {}});
  }
  return {};
}

}  // namespace sdd::store
