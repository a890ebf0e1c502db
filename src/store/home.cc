#include "store/home.h"

#include <fcntl.h>

#include <array>
#include <cerrno>
#include <string_view>

#include "store/file.h"
#include "store/hash.h"

namespace sdd::store {
namespace {

constexpr std::array<const char*, 4> kStatusFolders = {"pending", "active", "completed",
                                                       "archived"};

Answer<bool> holds_status_folder(FileSystem& files, const Home::Path& folder) {
  for (const char* name : kStatusFolders) {
    const Answer<FileStatus> status = files.status(folder / name, true);
    if (status && status->is_folder()) return true;
    if (!status && status.error().code != ENOENT && status.error().code != ENOTDIR) {
      return tl::unexpected(status.error());
    }
  }
  return false;
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '~' || c == '.';
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (is_plain(c) && (c != '.' || !encoded.empty())) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kDigits[byte >> 4U];
    encoded += kDigits[byte & 15U];
  }
  return encoded;
}

// Whether .gitignore stands. One that is empty, or holds what a power loss made of it, does not.
bool is_sealed(FileSystem& files, const Home& home) {
  const Answer<std::string> text = read_whole(files, home.own() / ".gitignore", false);
  return text && !text->empty() && text->front() != '\0';
}

// Writes .gitignore, which says that everything before it has reached the disk. Several may do so
// at once: all write the same two bytes, and none cuts the file off.
Answer<void> seal(FileSystem& files, const Home& home) {
  const Answer<File> file = File::open(files, home.own() / ".gitignore",
                                       O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0600);
  if (!file) return tl::unexpected(file.error());
  if (const auto written = file->write_all("*\n"); !written) return written;
  if (const auto synced = file->sync(); !synced) return synced;
  return sync_folder(files, home.own());
}

}  // namespace

Result<Home> Home::of(FileSystem& files, const Path& real_path) {
  const Path own_folder = real_path.parent_path();
  for (Path folder = own_folder;; folder = folder.parent_path()) {
    const Answer<bool> holds = holds_status_folder(files, folder);
    if (!holds) return io_failure("look into", folder, holds.error());
    if (*holds) return Home(folder);
    if (folder == folder.parent_path()) return Home(own_folder);
  }
}

Result<void> Home::prepare(FileSystem& files) const {
  const bool sealed = is_sealed(files, *this);
  const Answer<bool> made = ensure_folder(files, own());
  if (!made) return io_failure("make the folder", own(), made.error());
  if (*made || !sealed) {
    const Answer<void> synced = sync_folder(files, folder_);
    if (!synced) return io_failure("sync the folder", folder_, synced.error());
  }
  bool fresh = false;
  for (const char* name : {"locks", "log", "tmp", "displaced"}) {
    const Answer<bool> inner = ensure_folder(files, own() / name);
    if (!inner) return io_failure("make the folder", own() / name, inner.error());
    fresh = fresh || *inner;
  }
  if (fresh || !sealed) {
    const Answer<void> synced = sync_folder(files, own());
    if (!synced) return io_failure("sync the folder", own(), synced.error());
  }
  if (sealed) return {};
  const Answer<void> done = seal(files, *this);
  if (!done) return io_failure("write", own() / ".gitignore", done.error());
  return {};
}

Home::Path Home::lock_file(const Path& file) const {
  return own() / "locks" / (key_of(file) + ".lock");
}

Home::Path Home::log_file(const Path& file) const {
  return own() / "log" / (key_of(file) + ".jsonl");
}

std::string key_of(const std::filesystem::path& file) {
  constexpr std::size_t kLongest = 200;
  constexpr std::size_t kHash = 16;
  const std::string name = file.filename().string();
  std::string_view stem = name;
  if (stem.size() > 5 && stem.ends_with(".json")) stem.remove_suffix(5);
  std::string key = percent_encoded(stem);
  if (key.size() <= kLongest) return key;
  // '%' that no two hexadecimal digits follow: no whole key has that.
  key.resize(kLongest - kHash - 2);
  while (key.ends_with('%') || key[key.size() - 2] == '%') key.pop_back();
  return key + "%-" + sha256(stem).substr(0, kHash);
}

}  // namespace sdd::store
