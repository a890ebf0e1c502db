#include "workspace/locked_spec.h"

#include <fcntl.h>
#include <fmt/core.h>

#include <cstdlib>
#include <system_error>
#include <utility>

#include "base/strings.h"
#include "json/tree.h"
#include "json/writer.h"
#include "store/file.h"
#include "store/hash.h"
#include "store/settle.h"
#include "workspace/joining.h"

namespace sdd::workspace {
namespace fs = std::filesystem;

Error busy_error(const store::LockFailure& failure) {
  Error error = failure.error;
  if (failure.holder) {
    const store::Holder& holder = *failure.holder;
    error.holder = {holder.pid, holder.host, holder.command, holder.ids,
                    format_rfc3339(holder.since)};
  }
  if (failure.excludes_nobody) error.message += "; --no-lock goes on without one";
  return error;
}

Result<void> LockedSpec::find() {
  if (wish_.bank) {
    layout_ = wish_.bank;
    return look_up();
  }
  auto layout = find_layout({wish_.spec}, places_);
  if (!layout) return tl::unexpected(layout.error());
  layout_ = std::move(*layout);
  return look_up();
}

Result<void> LockedSpec::lock() {
  return take_lock()
      .and_then([&]() -> Result<void> {
        auto log = store::UpdateLog::open(disk_.files, home_->log_file(target_.path));
        if (!log) return tl::unexpected(log.error());
        log_.emplace(std::move(*log));
        return {};
      })
      .and_then([&] { return wish_.settles ? settle_leftovers() : Result<void>(); })
      .and_then([&] { return wish_.settles ? finish_move() : Result<void>(); });
}

// Somebody may move the spec to another folder while we look from folder to folder: then it is in
// none, or in two, or gone when it is to be opened.
Result<void> LockedSpec::look_up() {
  constexpr int kTries = 4;
  Result<void> found = look_once();
  for (int i = 1; i < kTries && !found && !is_path(wish_.spec, places_.current); ++i) {
    const ErrorKind kind = found.error().kind;
    if (kind != ErrorKind::kNotFound && kind != ErrorKind::kRefused) break;
    found = look_once();
  }
  return found;
}

Result<void> LockedSpec::look_for_spec() {
  auto place = resolve_spec(wish_.spec, this->layout(), places_.current);
  if (!place) return tl::unexpected(place.error());
  place_ = std::move(*place);
  if (layout_ && !is_path(wish_.spec, places_.current)) {
    std::vector<std::string> found;
    for (const SpecPath& each : layout_->with_id(place_.id)) {
      found.push_back(layout_->shown(each.file));
    }
    if (found.size() > 1) {
      return fail(ErrorKind::kRefused,
                  fmt::format("{} lies in several folders; name the file that is meant",
                              sdd::quote(place_.id)),
                  std::move(found));
    }
  }
  return {};
}

Result<void> LockedSpec::look_once() {
  if (wish_.bank) {
    place_ = spec_path((places_.current / wish_.spec).lexically_normal());
  } else if (const auto found = look_for_spec(); !found) {
    return found;
  }
  shown_ = layout_ ? layout_->shown(place_.file) : place_.file;
  auto target = store::find_target(disk_.files, place_.file);
  if (!target) return tl::unexpected(target.error());
  target_ = std::move(*target);
  if (wish_.bank) {
    const auto bank = disk_.files.real_path(wish_.bank->bank_dir());
    if (!bank) return store::io_failure("find", wish_.bank->bank_dir(), bank.error());
    home_.emplace(*bank);
    return {};
  }
  auto home = store::Home::of(disk_.files, target_.path);
  if (!home) return tl::unexpected(home.error());
  home_.emplace(std::move(*home));
  return {};
}

Result<void> LockedSpec::take_lock() {
  if (wish_.without_lock) return home_->prepare(disk_.files);
  const char* inherited = std::getenv("SDD_LOCK_FD");
  auto lock = locks_.acquire({*home_, target_.path, wish_.command, wish_.ids, wish_.timeout,
                              inherited != nullptr ? inherited : ""});
  if (!lock) return tl::unexpected(busy_error(lock.error()));
  lock_ = std::move(*lock);
  if (!lock_.network().empty()) {
    remarks_.push_back(
        fmt::format("the spec lies on {}: other machines are not kept out, only the update log "
                    "tells what they overwrite",
                    lock_.network()));
  }
  // Whoever had the lock may have moved the file.
  return look_up();
}

void LockedSpec::tell_kept(const std::vector<store::Kept>& kept) {
  for (const store::Kept& one : kept) {
    remarks_.push_back(fmt::format("kept {}: {}", quoted_path(one.file.string()), one.why));
  }
}

Result<void> LockedSpec::settle_leftovers() {
  const auto settled = store::settle(
      disk_.files, disk_.clock, *home_, target_.path,
      [&](const std::string& blob) { return log_->knows(blob); },
      [&](std::string_view foreign) { return take_in(foreign); });
  if (!settled) return tl::unexpected(settled.error());
  tell_kept(settled->kept);
  return {};
}

// Another program wrote `foreign` while an update was under way, and the update died before it had
// looked at it. The update's `before` is what both began with, provided that the target still holds
// its `after` and that undoing its changes gives those very bytes.
Result<bool> LockedSpec::take_in(std::string_view foreign) {
  const auto last = log_->last();
  if (!last || last->done) return false;
  const auto ours = store::read_whole(disk_.files, target_.path, false);
  if (!ours || store::git_blob_id(*ours) != last->after) return false;
  const auto base = spec::apply_changes(*ours, spec::inverse(logged_changes(*last)));
  if (!base) return false;
  if (*base == foreign) return true;  // merged already: the target is that and our changes
  if (store::git_blob_id(*base) != last->before) return false;
  const store::MergeAnswer joined = join_specs(*base, foreign, *ours);
  if (joined.kind != store::MergeAnswer::kMerged) return false;
  store::Update entry = *last;
  const auto intend = [&](std::string_view before, std::string_view after) {
    entry.before = store::git_blob_id(before);
    entry.after = store::git_blob_id(after);
    return log_->intend(entry);
  };
  const auto intended = intend(*ours, joined.bytes);
  if (!intended) return tl::unexpected(intended.error());
  store::Exchange exchange(disk_.files, disk_.clock, *home_);
  const auto replaced = exchange.replace({target_, *ours, joined.bytes, join_specs, intend});
  if (!replaced) return tl::unexpected(replaced.error().error);
  tell_kept(replaced->kept);
  remarks_.push_back("merged what another program wrote while an earlier update died");
  return true;
}

// A dead update wrote the file, and did not come to move it.
Result<void> LockedSpec::finish_move() {
  const auto last = log_->last();
  if (!last || last->done || last->forgotten) return {};
  const auto move = logged_move(*last);
  if (!move || move->from != place_.status_folder) return {};
  const auto bytes = store::read_whole(disk_.files, target_.path, false);
  if (!bytes || store::git_blob_id(*bytes) != last->after) return {};
  const auto moved = move_to(move->to);
  if (!moved) return tl::unexpected(moved.error().error);
  remarks_.push_back(fmt::format("finished what '{}' had begun: moved the spec to {}",
                                 printable(last->command), move->to));
  return {};
}

Result<fs::path> LockedSpec::place_in(const std::string& folder) const {
  if (place_.status_folder.empty()) {
    return fail(ErrorKind::kRefused, quoted_path(shown_) + " lies in no status folder");
  }
  std::error_code error;
  if (fs::is_symlink(fs::symlink_status(place_.file, error))) {
    return fail(ErrorKind::kRefused,
                quoted_path(shown_) + " is a symbolic link; move the file that it leads to");
  }
  const fs::path specs = target_.path.parent_path().parent_path();
  const fs::path to = specs / folder / target_.path.filename();
  if (fs::exists(fs::symlink_status(to, error))) {
    return fail(ErrorKind::kRefused, quoted_path(to.string()) + " exists already");
  }
  return to;
}

tl::expected<void, store::ReplaceFailure> LockedSpec::move_to(const std::string& folder) {
  const auto failed = [](Error error) {
    store::ReplaceFailure failure;
    failure.error = std::move(error);
    return tl::unexpected(std::move(failure));
  };
  const auto to = place_in(folder);
  if (!to) return failed(to.error());
  const auto made = disk_.files.make_folder(to->parent_path(), 0777);
  if (!made && made.error().code != EEXIST) {
    return failed(system_error("make", to->parent_path().string(), made.error().code));
  }
  const auto moved = store::Exchange(disk_.files, disk_.clock, *home_).move(target_.path, *to);
  if (!moved) return moved;
  place_.file =
      (fs::path(place_.file).parent_path().parent_path() / folder / to->filename()).string();
  place_.status_folder = folder;
  shown_ = layout_ ? layout_->shown(place_.file) : place_.file;
  target_ = {place_.file, *to};
  return {};
}

std::vector<spec::Change> logged_changes(const store::Update& update) {
  std::vector<spec::Change> changes;
  json::Parser parser;
  json::Tree tree;
  if (!parser.parse(update.changes, tree)) return changes;
  for (const json::Value element : tree.root().elements()) {
    auto change = spec::read_change(element);
    if (change) changes.push_back(std::move(*change));
  }
  return changes;
}

std::optional<LoggedMove> logged_move(const store::Update& update) {
  json::Parser parser;
  json::Tree tree;
  if (!parser.parse(update.changes, tree)) return std::nullopt;
  for (const json::Value element : tree.root().elements()) {
    if (element.find("change").string() == "move") {
      return LoggedMove{std::string(element.find("from").string()),
                        std::string(element.find("to").string())};
    }
  }
  return std::nullopt;
}

}  // namespace sdd::workspace
