// 1. Take the lock. The log's last update by fix or repair: its `after` must be what stands there.
// 2. Look for its `before`, by git blob id, among the copies in .sdd/salvage and .sdd/backups.
// 3. Write it, as any update.
#include "workspace/repair/undo.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "base/strings.h"
#include "store/file.h"
#include "store/hash.h"
#include "store/signals.h"
#include "workspace/repair/keep.h"
#include "workspace/repair/wish.h"
#include "workspace/repair/writing.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

struct KeptBytes {
  fs::path file;
  std::string bytes;
};

std::optional<KeptBytes> find_kept(store::FileSystem& files, const LockedSpec& locked,
                                   const std::string& blob) {
  const std::string begin = locked.target().path.filename().string() + ".";
  for (const fs::path& folder : {salvage_folder(locked.home()), locked.home().own() / "backups"}) {
    const auto names = files.list(folder);
    if (!names) continue;
    for (const std::string& name : *names) {
      if (!name.starts_with(begin)) continue;
      auto bytes = store::read_whole(files, folder / name, false);
      if (bytes && store::git_blob_id(*bytes) == blob) return KeptBytes{folder / name, *bytes};
    }
  }
  return std::nullopt;
}

// The last update that can be undone; nothing when there is none.
std::optional<store::Update> last_repair(const store::LogContent& log) {
  const auto found =
      std::find_if(log.updates.rbegin(), log.updates.rend(), [](const store::Update& update) {
        return update.command == "fix" || update.command == "repair";
      });
  return found == log.updates.rend() ? std::nullopt : std::optional(*found);
}

}  // namespace

Result<Undone> undo_repair(const UndoRequest& request, const Places& places) {
  Disk disk;
  return undo_repair(request, places, disk);
}

Result<Undone> undo_repair(const UndoRequest& request, const Places& places, Disk& disk) {
  auto wish = repair_wish(request.file, places);
  if (!wish) return tl::unexpected(wish.error());
  wish->timeout = request.lock_timeout;
  wish->without_lock = request.without_lock;
  LockedSpec locked(disk, places, std::move(*wish));
  Result<void> held = locked.find();
  if (held && !request.dry_run) held = locked.lock();
  if (!held) return tl::unexpected(held.error());
  const fs::path& file = locked.target().path;
  const auto shown = [&](const fs::path& path) {
    return locked.layout() != nullptr ? locked.layout()->shown(path.string()) : path.string();
  };
  // 1.
  const auto log = store::read_log(disk.files, locked.home().log_file(file));
  if (!log) return tl::unexpected(log.error());
  const auto last = last_repair(*log);
  if (!last) {
    return fail(ErrorKind::kRefused, fmt::format("the update log knows no 'fix' or 'repair' of {}",
                                                 quoted_path(locked.shown())));
  }
  const auto now = store::read_whole(disk.files, file, false);
  if (!now) return tl::unexpected(system_error("read", locked.shown(), now.error().code));
  const std::string time = format_rfc3339(last->time);
  if (store::git_blob_id(*now) != last->after) {
    return fail(ErrorKind::kRefused,
                fmt::format("{} is not any more as the '{}' of {} left it: undoing that would "
                            "take away what came after it",
                            quoted_path(locked.shown()), printable(last->command), time));
  }
  // 2.
  const auto kept = find_kept(disk.files, locked, last->before);
  if (!kept) {
    return fail(ErrorKind::kRefused,
                fmt::format("nobody keeps the bytes that stood there before the '{}' of {}",
                            printable(last->command), time));
  }
  // 3.
  Undone undone{locked.shown(), last->command, time, shown(kept->file), last->before, {}};
  if (!request.dry_run) {
    const store::SignalsHeld signals;
    const auto written =
        write_whole(disk, locked, {.command = "undo", .before = *now, .after = kept->bytes});
    if (!written) return tl::unexpected(written.error());
  }
  undone.remarks = std::move(locked.remarks());
  return undone;
}

}  // namespace sdd::workspace
