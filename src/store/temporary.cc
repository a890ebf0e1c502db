#include "store/temporary.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <charconv>

#include "base/strings.h"
#include "store/file.h"
#include "store/home.h"
#include "store/process.h"

namespace sdd::store {
namespace {

constexpr std::string_view kDraft = ".new";
constexpr std::string_view kReady = ".tmp";
constexpr std::string_view kBeside = ".sdd-";
constexpr int kTries = 8;  // at a name that nobody has

// The host's name without the dots that part a name's fields.
std::string host_field(std::string_view host) {
  std::string field;
  for (const char c : host.substr(0, 32)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    field += plain || c == '-' ? c : '_';
  }
  return field;
}

// Takes the last field, up to its dot, off the end of `name`.
bool take_field(std::string_view& name, std::string_view& field) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return false;
  field = name.substr(dot + 1);
  name = name.substr(0, dot);
  return !field.empty();
}

Answer<void> give_away(FileSystem& files, const File& file, const Ownership& ownership) {
  constexpr std::uint32_t kGroup = 0070;
  constexpr std::uint32_t kOthers = 0007;
  constexpr auto kSame = static_cast<std::uint32_t>(-1);
  const Answer<FileStatus> ours = file.status();
  if (!ours) return tl::unexpected(ours.error());
  const std::uint32_t owner = ownership.owner.value_or(ours->owner);
  const std::uint32_t group = ownership.group.value_or(ours->group);
  std::uint32_t mode = ownership.mode;
  if (owner != ours->owner || group != ours->group) {
    const bool kept = files.set_owner(file.fd(), owner, group).has_value() ||
                      files.set_owner(file.fd(), kSame, group).has_value();
    if (!kept) mode = (mode & ~kGroup) | (mode & ((mode & kOthers) << 3U));
  }
  return files.set_mode(file.fd(), mode);
}

Answer<FileStatus> write_draft(FileSystem& files, const File& file, std::string_view bytes,
                               const Ownership& ownership) {
  if (const auto written = file.write_all(bytes); !written) return tl::unexpected(written.error());
  if (const auto given = give_away(files, file, ownership); !given) {
    return tl::unexpected(given.error());
  }
  if (const auto synced = file.sync(); !synced) return tl::unexpected(synced.error());
  return file.status();
}

}  // namespace

Result<Temporary> Temporary::make(FileSystem& files, const Place& place, std::string_view key,
                                  std::string_view bytes, const Ownership& ownership) {
  const Process self = this_process();
  Path draft;
  Path ready;
  Answer<File> file = failed(EEXIST);
  for (int i = 0; i < kTries && !file && file.error().code == EEXIST; ++i) {
    std::string name(place.beside ? kBeside : "");
    name += std::string(key) + '.' + std::to_string(self.pid) + '.' + host_field(self.host) + '.' +
            fmt::format("{:08x}", random_bits());
    draft = place.folder / (name + std::string(kDraft));
    ready = place.folder / (name + std::string(kReady));
    file = File::open(files, draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
  }
  if (!file) return io_failure("make", draft, file.error());
  const Answer<FileStatus> status = write_draft(files, *file, bytes, ownership);
  if (!status) {
    (void)files.unlink(draft);  // settle() finds it if this fails
    return io_failure("write", draft, status.error());
  }
  if (const auto renamed = files.rename(draft, ready, Rename::kReplace); !renamed) {
    (void)files.unlink(draft);
    return io_failure("name", ready, renamed.error());
  }
  return Temporary(ready, *status);
}

std::optional<TemporaryName> parse_temporary_name(std::string_view name) {
  TemporaryName parsed;
  parsed.beside = name.starts_with(kBeside);
  if (parsed.beside) name.remove_prefix(kBeside.size());
  parsed.draft = name.ends_with(kDraft);
  if (!parsed.draft && !name.ends_with(kReady)) return std::nullopt;
  name.remove_suffix(kReady.size());
  std::string_view chance;
  std::string_view host;
  std::string_view pid;
  if (!take_field(name, chance) || !take_field(name, host) || !take_field(name, pid)) {
    return std::nullopt;
  }
  if (chance.size() != 8 || !all_digits(pid) || name.empty()) return std::nullopt;
  const auto [end, error] = std::from_chars(pid.data(), pid.data() + pid.size(), parsed.pid);
  if (error != std::errc()) return std::nullopt;
  parsed.host = host;
  parsed.key = name;
  return parsed;
}

}  // namespace sdd::store
