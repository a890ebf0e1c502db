#include "workspace/read_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/strings.h"
#include "json/tree.h"

namespace sdd::workspace {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

const char* what_it_is(mode_t mode) {
  if (S_ISDIR(mode)) return "it is a folder";
  if (S_ISFIFO(mode)) return "it is a FIFO";
  if (S_ISSOCK(mode)) return "it is a socket";
  return "it is a device";
}

}  // namespace

Result<void> read_file(const std::string& file, std::size_t max_bytes, std::string& bytes) {
  bytes.clear();
  const Descriptor fd(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (fd.get() < 0) return tl::unexpected(system_error("read", file, errno));
  struct stat status = {};
  if (fstat(fd.get(), &status) != 0) {
    return tl::unexpected(system_error("read", file, errno));
  }
  if (!S_ISREG(status.st_mode)) {
    return fail(ErrorKind::kIo, "cannot read '" + file + "': " + what_it_is(status.st_mode));
  }
  // The file may grow while it is read; what counts is what read() gives, not its size before.
  std::size_t room = std::min(static_cast<std::size_t>(status.st_size), max_bytes) + 1;
  std::size_t filled = 0;
  while (filled <= max_bytes) {
    if (filled == bytes.size()) {
      bytes.reserve(filled + room + json::Parser::kPadding);
      bytes.resize(std::min(filled + room, max_bytes + 1));
    }
    const ssize_t got = read(fd.get(), bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected(system_error("read", file, errno));
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
    room = std::max<std::size_t>(filled, 4096);
  }
  bytes.resize(filled);
  return {};
}

}  // namespace sdd::workspace
