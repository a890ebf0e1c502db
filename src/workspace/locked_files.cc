#include "workspace/locked_files.h"

#include <fmt/core.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <set>
#include <utility>

#include "base/strings.h"
#include "store/file.h"
#include "store/hash.h"
#include "store/settle.h"
#include "workspace/replace_failure.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

// The permissions of a new file, as any program would give them.
std::uint32_t mode_of_new_files() {
  constexpr mode_t kAll = 0666;
  const mode_t masked = umask(0);
  umask(masked);
  return kAll & ~masked;
}

}  // namespace

LockedFiles::LockedFiles(Disk& disk, store::Home home, LockTerms terms)
    : disk_(disk),
      home_(std::move(home)),
      terms_(std::move(terms)),
      locks_(disk.files, disk.clock) {}

Result<void> LockedFiles::find(const fs::path& name, LockedFile& file) {
  auto target = store::find_target(disk_.files, name);
  file.exists = target.has_value();
  if (target) {
    file.target = std::move(*target);
    return {};
  }
  if (target.error().kind != ErrorKind::kNotFound) return tl::unexpected(target.error());
  const auto folder = disk_.files.real_path(name.parent_path());
  if (!folder && folder.error().code != ENOENT) {
    return tl::unexpected(system_error("find", name.parent_path().string(), folder.error().code));
  }
  file.target = {name, (folder ? *folder : name.parent_path()) / name.filename()};
  return {};
}

Result<void> LockedFiles::look(const std::vector<fs::path>& files) {
  for (const fs::path& name : files) {
    files_.emplace_back();
    if (const auto found = find(name, files_.back()); !found) return found;
  }
  return {};
}

Result<void> LockedFiles::take(const std::vector<fs::path>& files) {
  if (const auto prepared = home_.prepare(disk_.files); !prepared) return prepared;
  for (const fs::path& name : files) {
    const fs::path folder = name.parent_path();
    std::error_code error;
    const bool is_new = fs::create_directories(folder, error);
    if (error) return tl::unexpected(system_error("make", folder, error.value()));
    if (!is_new) continue;
    const auto synced = store::sync_folder(disk_.files, folder.parent_path());
    if (!synced)
      return tl::unexpected(system_error("sync", folder.parent_path(), synced.error().code));
  }
  if (const auto found = look(files); !found) return found;
  if (const auto taken = take_locks(); !taken) return taken;
  for (LockedFile& file : files_) {
    // Whoever had the lock may have made, moved or deleted the file.
    const fs::path path = file.target.path;
    if (const auto again = find(fs::path(file.target.name), file); !again) return again;
    if (file.target.path != path) {
      return fail(ErrorKind::kBusy, quoted_path(path.string()) + " was moved meanwhile");
    }
    auto log = store::UpdateLog::open(disk_.files, home_.log_file(file.target.path));
    if (!log) return tl::unexpected(log.error());
    file.log.emplace(std::move(*log));
    if (const auto settled = settle(file); !settled) return settled;
  }
  return {};
}

Result<void> LockedFiles::take_locks() {
  if (terms_.without_lock) return {};
  std::vector<fs::path> paths;
  for (const LockedFile& file : files_) paths.push_back(file.target.path);
  std::sort(paths.begin(), paths.end(), [&](const fs::path& a, const fs::path& b) {
    return home_.lock_file(a) < home_.lock_file(b);
  });
  const char* inherited = std::getenv("SDD_LOCK_FD");
  std::set<fs::path> taken;
  for (const fs::path& path : paths) {
    if (!taken.insert(home_.lock_file(path)).second) continue;
    auto lock = locks_.acquire({home_, path, terms_.command, terms_.ids, terms_.timeout,
                                inherited != nullptr ? inherited : ""});
    if (!lock) return tl::unexpected(busy_error(lock.error()));
    held_.push_back(std::move(*lock));
  }
  if (!held_.empty() && !held_.front().network().empty()) {
    remarks_.push_back(
        fmt::format("the files lie on {}: other machines are not kept out, only the update log "
                    "tells what they overwrite",
                    held_.front().network()));
  }
  return {};
}

void LockedFiles::tell_kept(const std::vector<store::Kept>& kept) {
  for (const store::Kept& one : kept) {
    remarks_.push_back(fmt::format("kept {}: {}", quoted_path(one.file.string()), one.why));
  }
}

