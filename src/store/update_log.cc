#include "store/update_log.h"

#include <fcntl.h>
#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include "base/strings.h"
#include "store/line.h"
#include "store/process.h"

namespace sdd::store {
namespace {

constexpr std::size_t kMostUpdates = 1000;
constexpr std::size_t kMostBytes = 4'000'000;
// No log of ours gets near this; what does is something else.
constexpr std::size_t kMostRead = std::size_t{64} << 20U;
// The noted end is written over, so it always takes the same room.
constexpr std::size_t kEndDigits = 20;

std::size_t count_intents(std::string_view bytes) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    if (bytes.substr(at).starts_with("{\"id\":")) ++count;
    const std::size_t end = bytes.find('\n', at);
    if (end == std::string_view::npos) break;
    at = end + 1;
  }
  return count;
}

// Where `part` stands in `bytes`, from `from` on; npos. Its first byte stands all over a log, so
// looking for that first, as find() does, is slow.
std::size_t place_of(std::string_view bytes, std::string_view part, std::size_t from = 0) {
  const void* found = memmem(bytes.data() + from, bytes.size() - from, part.data(), part.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
}

// The lines of `bytes` that hold `part`, each with its end.
std::string lines_with(std::string_view bytes, std::string_view part) {
  std::string lines;
  for (std::size_t at = place_of(bytes, part); at != std::string_view::npos;
       at = place_of(bytes, part, at)) {
    const std::size_t before = bytes.rfind('\n', at);
    const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
    lines += bytes.substr(begin, end - begin);
    at = end;
  }
  return lines;
}

FileSystem::Path end_file(FileSystem::Path log) {
  log += ".end";
  return log;
}

// How long the log was when an update was done last; 0 when nobody noted it.
std::uint64_t noted_end(FileSystem& files, const FileSystem::Path& path) {
  const Answer<std::string> noted = read_whole(files, end_file(path), false, kEndDigits);
  std::uint64_t size = 0;
  if (noted) std::from_chars(noted->data(), noted->data() + noted->size(), size);
  return size;
}

// `text` as it stands in a line, quotes included.
std::string as_written(std::string_view text) {
  const std::string line = LineWriter().text("", text).sealed();
  return line.substr(4, line.find(",\"checksum\":\"") - 4);
}

}  // namespace

Update new_update(std::string id, std::string command) {
  const Process self = this_process();
  Update update;
  update.time = now();
  update.id = id.empty() ? fmt::format("{}-{:08x}", format_rfc3339(update.time), random_bits())
                         : std::move(id);
  update.pid = self.pid;
  update.host = self.host;
  update.command = std::move(command);
  return update;
}

Result<LogContent> read_log(FileSystem& files, const FileSystem::Path& path) {
  const std::uint64_t end = noted_end(files, path);  // first: somebody may be writing
  const Answer<std::string> bytes = read_whole(files, path, false, kMostRead);
  if (bytes && end <= bytes->size()) return parse_log(*bytes);
  if (bytes) return parse_log(bytes->substr(0, bytes->rfind('\n') + 1) + gap_line());
  if (bytes.error().code == ENOENT) return LogContent{};
  return io_failure("read", path, bytes.error());
}

Result<UpdateLog> UpdateLog::open(FileSystem& files, FileSystem::Path path) {
  UpdateLog log(files, std::move(path));
  if (const Result<void> loaded = log.load(); !loaded) return tl::unexpected(loaded.error());
  if (log.bytes_.size() >= kMostBytes || count_intents(log.bytes_) >= kMostUpdates) {
    if (const Result<void> made = log.make_room(); !made) return tl::unexpected(made.error());
  }
  if (noted_end(files, log.path_) > log.bytes_.size()) {
    if (const Result<void> told = log.tell_gap(); !told) return tl::unexpected(told.error());
  }
  return log;
}

Result<void> UpdateLog::load() {
  constexpr int kFlags = O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK;
  Answer<File> file = File::open(*files_, path_, kFlags, 0600);
  if (!file) return io_failure("open", path_, file.error());
  file_ = std::move(*file);
  Answer<std::string> bytes = file_.read_all(kMostRead);
  if (!bytes) return io_failure("read", path_, bytes.error());
  bytes_ = std::move(*bytes);
  // An empty log may be one whose maker died before its name had reached the disk.
  if (bytes_.empty()) {
    const Answer<void> synced = sync_folder(*files_, path_.parent_path());
    if (!synced) return io_failure("sync the folder", path_.parent_path(), synced.error());
  }
  const std::size_t last = bytes_.rfind('\n');
  const std::size_t whole = last == std::string::npos ? 0 : last + 1;
  if (whole == bytes_.size()) return {};
  const Answer<void> cut = files_->truncate(file_.fd(), whole);
  if (!cut) return io_failure("cut", path_, cut.error());
  bytes_.resize(whole);
  return {};
}

