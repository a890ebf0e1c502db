// acquire:
// 1. Make the home's folders. When $SDD_LOCK_FD names a descriptor of this very lock file which
//    holds the lock, what is locked is `<lock file>.inner` instead.
// 2. Queue: until the turnstile is ours, or we have waited for long, do not try the lock.
// 3. Open the lock file, making it if need be; flock without waiting. Refused: pause, and again
// from
//    2 (the descriptor is kept), until the time is up; then: who has it?
// 4. Had: does the name still lead to this file? If not, open again.
// 5. Once per device: a second descriptor must be refused, or nobody is kept out.
// 6. Write into it who we are.
#include "store/file_lock.h"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <string_view>
#include <utility>

#include "base/strings.h"
#include "store/process.h"

namespace sdd::store {
namespace {

constexpr int kOpenFlags = O_RDWR | O_NOFOLLOW | O_NONBLOCK;
constexpr std::size_t kMostHolderBytes = 16'384;

LockFailure system_failure(const char* action, const std::filesystem::path& path, Errno error) {
  return {system_error(action, path.string(), error.code), std::nullopt, false};
}

LockFailure no_exclusion(const std::filesystem::path& path, const std::string& why) {
  return {Error{ErrorKind::kIo,
                "files cannot be locked here ('" + printable(path.string()) + "': " + why + ")",
                {}},
          std::nullopt, true};
}

// The descriptors that a value of $SDD_LOCK_FD names ("7,9").
std::vector<int> parse_descriptors(std::string_view text) {
  std::vector<int> descriptors;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    int fd = -1;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), fd);
    const bool whole = error == std::errc() && end == part.data() + part.size();
    if (whole && fd >= 0) descriptors.push_back(fd);
  }
  return descriptors;
}

bool leads_to(FileSystem& files, const std::filesystem::path& path, int fd) {
  const Answer<FileStatus> held = files.status(fd);
  const Answer<FileStatus> named = files.status(path, false);
  return held && named && held->same_file(*named);
}

}  // namespace

bool FileLock::stands() const { return is_held() && leads_to(*files_, path_, file_.fd()); }

Result<std::string> FileLock::share_with_children(const std::string& outer) const {
  const int flags = ::fcntl(file_.fd(), F_GETFD);
  if (flags < 0 || ::fcntl(file_.fd(), F_SETFD, flags & ~FD_CLOEXEC) != 0) {
    return io_failure("share the lock", path_, Errno{errno});
  }
  return (outer.empty() ? "" : outer + ',') + std::to_string(file_.fd());
}

Locks::Locks(FileSystem& files, Clock& clock)
    : files_(files), clock_(clock), chance_(random_bits()) {}

tl::expected<FileLock, LockFailure> Locks::acquire(const LockRequest& request) {
  if (const Result<void> made = request.home.prepare(files_); !made) {
    return tl::unexpected(LockFailure{made.error(), std::nullopt, false});
  }
  FileLock lock;
  lock.files_ = &files_;
  lock.path_ = request.home.lock_file(request.file);
  lock.inherited_ = inherits(lock.path_, request);
  if (lock.inherited_) lock.path_ += ".inner";
  tl::expected<File, LockFailure> file = wait_for(lock.path_, request);
  if (!file) return tl::unexpected(file.error());
  lock.file_ = std::move(*file);
  if (const auto proven = probe(lock.path_, lock.file_); !proven)
    return tl::unexpected(proven.error());
  if (const auto type = files_.type_of(lock.path_)) lock.network_ = network_name(*type);
  const Process self = this_process();
  const Holder holder{self.pid, self.host, request.command, request.ids, now()};
  // Only to be shown: a full disk must not keep anybody from repairing a file. What a longer line
  // left stands behind the line end and is not read; cutting it off would cost as much as a sync.
  (void)lock.file_.write_all(holder_line(holder));
  return lock;
}

bool Locks::inherits(const Path& path, const LockRequest& request) {
  const std::vector<int> descriptors = parse_descriptors(request.inherited);
  return std::any_of(descriptors.begin(), descriptors.end(), [&](int fd) {
    // flock on a descriptor that has the lock succeeds; another process's lock refuses it.
    return leads_to(files_, path, fd) && files_.lock(fd);
  });
}

tl::expected<File, LockFailure> Locks::wait_for(const Path& path, const LockRequest& request) {
  constexpr Clock::Duration kLongInQueue = std::chrono::milliseconds(500);
  const Clock::Instant start = clock_.now();
  Clock::Instant here = start;  // since when we stand where we stand
  File turnstile;
  File file;
  for (bool first_in_line = false;;) {
    const Clock::Duration waited = clock_.now() - start;
    const bool last_try = waited >= request.timeout;
    if (!first_in_line && at_turnstile(path, turnstile)) {
      first_in_line = true;
      here = clock_.now();
    }
    if (first_in_line || last_try || waited >= kLongInQueue) {
      const tl::expected<bool, LockFailure> had = try_once(path, request, file);
      if (!had) return tl::unexpected(had.error());
      if (*had) return file;
    }
    if (last_try) return tl::unexpected(busy(path, request));
    clock_.sleep(std::min<Clock::Duration>(pause(first_in_line, clock_.now() - here),
                                           request.timeout - waited));
  }
}

