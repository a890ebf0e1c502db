#include "workspace/changes/changed_files.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "base/strings.h"
#include "rules/engine.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

// `folder` relative to `top`; nothing when it lies outside.
std::optional<std::string> below(const fs::path& folder, const fs::path& top) {
  std::error_code error;
  const fs::path real = fs::weakly_canonical(folder, error);
  const std::string relative = (error ? folder : real).lexically_relative(top).generic_string();
  if (relative == ".") return std::string();
  if (relative.empty() || relative.starts_with("..")) return std::nullopt;
  return relative;
}

}  // namespace

Result<GitFolders> folders_in_git(const git::Repository& repository, const Layout& layout) {
  // A bare repository has no work tree; its files are called as if the top level were "/".
  const fs::path work_tree = repository.top_level();
  const fs::path top = work_tree.empty() ? fs::path("/") : work_tree;
  GitFolders folders;
  folders.top = work_tree.string() + "/";
  const auto take = [&](const fs::path& folder, std::string& into) -> Result<void> {
    if (folder.empty()) return {};
    const auto relative = below(folder, top);
    if (!relative) {
      return fail(ErrorKind::kNotRepository, sdd::quote(folder.string()) +
                                                 " lies outside of git's work tree " +
                                                 sdd::quote(top.string()));
    }
    into = *relative;
    return {};
  };
  for (const auto& taken :
       {take(layout.root(), folders.root), take(layout.specs_dir(), folders.specs),
        take(layout.bank_dir(), folders.bank)}) {
    if (!taken) return tl::unexpected(taken.error());
  }
  if (!folders.root.empty()) folders.root += '/';
  return folders;
}

std::string GitFolders::in_git(std::string_view path) const {
  std::string whole(path);
  if (!path.starts_with('/')) {
    whole = root + whole;
  } else if (path.starts_with(top)) {
    whole = whole.substr(top.size());
  } else {
    return "";
  }
  whole = fs::path(whole).lexically_normal().generic_string();
  return whole.starts_with("..") ? "" : whole;
}

Result<std::unique_ptr<ReadSpec>> read_version(const std::string& path, const std::string& blob,
                                               const Snapshot& snapshot,
                                               const json::Limits& limits) {
  auto bytes = snapshot.read(path, blob, limits.max_bytes);
  if (!bytes) return tl::unexpected(bytes.error());
  if (!*bytes) return std::unique_ptr<ReadSpec>();
  auto read = std::make_unique<ReadSpec>();
  read->path = path;
  read->id = fs::path(path).stem().string();
  read->bytes = std::move(**bytes);
  json::Parser parser(limits);
  read->whole = parser.parse(read->bytes, read->tree) && read->tree.root().is_object();
  if (read->whole) read->spec.read(read->tree);
  return read;
}

std::optional<SpecPath> spec_at(const GitFolders& folders, const std::string& path) {
  const std::string prefix = folders.specs + "/";
  if (folders.specs.empty() || !path.starts_with(prefix) || !path.ends_with(".json")) return {};
  const std::size_t slash = path.find('/', prefix.size());
  if (slash == std::string::npos || path.find('/', slash + 1) != std::string::npos) return {};
  const std::string folder = path.substr(prefix.size(), slash - prefix.size());
  constexpr std::size_t kEnding = 5;  // ".json"
  const std::string id = path.substr(slash + 1, path.size() - slash - 1 - kEnding);
  if (!rules::is_status_folder(folder) || id.empty() || id.starts_with('.')) return {};
  return SpecPath{folders.absolute(path), id, folder};
}

bool is_bank_file(const GitFolders& folders, std::string_view path) {
  if (folders.bank.empty() || !path.ends_with(".md") || !path.starts_with(folders.bank + "/")) {
    return false;
  }
  // What lies in a hidden folder is not the bank's.
  const std::string_view inside = path.substr(folders.bank.size());
  const std::size_t hidden = inside.find("/.");
  return hidden == std::string_view::npos || inside.find('/', hidden + 1) == std::string_view::npos;
}

Result<ChangedSpecs> read_changed_specs(const GitFolders& folders,
                                        const std::vector<git::PathChange>& changes,
                                        const Snapshot& before, const Snapshot& now,
                                        const json::Limits& limits) {
  ChangedSpecs specs;
  for (const git::PathChange& change : changes) {
    if (!spec_at(folders, change.path)) continue;
    if (!change.before.empty()) {
      auto read = read_version(change.path, change.before, before, limits);
      if (!read) return tl::unexpected(read.error());
      specs.before.push_back(std::move(*read));
    }
    if (!change.is_there) continue;
    auto read = read_version(change.path, change.after, now, limits);
    if (!read) return tl::unexpected(read.error());
    if (*read != nullptr) specs.now.push_back(std::move(*read));
  }
  return specs;
}

}  // namespace sdd::workspace