Result<void> UpdateLog::make_room() {
  FileSystem::Path draft = path_;
  draft += ".new";
  std::string newer = newer_half(bytes_, kMostUpdates, kMostBytes);
  constexpr int kFlags = O_RDWR | O_APPEND | O_CREAT | O_TRUNC | O_NOFOLLOW;
  Answer<File> file = File::open(*files_, draft, kFlags, 0600);
  if (!file) return io_failure("open", draft, file.error());
  if (const auto written = file->write_all(newer); !written) {
    return io_failure("write", draft, written.error());
  }
  if (const auto synced = file->sync(); !synced) return io_failure("sync", draft, synced.error());
  if (const auto renamed = files_->rename(draft, path_, Rename::kReplace); !renamed) {
    return io_failure("replace", path_, renamed.error());
  }
  if (const auto synced = sync_folder(*files_, path_.parent_path()); !synced) {
    return io_failure("sync the folder", path_.parent_path(), synced.error());
  }
  file_ = std::move(*file);
  bytes_ = std::move(newer);
  note_end(bytes_.size());
  return {};
}

Result<void> UpdateLog::tell_gap() {
  if (const Result<void> told = append(gap_line(), true); !told) return told;
  bytes_ += gap_line();
  note_end(bytes_.size());
  return {};
}

// Not synced, and a failure is no harm: what was noted before is shorter and misses nothing
// wrongly.
void UpdateLog::note_end(std::uint64_t size) {
  constexpr int kFlags = O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK;
  Answer<File> file = File::open(*files_, end_file(path_), kFlags, 0600);
  if (file) (void)file->write_all(fmt::format("{:<{}}", size, kEndDigits));
}

std::optional<Update> UpdateLog::find(std::string_view id) const {
  LogContent found = parse_log(lines_with(bytes_, as_written(id)));
  const auto update = std::find_if(found.updates.begin(), found.updates.end(),
                                   [&](const Update& each) { return each.id == id; });
  if (update == found.updates.end()) return std::nullopt;
  return std::move(*update);
}

std::optional<Update> UpdateLog::last() const {
  constexpr std::string_view kIntent = "{\"id\":";
  std::size_t begin = bytes_.rfind("\n" + std::string(kIntent));
  begin = begin == std::string::npos ? 0 : begin + 1;
  const std::string_view rest = std::string_view(bytes_).substr(begin);
  if (!rest.starts_with(kIntent)) return std::nullopt;
  const LogContent found = parse_log(rest.substr(0, rest.find('\n') + 1));
  return found.updates.empty() ? std::nullopt : find(found.updates.front().id);
}

bool UpdateLog::knows(std::string_view blob) const {
  const LogContent found = parse_log(lines_with(bytes_, as_written(blob)));
  return std::any_of(found.updates.begin(), found.updates.end(), [&](const Update& update) {
    return update.before == blob || update.after == blob ||
           std::find(update.earlier.begin(), update.earlier.end(), blob) != update.earlier.end();
  });
}

// Its end is noted only when the line has reached the disk, so that a power loss leaves no end
// behind the lines.
Result<void> UpdateLog::intend(const Update& update) {
  Result<void> intended = append(log_line(update), true);
  if (!intended) return intended;
  if (const Answer<FileStatus> status = file_.status()) note_end(status->size);
  return intended;
}

Result<void> UpdateLog::done(const Acknowledgement& acknowledgement) {
  return append(log_line(acknowledgement), false);
}

Result<void> UpdateLog::forget(std::string_view id, Timestamp now) {
  return append(forgotten_line(id, now), true);
}

Result<void> UpdateLog::append(const std::string& line, bool synced) {
  if (broken_) {
    return fail(ErrorKind::kIo, "cannot write '" + printable(path_.string()) +
                                    "': an earlier line of it may not have reached the disk");
  }
  broken_ = true;
  const Answer<FileStatus> before = file_.status();
  if (!before) return io_failure("write", path_, before.error());
  if (const auto written = file_.write_all(line); !written) {
    // Best effort: half a line that stays is cut off when the log is opened next.
    (void)files_->truncate(file_.fd(), before->size);
    return io_failure("write", path_, written.error());
  }
  if (synced) {
    if (const auto done = file_.sync(); !done) return io_failure("sync", path_, done.error());
  }
  broken_ = false;
  return {};
}

}  // namespace sdd::store