bool Locks::at_turnstile(const Path& path, File& turnstile) {
  Path name = path;
  name += ".queue";
  if (!turnstile.is_open()) {
    Answer<File> opened = File::open(files_, name, kOpenFlags | O_CREAT, 0600);
    // Without a queue there is still the lock; what is wrong here shows there.
    if (!opened) return true;
    turnstile = std::move(*opened);
  }
  const Answer<void> locked = files_.lock(turnstile.fd());
  return locked || (locked.error().code != EWOULDBLOCK && locked.error().code != EINTR);
}

tl::expected<bool, LockFailure> Locks::try_once(const Path& path, const LockRequest& request,
                                                File& file) {
  if (!file.is_open()) {
    Answer<File> opened = File::open(files_, path, kOpenFlags | O_CREAT, 0600);
    if (!opened && opened.error().code == ENOENT) {
      // Its folder went meanwhile.
      if (const Result<void> made = request.home.prepare(files_); !made) {
        return tl::unexpected(LockFailure{made.error(), std::nullopt, false});
      }
      return false;
    }
    if (!opened) return tl::unexpected(system_failure("open the lock", path, opened.error()));
    file = std::move(*opened);
  }
  const Answer<void> locked = files_.lock(file.fd());
  if (!locked) {
    const int code = locked.error().code;
    if (code == EWOULDBLOCK || code == EINTR) return false;
    return tl::unexpected(no_exclusion(path, errno_text(code)));
  }
  if (leads_to(files_, path, file.fd())) return true;
  file = File();
  return false;
}

tl::expected<void, LockFailure> Locks::probe(const Path& path, const File& held) {
  const Answer<FileStatus> status = held.status();
  if (!status) return tl::unexpected(system_failure("open the lock", path, status.error()));
  if (proven_.contains(status->device)) return {};
  const Answer<File> second = File::open(files_, path, kOpenFlags);
  if (!second) return tl::unexpected(system_failure("open the lock", path, second.error()));
  Answer<void> locked = files_.lock(second->fd());
  while (!locked && locked.error().code == EINTR) locked = files_.lock(second->fd());
  if (locked) return tl::unexpected(no_exclusion(path, "two may lock the same file"));
  if (locked.error().code != EWOULDBLOCK) {
    return tl::unexpected(no_exclusion(path, errno_text(locked.error().code)));
  }
  proven_.insert(status->device);
  return {};
}

LockFailure Locks::busy(const Path& path, const LockRequest& request) {
  LockFailure failure;
  failure.error.kind = ErrorKind::kBusy;
  failure.error.message = "'" + printable(request.file.string()) + "' is locked";
  const Answer<std::string> text = read_whole(files_, path, false, kMostHolderBytes);
  if (text) failure.holder = parse_holder(*text);
  if (failure.holder) failure.error.message += " by " + describe(*failure.holder, now());
  return failure;
}

Clock::Duration Locks::pause(bool first_in_line, Clock::Duration waited) {
  using std::chrono::milliseconds;
  constexpr Clock::Duration kShortest = std::chrono::microseconds(200);
  constexpr Clock::Duration kLongest = milliseconds(50);
  Clock::Duration longest = kLongest;
  if (first_in_line) {
    longest = std::clamp<Clock::Duration>(waited / 8, kShortest, kLongest);
  } else if (waited < milliseconds(2000)) {
    longest = waited < milliseconds(50) ? milliseconds(8) : milliseconds(3);
  }
  return longest * std::uniform_int_distribution<int>(50, 100)(chance_) / 100;
}

std::string network_name(std::uint64_t type) {
  // From statfs(2), linux/magic.h and the file systems' own sources.
  constexpr std::array<std::pair<std::uint64_t, const char*>, 11> kNames = {{
      {0x6969, "NFS"},
      {0x517B, "SMB"},
      {0xFF534D42, "SMB"},
      {0xFE534D42, "SMB"},
      {0x01021997, "9P"},
      {0x65735546, "FUSE"},
      {0x5346414F, "AFS"},
      {0x00C36400, "Ceph"},
      {0x0BD00BD0, "Lustre"},
      {0x01161970, "GFS2"},
      {0x786F4256, "VirtualBox"},
  }};
  // f_type is signed on some machines, and so sign-extended.
  constexpr std::uint64_t kLow = 0xFFFFFFFF;
  const auto* const found = std::find_if(
      kNames.begin(), kNames.end(), [&](const auto& each) { return each.first == (type & kLow); });
  return found == kNames.end() ? "" : found->second;
}

}  // namespace sdd::store
