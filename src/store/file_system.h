// FileSystem: the one seam between the write path and the disk.
//
// Everything in store/ reaches the disk through these operations and no others, so that a test can
// let the n-th of them fail, stop as if the process had died there, or write down their order and
// replay what a power loss may leave of them.
//
//   RealFileSystem files;                       // the program makes one and hands it down
//   const Answer<int> fd = files.open("a.json", O_RDONLY, 0);
//   if (!fd) … errno_text(fd.error().code) …
//
// Each operation is one system call, with that call's manners: reads and writes may be short, and
// EINTR is an answer like any other. Who wants whole files, descriptors that close themselves or
// folders synced uses store/file.h. Nothing here makes an sdd::Error of an errno, for it is the
// caller who knows what EXDEV or ENOENT mean at its step.
//
// Descriptors are always opened close-on-exec and without becoming a controlling terminal; a
// symbolic link as the last part of a name is followed only where `open` is told so.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace sdd::store {

struct Errno {
  int code = 0;
  friend constexpr bool operator==(Errno, Errno) = default;
};

// What one operation answers: a value, or the errno of the call that failed.
template <typename T>
using Answer = tl::expected<T, Errno>;

inline tl::unexpected<Errno> failed(int code) { return tl::unexpected<Errno>(Errno{code}); }

// How a file looked after it was written: while these agree nobody has touched it.
struct FileStamp {
  std::uint64_t inode = 0;
  std::uint64_t size = 0;     // bytes
  std::int64_t modified = 0;  // nanoseconds since 1970-01-01T00:00:00Z
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

// Two of these are about the same file when device and inode agree.
struct FileStatus {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t mount = 0;  // which mount it was reached through; 0 where the kernel does not tell
  std::uint64_t size = 0;   // bytes
  std::int64_t modified = 0;  // nanoseconds since 1970-01-01T00:00:00Z
  std::uint32_t mode = 0;     // type and permissions, as in struct stat
  std::uint32_t owner = 0;
  std::uint32_t group = 0;
  std::uint64_t links = 0;

  bool is_file() const;
  bool is_folder() const;
  FileStamp stamp() const { return {inode, size, modified}; }
  bool same_file(const FileStatus& other) const {
    return device == other.device && inode == other.inode;
  }
};

enum class Rename {
  kReplace,    // what stands at the new name is replaced
  kNoReplace,  // EEXIST when something stands there
  kExchange,   // both names stay and change their files; atomic
};

class FileSystem {
 public:
  using Path = std::filesystem::path;

  FileSystem() = default;
  FileSystem(const FileSystem&) = delete;
  FileSystem& operator=(const FileSystem&) = delete;
  virtual ~FileSystem() = default;

  // open(2). `flags` as there; O_CLOEXEC and O_NOCTTY are added.
  virtual Answer<int> open(const Path& path, int flags, unsigned mode) = 0;
  // close(2); the descriptor is gone whatever comes of it.
  virtual Answer<void> close(int fd) = 0;
  // pread(2) at `offset`, write(2) at the descriptor's place: the number of bytes, perhaps fewer
  // than asked for; 0 at the end of the file.
  virtual Answer<std::size_t> read(int fd, char* bytes, std::size_t size, std::uint64_t offset) = 0;
  virtual Answer<std::size_t> write(int fd, const char* bytes, std::size_t size) = 0;
  // ftruncate(2): cuts or extends to `size` bytes.
  virtual Answer<void> truncate(int fd, std::uint64_t size) = 0;
  // fsync(2) of a file or a folder.
  virtual Answer<void> sync(int fd) = 0;
  // fchown(2) and fchmod(2).
  virtual Answer<void> set_owner(int fd, std::uint32_t owner, std::uint32_t group) = 0;
  virtual Answer<void> set_mode(int fd, std::uint32_t mode) = 0;
  // statx(2) of an open file, or of a name (the link itself when `follow` is false).
  virtual Answer<FileStatus> status(int fd) = 0;
  virtual Answer<FileStatus> status(const Path& path, bool follow) = 0;
  // faccessat(2): nothing when this user may write the file, else the reason (EACCES, EROFS).
  virtual Answer<void> may_write(const Path& path) = 0;
  // flock(2), exclusive and without waiting: EWOULDBLOCK when another holds it. Closing frees it.
  virtual Answer<void> lock(int fd) = 0;
  // Whether anybody has the file open for writing: asked by a read lease (fcntl F_SETLEASE) that is
  // given back at once. `fd` must be open for reading only. Errors: EACCES for a file of another
  // user, EINVAL where there are no leases; then nobody can tell.
  virtual Answer<bool> has_writer(int fd) = 0;
  // renameat2(2).
  virtual Answer<void> rename(const Path& from, const Path& to, Rename how) = 0;
  virtual Answer<void> unlink(const Path& path) = 0;
  virtual Answer<void> make_folder(const Path& path, unsigned mode) = 0;
  // realpath(3).
  virtual Answer<Path> real_path(const Path& path) = 0;
  // The names in a folder, without "." and "..", in no order.
  virtual Answer<std::vector<std::string>> list(const Path& folder) = 0;
  // statfs(2): the magic number of the file system's type.
  virtual Answer<std::uint64_t> type_of(const Path& path) = 0;
};

class RealFileSystem : public FileSystem {
 public:
  Answer<int> open(const Path& path, int flags, unsigned mode) override;
  Answer<void> close(int fd) override;
  Answer<std::size_t> read(int fd, char* bytes, std::size_t size, std::uint64_t offset) override;
  Answer<std::size_t> write(int fd, const char* bytes, std::size_t size) override;
  Answer<void> truncate(int fd, std::uint64_t size) override;
  Answer<void> sync(int fd) override;
  Answer<void> set_owner(int fd, std::uint32_t owner, std::uint32_t group) override;
  Answer<void> set_mode(int fd, std::uint32_t mode) override;
  Answer<FileStatus> status(int fd) override;
  Answer<FileStatus> status(const Path& path, bool follow) override;
  Answer<void> may_write(const Path& path) override;
  Answer<void> lock(int fd) override;
  Answer<bool> has_writer(int fd) override;
  Answer<void> rename(const Path& from, const Path& to, Rename how) override;
  Answer<void> unlink(const Path& path) override;
  Answer<void> make_folder(const Path& path, unsigned mode) override;
  Answer<Path> real_path(const Path& path) override;
  Answer<std::vector<std::string>> list(const Path& folder) override;
  Answer<std::uint64_t> type_of(const Path& path) override;
};

}  // namespace sdd::store