Result<void> LockedFiles::settle(LockedFile& file) {
  const auto knows = [&](const std::string& blob) { return file.log->knows(blob); };
  // What the leftover was based on nobody knows any more: it is kept, and told.
  const auto take_in = [](std::string_view) -> Result<bool> { return false; };
  const auto settled =
      store::settle(disk_.files, disk_.clock, home_, file.target.path, knows, take_in);
  if (!settled) return tl::unexpected(settled.error());
  tell_kept(settled->kept);
  return {};
}

Result<void> LockedFiles::read(LockedFile& file) {
  file.bytes.clear();
  if (file.exists) {
    auto bytes = store::read_whole(disk_.files, file.target.path);
    if (!bytes) {
      return tl::unexpected(system_error("read", file.target.path.string(), bytes.error().code));
    }
    file.bytes = std::move(*bytes);
  }
  file.after = file.bytes;
  return {};
}

Result<void> LockedFiles::intend(LockedFile& file, const Writing& writing, std::string_view before,
                                 std::string_view after) const {
  store::Update update = store::new_update(writing.id, terms_.command);
  update.before = store::git_blob_id(before);
  update.after = store::git_blob_id(after);
  update.changes = writing.changes;
  return file.log->intend(update);
}

Error LockedFiles::told(const store::ReplaceFailure& failure) {
  tell_kept(failure.kept);
  Error error = explained(failure);
  for (const std::string& remark : remarks_) error.message += "; " + remark;
  return error;
}

// False: another program has made the file meanwhile.
Result<bool> LockedFiles::create(LockedFile& file, const Writing& writing) {
  const auto intended = intend(file, writing, "", file.after);
  if (!intended) return tl::unexpected(intended.error());
  store::Exchange exchange(disk_.files, disk_.clock, home_);
  auto made = exchange.create(file.target.path, file.after, mode_of_new_files());
  if (made) {
    file.exists = true;
    file.stamp = made->stamp;
    return true;
  }
  if (made.error().error.kind == ErrorKind::kRefused) return false;
  return tl::unexpected(told(made.error()));
}

Result<void> LockedFiles::write(LockedFile& file, const Writing& writing) {
  if (!file.exists) {
    const auto made = create(file, writing);
    if (!made) return tl::unexpected(made.error());
    if (*made) return {};
    // What we wanted to write into nothing is now wanted beside what stands there.
    const std::string wanted = file.after;
    file.exists = true;
    if (const auto found = read(file); !found) return found;
    const store::MergeAnswer joined = writing.merge("", file.bytes, wanted);
    if (joined.kind != store::MergeAnswer::kMerged) {
      return fail(ErrorKind::kRefused,
                  quoted_path(file.target.path.string()) +
                      " was made by another program at the same time: " + joined.why);
    }
    file.after = joined.bytes;
    file.merged = true;
  }
  const auto intended = intend(file, writing, file.bytes, file.after);
  if (!intended || file.after == file.bytes) return intended;
  return replace(file, writing);
}

Result<void> LockedFiles::replace(LockedFile& file, const Writing& writing) {
  store::Exchange exchange(disk_.files, disk_.clock, home_);
  auto replaced = exchange.replace({file.target, file.bytes, file.after, writing.merge,
                                    [&](std::string_view standing, std::string_view merged) {
                                      return intend(file, writing, standing, merged);
                                    }});
  if (!replaced) return tl::unexpected(told(replaced.error()));
  tell_kept(replaced->kept);
  if (replaced->window) {
    remarks_.emplace_back(
        "this file system cannot exchange files: what another program writes in the very moment "
        "of an update is lost");
  }
  file.merged = file.merged || replaced->merged;
  if (replaced->merged) file.after = std::move(replaced->bytes);
  file.stamp = replaced->stamp;
  return {};
}

Result<void> LockedFiles::done(LockedFile& file, const std::string& id, const std::string& answer) {
  if (!file.stamp) {
    const auto status = disk_.files.status(file.target.path, false);
    file.stamp = status ? status->stamp() : store::FileStamp{};
  }
  const auto logged = file.log->done({id, now(), *file.stamp, answer});
  if (logged) return {};
  return fail(ErrorKind::kIo,
              "applied, but the update log could not be finished: " + logged.error().message);
}

}  // namespace sdd::workspace
