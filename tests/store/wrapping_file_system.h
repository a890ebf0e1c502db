// File systems for tests, around the real one: each operation can be watched, refused, cut short.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/file_system.h"

namespace sdd::store {

enum class Op {
  kOpen,
  kClose,
  kRead,
  kWrite,
  kTruncate,
  kSync,
  kSetOwner,
  kSetMode,
  kStatus,
  kMayWrite,
  kLock,
  kHasWriter,
  kRename,
  kUnlink,
  kMakeFolder,
  kRealPath,
  kList,
  kTypeOf,
};

// Passes everything on; `enter` is asked before, `leave` after each operation.
class WrappingFileSystem : public FileSystem {
 public:
  explicit WrappingFileSystem(FileSystem& inner) : inner_(inner) {}

  Answer<int> open(const Path& path, int flags, unsigned mode) override {
    return pass<int>(Op::kOpen, [&] { return inner_.open(path, flags, mode); });
  }
  Answer<void> close(int fd) override {
    return pass<void>(Op::kClose, [&] { return inner_.close(fd); });
  }
  Answer<std::size_t> read(int fd, char* bytes, std::size_t size, std::uint64_t offset) override {
    return pass<std::size_t>(
        Op::kRead, [&] { return inner_.read(fd, bytes, allowed(Op::kRead, size), offset); });
  }
  Answer<std::size_t> write(int fd, const char* bytes, std::size_t size) override {
    return pass<std::size_t>(Op::kWrite,
                             [&] { return inner_.write(fd, bytes, allowed(Op::kWrite, size)); });
  }
  Answer<void> truncate(int fd, std::uint64_t size) override {
    return pass<void>(Op::kTruncate, [&] { return inner_.truncate(fd, size); });
  }
  Answer<void> sync(int fd) override {
    return pass<void>(Op::kSync, [&]() -> Answer<void> { return sync_inside(fd); });
  }
  Answer<void> set_owner(int fd, std::uint32_t owner, std::uint32_t group) override {
    return pass<void>(Op::kSetOwner, [&] { return inner_.set_owner(fd, owner, group); });
  }
  Answer<void> set_mode(int fd, std::uint32_t mode) override {
    return pass<void>(Op::kSetMode, [&] { return inner_.set_mode(fd, mode); });
  }
  Answer<FileStatus> status(int fd) override {
    return pass<FileStatus>(Op::kStatus, [&] { return inner_.status(fd); });
  }
  Answer<FileStatus> status(const Path& path, bool follow) override {
    return pass<FileStatus>(Op::kStatus, [&] { return inner_.status(path, follow); });
  }
  Answer<void> may_write(const Path& path) override {
    return pass<void>(Op::kMayWrite, [&] { return inner_.may_write(path); });
  }
  Answer<void> lock(int fd) override {
    return pass<void>(Op::kLock, [&] { return inner_.lock(fd); });
  }
  Answer<bool> has_writer(int fd) override {
    return pass<bool>(Op::kHasWriter, [&] { return inner_.has_writer(fd); });
  }
  Answer<void> rename(const Path& from, const Path& to, Rename how) override {
    return pass<void>(Op::kRename, [&] { return rename_inside(from, to, how); });
  }
  Answer<void> unlink(const Path& path) override {
    return pass<void>(Op::kUnlink, [&] { return inner_.unlink(path); });
  }
  Answer<void> make_folder(const Path& path, unsigned mode) override {
    return pass<void>(Op::kMakeFolder, [&] { return inner_.make_folder(path, mode); });
  }
  Answer<Path> real_path(const Path& path) override {
    return pass<Path>(Op::kRealPath, [&] { return inner_.real_path(path); });
  }
  Answer<std::vector<std::string>> list(const Path& folder) override {
    return pass<std::vector<std::string>>(Op::kList, [&] { return inner_.list(folder); });
  }
  Answer<std::uint64_t> type_of(const Path& path) override {
    return pass<std::uint64_t>(Op::kTypeOf, [&] { return inner_.type_of(path); });
  }

 protected:
  // An errno: the operation is not done, and fails with it.
  virtual std::optional<int> enter(Op) { return std::nullopt; }
  // An errno: the operation was done, and claims to have failed with it.
  virtual std::optional<int> leave(Op) { return std::nullopt; }
  // How many of these bytes may be read or written at once.
  virtual std::size_t allowed(Op, std::size_t size) { return size; }
  virtual Answer<void> sync_inside(int fd) { return inner_.sync(fd); }
  virtual Answer<void> rename_inside(const Path& from, const Path& to, Rename how) {
    return inner_.rename(from, to, how);
  }

  FileSystem& inner_;

 private:
  template <typename T, typename Function>
  Answer<T> pass(Op op, const Function& function) {
    if (const std::optional<int> code = enter(op)) return failed(*code);
    Answer<T> answer = function();
    if (const std::optional<int> code = leave(op)) return failed(*code);
    return answer;
  }
};

}  // namespace sdd::store
