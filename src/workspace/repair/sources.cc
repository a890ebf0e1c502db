// 1. What the user names.
// 2. git: the index with its stages, HEAD, then every version that a commit holds.
// 3. The other work trees, at the same place.
// 4. Backups, files beside, displaced versions, leftovers: newest first, as their names tell.
// 5. The log.
#include "workspace/repair/sources.h"

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "base/strings.h"
#include "git/repository.h"
#include "rules/engine.h"
#include "store/file.h"
#include "store/hash.h"
#include "store/temporary.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;
using repair::SourceKind;

// Versions of earlier commits that are looked at.
constexpr std::size_t kMostVersions = 50;

// The places where the file may have lain, its own first: a spec moves between status folders.
std::vector<fs::path> places_of(const fs::path& file) {
  std::vector<fs::path> places = {file};
  const fs::path folder = file.parent_path();
  if (!rules::is_status_folder(folder.filename().string())) return places;
  for (const std::string_view name : rules::kStatusFolders) {
    const fs::path other = folder.parent_path() / name / file.filename();
    if (other != file) places.push_back(other);
  }
  return places;
}

bool ends_like_a_copy(std::string_view name) {
  for (const std::string_view ending : {".backup", ".bak", ".orig", ".old", "~"}) {
    if (name.ends_with(ending)) return true;
  }
  return false;
}

bool ends_like_a_draft(std::string_view name) {
  return name.ends_with(".tmp") || name.ends_with(".new");
}

class Gathering {
 public:
  Gathering(const SourceSearch& search, std::string_view damaged)
      : search_(search), places_(places_of(search.file)) {
    seen_.insert(store::sha256(damaged));
  }

  Result<FoundSources> run() {
    open_git();
    if (const auto named = add_named(); !named) return tl::unexpected(named.error());
    add_git();
    add_worktrees();
    add_files();
    add_log();
    return std::move(sources_);
  }

 private:
  // The id is `stem`, and a number behind it where it may occur more than once.
  FoundSource* add(SourceKind kind, std::string id, std::string name, std::string bytes) {
    std::string sha256 = store::sha256(bytes);
    if (!seen_.insert(sha256).second) return nullptr;
    FoundSource found;
    found.source = {std::move(id), kind, std::move(name), std::move(bytes), false};
    found.sha256 = std::move(sha256);
    sources_.found.push_back(std::move(found));
    return &sources_.found.back();
  }

  std::string numbered(const std::string& stem) {
    const auto alike = [&](const FoundSource& one) {
      return one.source.id.starts_with(stem + "-");
    };
    const auto count = std::count_if(sources_.found.begin(), sources_.found.end(), alike);
    return stem + "-" + std::to_string(count + 1);
  }

  void add_file(SourceKind kind, const std::string& stem, const fs::path& file,
                bool passes = false) {
    auto bytes = store::read_whole(search_.files, file, false, search_.most_bytes);
    if (!bytes) {
      if (bytes.error().code == ENOENT || bytes.error().code == ENOTDIR) return;
      sources_.remarks.push_back(fmt::format("cannot read {}: {}",
                                             quoted_path(search_.shown(file.string())),
                                             errno_text(bytes.error().code)));
      return;
    }
    FoundSource* found = add(kind, numbered(stem), search_.shown(file.string()), std::move(*bytes));
    if (found == nullptr) return;
    found->file = file;
    found->passes = passes;
  }

  // Adds a blob that git should have.
  void add_blob(SourceKind kind, std::string id, std::string name, const std::string& blob,
                bool is_base) {
    if (blob.empty()) return;
    auto bytes = git_->blob(blob);
    if (!bytes) return tell_git(bytes.error());
    if (bytes->size() > search_.most_bytes) return;
    FoundSource* found = add(kind, std::move(id), std::move(name), std::move(*bytes));
    if (found == nullptr) return;
    found->blob = blob;
    found->source.is_base = is_base;
  }

  void tell_git(const Error& error) { sources_.remarks.push_back(error.message); }

  void open_git() {
    auto opened = git::open_repository(search_.file.parent_path());
    if (!opened) {
      if (opened.error().kind != ErrorKind::kNotRepository) tell_git(opened.error());
      return;
    }
    git_ = std::move(*opened);
    const fs::path top = git_->top_level();
    for (const fs::path& place : places_) {
      const std::string inside = place.lexically_relative(top).string();
      if (top.empty() || inside.empty() || inside.starts_with("..")) {
        git_ = nullptr;
        return;
      }
      in_git_.push_back(inside);
    }
  }

  Result<void> add_named() {
    for (const std::string& name : search_.from) {
      const fs::path file = search_.current / name;
      std::error_code error;
      if (fs::is_regular_file(file, error)) {
        auto bytes = store::read_whole(search_.files, file, true, search_.most_bytes);
        if (!bytes) return tl::unexpected(system_error("read", name, bytes.error().code));
        FoundSource* found = add(SourceKind::kBackup, numbered("from"),
                                 search_.shown(file.string()), std::move(*bytes));
        if (found != nullptr) found->file = file;
        continue;
      }
      if (const auto added = add_revision(name); !added) return added;
    }
    return {};
  }

