// 1. git says which paths below the specs folder and the bank differ.
// 2. Of each that is a spec or a file of the bank the bytes are read: blobs, or the work tree's.
// 3. Versions of one id are put together: those of one path first, then what is left.
#include "workspace/compare.h"

#include <algorithm>
#include <map>
#include <utility>

#include "json/limits.h"
#include "rules/engine.h"
#include "workspace/read_file.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

// The versions of one id.
struct Versions {
  std::vector<Version> before;
  std::vector<Version> after;
};

class Comparing {
 public:
  Comparing(const Layout& layout, const git::Repository& repository, const StatePair& comparison)
      : layout_(layout), repository_(repository), comparison_(comparison) {}

  Result<Compared> run() {
    specs_ = below_top(repository_, layout_.specs_dir());
    bank_ = below_top(repository_, layout_.bank_dir());
    std::vector<std::string> folders;
    for (const auto& folder : {specs_, bank_}) {
      if (folder) folders.push_back(*folder);
    }
    if (folders.empty()) {
      return fail(ErrorKind::kNotRepository,
                  "the specs lie outside of the git repository's work tree");
    }
    // 1.
    const auto changes = repository_.changes(comparison_.from, comparison_.to, folders);
    if (!changes) return tl::unexpected(changes.error());
    for (const git::PathChange& change : *changes) {
      // 2.
      const auto taken = take(change);
      if (!taken) return tl::unexpected(taken.error());
    }
    // 3.
    for (auto& [id, versions] : ids_) pair(id, versions);
    const auto by_path = [](const auto& a, const auto& b) { return path_of(a) < path_of(b); };
    std::stable_sort(compared_.specs.begin(), compared_.specs.end(), by_path);
    std::stable_sort(compared_.bank.begin(), compared_.bank.end(), by_path);
    return std::move(compared_);
  }

 private:
  static const std::string& path_of(const ComparedSpec& spec) { return spec.path(); }
  static const std::string& path_of(const ComparedFile& file) { return file.path; }

  // The path inside a folder; nothing when it lies elsewhere.
  static std::optional<std::string> inside(const std::string& path,
                                           const std::optional<std::string>& folder) {
    if (!folder) return std::nullopt;
    if (folder->empty()) return path;
    if (!path.starts_with(*folder + "/")) return std::nullopt;
    return path.substr(folder->size() + 1);
  }

  static bool is_markdown(const std::string& name) {
    return name.ends_with(".md") && !name.starts_with('.') && name.find("/.") == std::string::npos;
  }

  Result<void> take(const git::PathChange& change) {
    const auto in_specs = inside(change.path, specs_);
    const std::string id = in_specs ? spec_id_of(*in_specs) : std::string();
    const auto in_bank = id.empty() ? inside(change.path, bank_) : std::nullopt;
    if (id.empty() && (!in_bank || !is_markdown(*in_bank))) return {};
    const std::string shown = layout_.shown((repository_.top_level() / change.path).string());
    std::optional<Version> before;
    std::optional<Version> after;
    if (!change.before.empty()) {
      auto bytes = repository_.blob(change.before);
      if (!bytes) return tl::unexpected(bytes.error());
      before = Version{shown, std::move(*bytes)};
    }
    if (change.is_there) {
      auto bytes = bytes_after(change);
      if (!bytes) return tl::unexpected(bytes.error());
      after = Version{shown, std::move(*bytes)};
    }
    if (!id.empty()) {
      if (before) ids_[id].before.push_back(std::move(*before));
      if (after) ids_[id].after.push_back(std::move(*after));
    } else {
      compared_.bank.push_back({*in_bank, shown, std::move(before), std::move(after)});
    }
    return {};
  }

  Result<std::string> bytes_after(const git::PathChange& change) const {
    if (comparison_.to.kind != git::State::Kind::kWorkTree && !change.after.empty()) {
      return repository_.blob(change.after);
    }
    std::string bytes;
    const std::string file = (repository_.top_level() / change.path).string();
    const auto read = read_file(file, layout_.config().limits.max_bytes, bytes);
    if (!read) return tl::unexpected(read.error());
    return bytes;
  }

  void pair(const std::string& id, Versions& versions) {
    const auto take_pair = [&](std::vector<Version>::iterator before,
                               std::vector<Version>::iterator after) {
      compared_.specs.push_back({id, std::move(*before), std::move(*after)});
      versions.before.erase(before);
      return versions.after.erase(after);
    };
    for (auto after = versions.after.begin(); after != versions.after.end();) {
      const auto before =
          std::find_if(versions.before.begin(), versions.before.end(),
                       [&](const Version& version) { return version.path == after->path; });
      after = before == versions.before.end() ? std::next(after) : take_pair(before, after);
    }
    while (!versions.before.empty() && !versions.after.empty()) {
      take_pair(versions.before.begin(), versions.after.begin());
    }
    for (Version& one : versions.before) {
      compared_.specs.push_back({id, std::move(one), std::nullopt});
    }
    for (Version& one : versions.after) {
      compared_.specs.push_back({id, std::nullopt, std::move(one)});
    }
  }

  const Layout& layout_;
  const git::Repository& repository_;
  const StatePair& comparison_;
  std::optional<std::string> specs_;  // relative to the top level
  std::optional<std::string> bank_;
  std::map<std::string, Versions> ids_;
  Compared compared_;
};

}  // namespace

std::optional<std::string> below_top(const git::Repository& repository, const fs::path& folder) {
  if (folder.empty() || repository.top_level().empty()) return std::nullopt;
  std::error_code error;
  const fs::path real = fs::weakly_canonical(folder, error);
  if (error) return std::nullopt;
  const std::string inside = real.lexically_relative(repository.top_level()).string();
  if (inside == ".") return "";
  if (inside.empty() || inside == ".." || inside.starts_with("../")) return std::nullopt;
  return inside;
}

std::string spec_id_of(std::string_view path) {
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos || !rules::is_status_folder(path.substr(0, slash))) return {};
  std::string_view name = path.substr(slash + 1);
  if (name.find('/') != std::string_view::npos || name.starts_with('.')) return {};
  if (!name.ends_with(".json")) return {};
  name.remove_suffix(5);
  return std::string(name);
}

Result<Compared> compare(const Layout& layout, const git::Repository& repository,
                         const StatePair& comparison) {
  return Comparing(layout, repository, comparison).run();
}

}  // namespace sdd::workspace
