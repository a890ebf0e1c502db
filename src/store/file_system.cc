#include "store/file_system.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <memory>
#include <string_view>

namespace sdd::store {
namespace {

Answer<void> answer_of(int result) {
  if (result != 0) return failed(errno);
  return {};
}

Answer<std::size_t> answer_of_bytes(ssize_t result) {
  if (result < 0) return failed(errno);
  return static_cast<std::size_t>(result);
}

Answer<FileStatus> statx_of(int folder, const char* name, int flags) {
  struct statx found = {};
  if (statx(folder, name, flags, STATX_BASIC_STATS | STATX_MNT_ID, &found) != 0) {
    return failed(errno);
  }
  FileStatus status;
  status.device = makedev(found.stx_dev_major, found.stx_dev_minor);
  status.inode = found.stx_ino;
  if ((found.stx_mask & STATX_MNT_ID) != 0) status.mount = found.stx_mnt_id;
  status.size = found.stx_size;
  status.modified = std::int64_t{found.stx_mtime.tv_sec} * 1'000'000'000 + found.stx_mtime.tv_nsec;
  status.mode = found.stx_mode;
  status.owner = found.stx_uid;
  status.group = found.stx_gid;
  status.links = found.stx_nlink;
  return status;
}

}  // namespace

bool FileStatus::is_file() const { return S_ISREG(mode); }
bool FileStatus::is_folder() const { return S_ISDIR(mode); }

Answer<int> RealFileSystem::open(const Path& path, int flags, unsigned mode) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC | O_NOCTTY, mode);
  if (fd < 0) return failed(errno);
  return fd;
}

Answer<void> RealFileSystem::close(int fd) { return answer_of(::close(fd)); }

Answer<std::size_t> RealFileSystem::read(int fd, char* bytes, std::size_t size,
                                         std::uint64_t offset) {
  return answer_of_bytes(::pread(fd, bytes, size, static_cast<off_t>(offset)));
}

Answer<std::size_t> RealFileSystem::write(int fd, const char* bytes, std::size_t size) {
  return answer_of_bytes(::write(fd, bytes, size));
}

Answer<void> RealFileSystem::truncate(int fd, std::uint64_t size) {
  return answer_of(::ftruncate(fd, static_cast<off_t>(size)));
}

Answer<void> RealFileSystem::sync(int fd) { return answer_of(::fsync(fd)); }

Answer<void> RealFileSystem::set_owner(int fd, std::uint32_t owner, std::uint32_t group) {
  return answer_of(::fchown(fd, owner, group));
}

Answer<void> RealFileSystem::set_mode(int fd, std::uint32_t mode) {
  return answer_of(::fchmod(fd, mode));
}

Answer<FileStatus> RealFileSystem::status(int fd) { return statx_of(fd, "", AT_EMPTY_PATH); }

Answer<FileStatus> RealFileSystem::status(const Path& path, bool follow) {
  return statx_of(AT_FDCWD, path.c_str(), follow ? 0 : AT_SYMLINK_NOFOLLOW);
}

Answer<void> RealFileSystem::may_write(const Path& path) {
  return answer_of(::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS));
}

Answer<void> RealFileSystem::lock(int fd) { return answer_of(::flock(fd, LOCK_EX | LOCK_NB)); }

Answer<bool> RealFileSystem::has_writer(int fd) {
  // Who opens the file while the lease stands is made to wait, and we get a signal. Left to itself
  // that is SIGIO, which ends the process; SIGURG is ignored unless somebody asked for it.
  if (::fcntl(fd, F_SETSIG, SIGURG) != 0) return failed(errno);
  if (::fcntl(fd, F_SETLEASE, F_RDLCK) == 0) {
    if (::fcntl(fd, F_SETLEASE, F_UNLCK) != 0) return failed(errno);
    return false;
  }
  if (errno == EAGAIN) return true;
  return failed(errno);
}

Answer<void> RealFileSystem::rename(const Path& from, const Path& to, Rename how) {
  unsigned flags = 0;
  if (how == Rename::kNoReplace) flags = RENAME_NOREPLACE;
  if (how == Rename::kExchange) flags = RENAME_EXCHANGE;
  return answer_of(::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags));
}

Answer<void> RealFileSystem::unlink(const Path& path) { return answer_of(::unlink(path.c_str())); }

Answer<void> RealFileSystem::make_folder(const Path& path, unsigned mode) {
  return answer_of(::mkdir(path.c_str(), mode));
}

Answer<FileSystem::Path> RealFileSystem::real_path(const Path& path) {
  std::string buffer(PATH_MAX, '\0');
  if (::realpath(path.c_str(), buffer.data()) == nullptr) return failed(errno);
  return Path(buffer.c_str());
}

Answer<std::vector<std::string>> RealFileSystem::list(const Path& folder) {
  const std::unique_ptr<DIR, int (*)(DIR*)> open_folder(::opendir(folder.c_str()), &::closedir);
  if (open_folder == nullptr) return failed(errno);
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = ::readdir(open_folder.get())) {
    const std::string_view name = static_cast<const char*>(entry->d_name);
    if (name != "." && name != "..") names.emplace_back(name);
    errno = 0;
  }
  if (errno != 0) return failed(errno);
  return names;
}

Answer<std::uint64_t> RealFileSystem::type_of(const Path& path) {
  struct statfs found = {};
  if (::statfs(path.c_str(), &found) != 0) return failed(errno);
  return static_cast<std::uint64_t>(found.f_type);
}

}  // namespace sdd::store
