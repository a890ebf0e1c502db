// File: an open file that closes itself, read and written whole.
//
//   Answer<File> file = File::open(files, path, O_WRONLY | O_CREAT | O_EXCL, 0600);
//   if (file) … file->write_all(bytes) … file->sync() …
//
// What FileSystem's operations leave to the caller is done here, once: EINTR is tried again, short
// reads and writes go on. Only a failed sync is never tried again: what the kernel could not write
// it may have forgotten, and a second fsync would report success about nothing.
//
// States: closed (made so, or moved from) and open. The destructor leads back to closed; who must
// know whether closing failed calls close() (nothing here does: data that matters is synced).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "store/file_system.h"

namespace sdd::store {

// No file that is read whole may be larger: what is larger is answered with EFBIG, unread.
inline constexpr std::size_t kMaxFileBytes = std::size_t{1} << 30U;

class File {
 public:
  File() = default;
  // Opens as FileSystem::open does.
  static Answer<File> open(FileSystem& files, const FileSystem::Path& path, int flags,
                           unsigned mode = 0);
  // Takes over a descriptor that is open already.
  File(FileSystem& files, int fd) : files_(&files), fd_(fd) {}
  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File();

  bool is_open() const { return fd_ >= 0; }
  int fd() const { return fd_; }

  // All bytes from the beginning. EFBIG when there are more than `most`.
  Answer<std::string> read_all(std::size_t most = kMaxFileBytes) const;
  // Whether these are all its bytes. Reads piece by piece, and no more than tells.
  Answer<bool> holds(std::string_view bytes) const;
  // Writes at the descriptor's place, all or (after an error) an unknown part.
  Answer<void> write_all(std::string_view bytes) const;
  Answer<void> sync() const;
  Answer<FileStatus> status() const;
  Answer<void> close();

 private:
  FileSystem* files_ = nullptr;
  int fd_ = -1;
};

// The bytes of a file. Only of a regular one: EISDIR for a folder, EINVAL for what else there is;
// nothing is waited for. The last part of the name may be a symbolic link only when `follow`.
Answer<std::string> read_whole(FileSystem& files, const FileSystem::Path& path, bool follow = true,
                               std::size_t most = kMaxFileBytes);
// Whether a file holds these bytes and no others. Of the same files, with the same errors.
Answer<bool> file_holds(FileSystem& files, const FileSystem::Path& path, bool follow,
                        std::string_view bytes);

// fsync of a folder, so that names made, changed and removed in it stay so. Where a file system
// cannot sync folders (EINVAL, ENOTSUP) there is nothing to wait for, and it is no failure.
Answer<void> sync_folder(FileSystem& files, const FileSystem::Path& folder);

// Makes a folder (0700) that may be there already, and tells whether it is new; its name is not
// synced. ENOTDIR when something else, or a symbolic link, stands there.
Answer<bool> ensure_folder(FileSystem& files, const FileSystem::Path& folder);

// Renames to a name that nothing has (EEXIST). Where the file system does not know kNoReplace it is
// asked first, with a moment between question and deed.
Answer<void> rename_to_new(FileSystem& files, const FileSystem::Path& from,
                           const FileSystem::Path& to);

// system_error of base/error.h, with the whole path.
tl::unexpected<Error> io_failure(const char* action, const FileSystem::Path& path, Errno error);

}  // namespace sdd::store
