#include "workspace/replace_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <system_error>

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

// A file that is being written. States: open, closed, in place. The destructor removes
// what never came in place.
class Draft {
 public:
  explicit Draft(const fs::path& target)
      : name_(target.string() + ".XXXXXX"),
        fd_(mkostemp(name_.data(), O_CLOEXEC)),
        made_(fd_ >= 0) {}
  ~Draft() {
    if (fd_ >= 0) close(fd_);
    if (made_) unlink(name_.c_str());
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  bool is_open() const { return fd_ >= 0; }
  bool write_all(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }
  bool settle(mode_t mode, Durable durable) {
    if (fchmod(fd_, mode) != 0) return false;
    if (durable == Durable::kYes && fsync(fd_) != 0) return false;
    const int fd = fd_;
    fd_ = -1;
    return close(fd) == 0;
  }
  bool take_name(const fs::path& target) {
    if (rename(name_.c_str(), target.c_str()) != 0) return false;
    made_ = false;
    return true;
  }

 private:
  std::string name_;
  int fd_;
  bool made_;  // the temporary file is there
};

// Where a link leads, also to a file that is not there yet.
fs::path followed(const fs::path& file) {
  std::error_code error;
  if (!fs::is_symlink(fs::symlink_status(file, error))) return file;
  const fs::path target = fs::weakly_canonical(file, error);
  return error ? file : target;
}

mode_t mode_for_new_files() {
  const mode_t mask = umask(0);
  umask(mask);
  return 0666U & ~mask;
}

}  // namespace

Result<void> replace_file(const fs::path& file, std::string_view bytes, Durable durable) {
  const fs::path target = followed(file);
  const auto failed = [&] { return tl::unexpected(system_error("write", file.string(), errno)); };
  struct stat status = {};
  const bool exists = stat(target.c_str(), &status) == 0;
  if (!exists && errno != ENOENT) return failed();
  if (exists && !S_ISREG(status.st_mode)) {
    return fail(ErrorKind::kIo, "cannot write '" + file.string() + "': it is no regular file");
  }
  Draft draft(target);
  if (!draft.is_open() || !draft.write_all(bytes)) return failed();
  if (!draft.settle(exists ? status.st_mode & 07777U : mode_for_new_files(), durable)) {
    return failed();
  }
  if (!draft.take_name(target)) return failed();
  return {};
}

}  // namespace sdd::workspace
