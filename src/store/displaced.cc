#include "store/displaced.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>

#include "base/time.h"
#include "store/file.h"
#include "store/hash.h"
#include "store/temporary.h"

namespace sdd::store {
namespace {

// "20260211T175129Z"
std::string compact_time(Timestamp time) {
  std::string text = format_rfc3339(time).substr(0, sizeof "2026-02-11T17:51:29" - 1);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text + 'Z';
}

}  // namespace

bool Pauses::next() {
  const Clock::Duration left = end_ - clock_.now();
  if (left <= Clock::Duration::zero()) return false;
  clock_.sleep(std::min(pause_, left));
  pause_ = std::min<Clock::Duration>(2 * pause_, std::chrono::milliseconds(20));
  return true;
}

Answer<Look> look_at(FileSystem& files, const std::filesystem::path& name,
                     std::string_view expected) {
  const Answer<File> file = File::open(files, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (!file) return tl::unexpected(file.error());
  // First whether somebody writes, then the bytes: the other way round the last writer could write
  // and close in between.
  Look look;
  const Answer<bool> writer = files.has_writer(file->fd());
  if (writer) look.writer = *writer ? Writer::kSome : Writer::kNone;
  if (!expected.empty()) {
    const Answer<bool> same = file->holds(expected);
    if (!same) return tl::unexpected(same.error());
    look.as_expected = *same;
  }
  if (!look.as_expected) {
    Answer<std::string> bytes = file->read_all();
    if (!bytes) return tl::unexpected(bytes.error());
    look.bytes = std::move(*bytes);
  }
  const Answer<FileStatus> status = file->status();
  if (!status) return tl::unexpected(status.error());
  look.status = *status;
  return look;
}

Answer<Look> look_when_still(FileSystem& files, Clock& clock, const std::filesystem::path& file) {
  Pauses pauses(clock);
  Answer<Look> look = look_at(files, file);
  while (look && look->writer == Writer::kSome && pauses.next()) look = look_at(files, file);
  return look;
}

Result<std::filesystem::path> keep_displaced(FileSystem& files, const Home& home,
                                             std::string_view key,
                                             const std::filesystem::path& file,
                                             std::string_view bytes) {
  constexpr int kMostAlike = 100;
  const std::string name =
      std::string(key) + '.' + compact_time(now()) + '.' + sha256(bytes).substr(0, 8);
  for (int i = 1; i <= kMostAlike; ++i) {
    const std::filesystem::path kept =
        home.displaced() / (i == 1 ? name : name + '-' + std::to_string(i));
    const Answer<void> moved = rename_to_new(files, file, kept);
    if (!moved && moved.error().code == EEXIST) continue;
    if (!moved) return io_failure("keep", file, moved.error());
    // Its writer need not have synced it.
    const Answer<File> opened = File::open(files, kept, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (opened) (void)opened->sync();
    (void)sync_folder(files, home.displaced());
    return kept;
  }
  return io_failure("keep", file, Errno{EEXIST});
}

Result<std::filesystem::path> keep_copy(FileSystem& files, const Home& home, std::string_view key,
                                        std::string_view bytes) {
  const Result<Temporary> copy =
      Temporary::make(files, {home.temporary(), false}, key, bytes, Ownership{});
  if (!copy) return tl::unexpected(copy.error());
  Result<std::filesystem::path> kept = keep_displaced(files, home, key, copy->path(), bytes);
  if (!kept) (void)files.unlink(copy->path());
  return kept;
}

}  // namespace sdd::store
