#include "store/target.h"

#include <cerrno>
#include <string>

#include "base/strings.h"
#include "store/file.h"

namespace sdd::store {
namespace {

constexpr std::uint32_t kAnybodyMayWrite = 0222;

Result<FileStatus> regular_file(FileSystem& files, const std::filesystem::path& path) {
  // One that is just being replaced by another program has no name left: look at its successor.
  constexpr int kTries = 100;
  Answer<FileStatus> status = files.status(path, false);
  for (int i = 0; i < kTries && status && status->links == 0; ++i) {
    status = files.status(path, false);
  }
  if (!status) return io_failure("open", path, status.error());
  if (status->is_file()) return *status;
  return fail(ErrorKind::kIo,
              "cannot change " + quoted_path(path.native()) + ": it is no regular file");
}

}  // namespace

Result<Target> find_target(FileSystem& files, const std::filesystem::path& name) {
  const Answer<FileSystem::Path> real = files.real_path(name);
  if (!real) return io_failure("open", name, real.error());
  const Result<FileStatus> status = regular_file(files, *real);
  if (!status) return tl::unexpected(status.error());
  // root may write everything, but a file that nobody may write was made so for a reason.
  if ((status->mode & kAnybodyMayWrite) == 0) return io_failure("change", *real, Errno{EACCES});
  const Answer<void> writable = files.may_write(*real);
  if (!writable) return io_failure("change", *real, writable.error());
  return Target{name, *real};
}

Result<FileStatus> check_target(FileSystem& files, const Target& target) {
  const Answer<FileSystem::Path> real = files.real_path(target.name);
  const bool gone = !real && (real.error().code == ENOENT || real.error().code == ENOTDIR);
  if (gone || (real && *real != target.path)) {
    return fail(ErrorKind::kBusy,
                quoted_path(target.name.native()) + " was moved or deleted meanwhile");
  }
  if (!real) return io_failure("open", target.name, real.error());
  Result<FileStatus> status = regular_file(files, target.path);
  if (!status || status->links == 1) return status;
  return fail(ErrorKind::kRefused,
              "cannot change " + quoted_path(target.path.native()) + ": the file has " +
                  std::to_string(status->links) +
                  " names (hard links), and the others would keep the old content");
}

}  // namespace sdd::store
