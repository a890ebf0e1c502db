#include "workspace/repair/keep.h"

#include <algorithm>
#include <cerrno>
#include <functional>

#include "base/time.h"
#include "store/file.h"
#include "store/hash.h"
#include "store/temporary.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

// "20260211T175129Z"
std::string compact_now() {
  std::string text = format_rfc3339(now()).substr(0, sizeof "2026-02-11T17:51:29" - 1);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text + 'Z';
}

std::string short_hash(std::string_view bytes) {
  constexpr std::size_t kDigits = 8;
  return store::sha256(bytes).substr(0, kDigits);
}

}  // namespace

fs::path salvage_folder(const store::Home& home) { return home.own() / "salvage"; }

std::string salvage_name(const fs::path& file, std::string_view bytes) {
  return file.filename().string() + '.' + compact_now() + '.' + short_hash(bytes);
}

fs::path kept_before(store::FileSystem& files, const store::Home& home, const fs::path& file,
                     std::string_view bytes) {
  const auto names = files.list(salvage_folder(home));
  if (!names) return {};
  const std::string begin = file.filename().string() + '.';
  const std::string end = '.' + short_hash(bytes);
  for (const std::string& name : *names) {
    if (!name.starts_with(begin) || !name.ends_with(end)) continue;
    const auto kept = store::read_whole(files, salvage_folder(home) / name, false);
    if (kept && *kept == bytes) return salvage_folder(home) / name;
  }
  return {};
}

Result<fs::path> keep(store::FileSystem& files, const store::Home& home, const std::string& key,
                      const std::string& name, std::string_view bytes, const std::string& ending) {
  constexpr int kMostAlike = 100;
  const fs::path folder = salvage_folder(home);
  const auto made = store::ensure_folder(files, folder);
  if (!made) return store::io_failure("make", folder, made.error());
  if (*made) {
    const auto synced = store::sync_folder(files, home.own());
    if (!synced) return store::io_failure("sync", home.own(), synced.error());
  }
  const auto draft =
      store::Temporary::make(files, {home.temporary(), false}, key, bytes, store::Ownership{});
  if (!draft) return tl::unexpected(draft.error());
  store::Errno failure{EEXIST};
  for (int i = 1; i <= kMostAlike && failure.code == EEXIST; ++i) {
    const fs::path kept = folder / (name + (i == 1 ? "" : "-" + std::to_string(i)) + ending);
    auto moved = store::rename_to_new(files, draft->path(), kept);
    if (moved) moved = store::sync_folder(files, folder);
    if (moved) return kept;
    failure = moved.error();
  }
  (void)files.unlink(draft->path());
  return store::io_failure("keep a copy in", folder, failure);
}

}  // namespace sdd::workspace
