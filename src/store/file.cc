#include "store/file.h"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace sdd::store {

Answer<File> File::open(FileSystem& files, const FileSystem::Path& path, int flags, unsigned mode) {
  Answer<int> fd = files.open(path, flags, mode);
  while (!fd && fd.error().code == EINTR) fd = files.open(path, flags, mode);
  if (!fd) return tl::unexpected(fd.error());
  return File(files, *fd);
}

File::File(File&& other) noexcept
    : files_(std::exchange(other.files_, nullptr)), fd_(std::exchange(other.fd_, -1)) {}

File& File::operator=(File&& other) noexcept {
  File old(std::move(*this));
  files_ = std::exchange(other.files_, nullptr);
  fd_ = std::exchange(other.fd_, -1);
  return *this;
}

File::~File() {
  if (is_open()) close();
}

Answer<std::string> File::read_all(std::size_t most) const {
  const Answer<FileStatus> found = status();
  if (!found) return tl::unexpected(found.error());
  // The file may grow while it is read; what counts is what read gives, not the size before.
  std::string bytes(std::min<std::size_t>(found->size, most) + 1, '\0');
  std::size_t filled = 0;
  for (;;) {
    if (filled == bytes.size()) bytes.resize(std::max<std::size_t>(2 * filled, 4096));
    const Answer<std::size_t> got =
        files_->read(fd_, bytes.data() + filled, bytes.size() - filled, filled);
    if (!got && got.error().code == EINTR) continue;
    if (!got) return tl::unexpected(got.error());
    if (*got == 0) break;
    filled += *got;
    if (filled > most) return failed(EFBIG);
  }
  bytes.resize(filled);
  return bytes;
}

Answer<bool> File::holds(std::string_view bytes) const {
  std::array<char, std::size_t{32} * 1024> piece;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  std::size_t at = 0;
  for (;;) {
    const Answer<std::size_t> got = files_->read(fd_, piece.data(), piece.size(), at);
    if (!got && got.error().code == EINTR) continue;
    if (!got) return tl::unexpected(got.error());
    if (*got == 0) return at == bytes.size();
    if (bytes.substr(at, *got) != std::string_view(piece.data(), *got)) return false;
    at += *got;
  }
}

Answer<void> File::write_all(std::string_view bytes) const {
  while (!bytes.empty()) {
    const Answer<std::size_t> written = files_->write(fd_, bytes.data(), bytes.size());
    if (!written && written.error().code == EINTR) continue;
    if (!written) return tl::unexpected(written.error());
    // A device that takes nothing and names no reason would be asked for ever.
    if (*written == 0) return failed(EIO);
    bytes.remove_prefix(*written);
  }
  return {};
}

Answer<void> File::sync() const { return files_->sync(fd_); }

Answer<FileStatus> File::status() const { return files_->status(fd_); }

Answer<void> File::close() { return files_->close(std::exchange(fd_, -1)); }

namespace {

Answer<File> open_regular(FileSystem& files, const FileSystem::Path& path, bool follow) {
  // Without O_NONBLOCK a FIFO would keep us waiting for its writer.
  const int flags = O_RDONLY | O_NONBLOCK | (follow ? 0 : O_NOFOLLOW);
  Answer<File> file = File::open(files, path, flags);
  if (!file) return file;
  const Answer<FileStatus> status = file->status();
  if (!status) return tl::unexpected(status.error());
  if (status->is_folder()) return failed(EISDIR);
  if (!status->is_file()) return failed(EINVAL);
  return file;
}

}  // namespace

Answer<std::string> read_whole(FileSystem& files, const FileSystem::Path& path, bool follow,
                               std::size_t most) {
  const Answer<File> file = open_regular(files, path, follow);
  if (!file) return tl::unexpected(file.error());
  return file->read_all(most);
}

Answer<bool> file_holds(FileSystem& files, const FileSystem::Path& path, bool follow,
                        std::string_view bytes) {
  const Answer<File> file = open_regular(files, path, follow);
  if (!file) return tl::unexpected(file.error());
  return file->holds(bytes);
}

Answer<void> sync_folder(FileSystem& files, const FileSystem::Path& folder) {
  const Answer<File> opened = File::open(files, folder, O_RDONLY | O_DIRECTORY);
  if (!opened) return tl::unexpected(opened.error());
  const Answer<void> synced = opened->sync();
  if (!synced && (synced.error().code == EINVAL || synced.error().code == ENOTSUP)) return {};
  return synced;
}

Answer<bool> ensure_folder(FileSystem& files, const FileSystem::Path& folder) {
  const Answer<void> made = files.make_folder(folder, 0700);
  if (made) return true;
  if (made.error().code != EEXIST) return tl::unexpected(made.error());
  const Answer<FileStatus> there = files.status(folder, false);
  if (!there) return tl::unexpected(there.error());
  if (!there->is_folder()) return failed(ENOTDIR);
  return false;
}

Answer<void> rename_to_new(FileSystem& files, const FileSystem::Path& from,
                           const FileSystem::Path& to) {
  Answer<void> moved = files.rename(from, to, Rename::kNoReplace);
  if (moved || (moved.error().code != EINVAL && moved.error().code != ENOSYS)) return moved;
  if (files.status(to, false)) return failed(EEXIST);
  return files.rename(from, to, Rename::kReplace);
}

tl::unexpected<Error> io_failure(const char* action, const FileSystem::Path& path, Errno error) {
  return tl::unexpected(system_error(action, path.string(), error.code));
}

}  // namespace sdd::store