  Result<void> add_revision(const std::string& name) {
    if (git_ == nullptr) {
      return fail(ErrorKind::kNotFound,
                  sdd::quote(name) +
                      " is no file, and there is no git here that it could name a "
                      "revision of");
    }
    for (const std::string& path : in_git_) {
      const auto blob = git_->blob_at(name, path);
      if (!blob && blob.error().kind == ErrorKind::kNotFound) {
        return fail(ErrorKind::kNotFound, sdd::quote(name) + " is neither a file nor a revision");
      }
      if (!blob) return tl::unexpected(blob.error());
      if (blob->empty()) continue;
      add_blob(SourceKind::kRevision, numbered("from"), name + ":" + path, *blob, true);
      return {};
    }
    return fail(ErrorKind::kNotFound, fmt::format("the revision {} has no {}", sdd::quote(name),
                                                  quoted_path(in_git_.front())));
  }

  void add_git() {
    if (git_ == nullptr) return;
    bool merging = search_.merging;
    for (const int stage : {1, 0, 2, 3}) {
      const auto blob = git_->index_blob(in_git_.front(), stage);
      if (!blob) return tell_git(blob.error());
      merging = merging || (stage != 0 && !blob->empty());
      const std::string number = std::to_string(stage);
      add_blob(
          SourceKind::kIndex, stage == 0 ? "index" : "index-" + number,
          stage == 0 ? "index:" + in_git_.front() : "index stage " + number + ":" + in_git_.front(),
          *blob, stage == 1 || (stage == 0 && !merging));
    }
    for (const std::string& path : in_git_) {
      const auto blob = git_->head_blob(path);
      if (!blob) return tell_git(blob.error());
      if (blob->empty()) continue;
      add_blob(SourceKind::kHead, "head", "HEAD:" + path, *blob, !merging);
      break;
    }
    const auto versions = git_->versions(in_git_, kMostVersions, true);
    if (!versions) return tell_git(versions.error());
    constexpr std::size_t kShortId = 12;
    for (const git::FileVersion& one : *versions) {
      add_blob(SourceKind::kRevision, numbered("revision"),
               one.commit.substr(0, kShortId) + ":" + one.path, one.blob, one.ours && !merging);
    }
  }

  void add_worktrees() {
    if (git_ == nullptr) return;
    const auto folders = git_->other_worktrees();
    if (!folders) return tell_git(folders.error());
    for (const fs::path& folder : *folders) {
      for (const std::string& path : in_git_) {
        add_file(SourceKind::kWorktree, "worktree", folder / path);
      }
    }
  }

  // The names in a folder, newest first as far as a time stands in them.
  std::vector<std::string> names_in(const fs::path& folder) {
    auto names = search_.files.list(folder);
    if (!names) return {};
    std::sort(names->begin(), names->end(), std::greater<>());
    return std::move(*names);
  }

  void add_files() {
    const std::string name = search_.file.filename().string();
    const std::string stem = search_.file.stem().string() + ".";
    const fs::path own = search_.home.own();
    for (const std::string& one : names_in(own / "backups")) {
      if (one.starts_with(name + ".")) {
        add_file(SourceKind::kBackup, "backup", own / "backups" / one);
      }
    }
    const fs::path older = search_.home.folder() / ".backups";
    for (const std::string& one : names_in(older)) {
      if (one.starts_with(stem)) add_file(SourceKind::kBackup, "backup", older / one);
    }
    for (const fs::path& place : places_) add_beside(place.parent_path(), name, stem);
    const std::string key = store::key_of(search_.file);
    for (const std::string& one : names_in(search_.home.displaced())) {
      if (one.starts_with(key + ".")) {
        add_file(SourceKind::kTemp, "temp", search_.home.displaced() / one);
      }
    }
    for (const std::string& one : names_in(search_.home.temporary())) {
      const auto parsed = store::parse_temporary_name(one);
      if (!parsed || parsed->key != key) continue;
      add_file(SourceKind::kTemp, "temp", search_.home.temporary() / one, true);
    }
  }

  void add_beside(const fs::path& folder, const std::string& name, const std::string& stem) {
    const std::string key = store::key_of(search_.file);
    for (const std::string& one : names_in(folder)) {
      const auto parsed = store::parse_temporary_name(one);
      const bool ours = parsed && parsed->beside && parsed->key == key;
      if (one == name || (!ours && !one.starts_with(stem))) continue;
      if (ours || ends_like_a_draft(one)) {
        add_file(SourceKind::kTemp, "temp", folder / one, true);
      } else if (ends_like_a_copy(one)) {
        add_file(SourceKind::kBackup, "backup", folder / one);
      }
    }
  }

  void add_log() {
    const fs::path file = search_.home.log_file(search_.file);
    auto bytes = store::read_whole(search_.files, file, false);
    if (!bytes || bytes->empty()) return;
    FoundSource* found =
        add(SourceKind::kLog, "log", search_.shown(file.string()), std::move(*bytes));
    if (found == nullptr) return;
    found->file = file;
    found->passes = true;
  }

  const SourceSearch& search_;
  std::vector<fs::path> places_;
  std::vector<std::string> in_git_;  // the same, relative to the repository's top level
  std::unique_ptr<git::Repository> git_;
  std::set<std::string> seen_;  // SHA-256
  FoundSources sources_;
};

}  // namespace

Result<FoundSources> find_sources(const SourceSearch& search, std::string_view damaged) {
  return Gathering(search, damaged).run();
}

}  // namespace sdd::workspace
