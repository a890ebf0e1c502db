#include "workspace/layout.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "base/strings.h"
#include "rules/engine.h"
#include "workspace/bank_files.h"
#include "workspace/read_file.h"
#include "workspace/spec_listing.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

// The search runs at every start of the program, so it works on plain text: a std::filesystem::path
// is taken apart whenever one is made.
bool is_folder_at(const std::string& path) {
  struct stat status = {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool is_there_at(const std::string& path) {
  struct stat status = {};
  return lstat(path.c_str(), &status) == 0;
}

bool holds_status_folder(const std::string& specs) {
  if (!is_folder_at(specs)) return false;
  return std::any_of(
      std::begin(rules::kStatusFolders), std::end(rules::kStatusFolders),
      [&](std::string_view folder) { return is_folder_at(specs + "/" + std::string(folder)); });
}

// The folder above an absolute one; "/" for itself.
std::string above(const std::string& folder) {
  const std::size_t slash = folder.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : folder.substr(0, slash);
}

std::string below(const std::string& folder, std::string_view name) {
  return folder + (folder.ends_with('/') ? "" : "/") + std::string(name);
}

fs::path absolute(const fs::path& path, const fs::path& current) {
  fs::path whole = (path.is_absolute() ? path : current / path).lexically_normal();
  if (!whole.has_filename() && whole.has_relative_path()) whole = whole.parent_path();
  return whole;
}

struct Found {
  fs::path folder;
  fs::path specs;
};

// Upward from `start` to the git top level, or to the root of the file system.
std::optional<Found> look_upward(const fs::path& start) {
  for (std::string folder = start.native();; folder = above(folder)) {
    for (const std::string_view relative : kSpecsFolders) {
      const std::string specs = below(folder, relative);
      if (holds_status_folder(specs)) return Found{folder, specs};
    }
    if (folder == "/" || is_there_at(below(folder, ".git"))) return std::nullopt;
  }
}

// A search that began inside `meta` meets `meta/sdd/specs` as `sdd/specs`; the files mean the
// folder above. So the longest of the relative paths decides, within the git top level.
fs::path root_of(const fs::path& specs) {
  fs::path best = specs.parent_path();
  std::size_t length = 0;
  for (const std::string_view relative : kSpecsFolders) {
    fs::path folder = specs;
    fs::path tail = fs::path(relative);
    bool inside = true;
    for (auto part = tail.end(); part != tail.begin() && inside;) {
      --part;
      inside = folder.filename() == *part;
      folder = folder.parent_path();
      if (part != tail.begin() && is_there(folder / ".git")) inside = false;
    }
    if (inside && relative.size() > length) {
      best = folder;
      length = relative.size();
    }
  }
  return best;
}

// The `.sdd.toml` of one folder; nothing when it has none.
Result<std::optional<Config>> config_in(const fs::path& folder) {
  const std::string file = below(folder.native(), kConfigName);
  if (!is_there_at(file) && errno == ENOENT) return std::optional<Config>();
  std::string text;
  const auto read = read_file(file, kMaxConfigBytes, text);
  if (!read) return tl::unexpected(read.error());
  auto config = read_config(std::move(text), folder);
  if (!config) return tl::unexpected(config.error());
  return std::optional<Config>(std::move(*config));
}

// The nearest one from `start` upward to the git top level. Outside of git nothing says where a
// repository ends: there, none above `root` ("" = no specs were found) counts.
Result<std::optional<Config>> config_above(const fs::path& start, const fs::path& root) {
  std::string top = start.native();
  bool in_git = is_there_at(below(top, ".git"));
  for (; !in_git && top != "/"; in_git = is_there_at(below(top, ".git"))) top = above(top);
  if (!in_git && !root.empty()) top = root.native();
  for (std::string folder = start.native();; folder = above(folder)) {
    auto config = config_in(folder);
    if (!config || *config || folder == top || folder == "/") return config;
  }
}

}  // namespace

// What the user named must be there.
Result<void> Layout::take_named(const Places& places) {
  if (!places.path.empty()) {
    root_ = absolute(places.path, places.current);
    if (!is_folder(root_)) {
      return fail(ErrorKind::kNotFound, "no folder " + sdd::quote(root_.string()));
    }
  }
  if (!places.specs_dir.empty()) {
    specs_dir_ = absolute(places.specs_dir, places.current);
    if (!is_folder(specs_dir_)) {
      return fail(ErrorKind::kNotFound, "no specs folder " + sdd::quote(specs_dir_.string()));
    }
  }
  return {};
}

Result<void> Layout::take_config(Config config, const Places& places) {
  if (places.path.empty()) root_ = config.folder;
  if (places.specs_dir.empty() && !config.specs_dir.empty()) {
    if (!is_folder(config.specs_dir)) {
      return fail(ErrorKind::kNotFound, "no specs folder " + sdd::quote(config.specs_dir.string()) +
                                            ", which '" + config.file().string() + "' names");
    }
    specs_dir_ = config.specs_dir;
    detected_ = false;
  }
  config_ = std::make_shared<const Config>(std::move(config));
  return {};
}

// Finds the specs folder, the root and `.sdd.toml`; returns where the search began.
Result<fs::path> Layout::find_specs_dir(const Places& places) {
  const auto named = take_named(places);
  if (!named) return tl::unexpected(named.error());
  fs::path start = root_.empty() ? places.current : root_;
  if (specs_dir_.empty()) {
    if (const auto found = look_upward(start)) {
      specs_dir_ = found->specs;
      detected_ = true;
    }
  } else if (places.path.empty()) {
    start = root_of(specs_dir_);
  }
  if (root_.empty() && !specs_dir_.empty()) root_ = root_of(specs_dir_);

  auto config = places.path.empty() ? config_above(start, root_) : config_in(start);
  if (!config) return tl::unexpected(config.error());
  if (*config) {
    const auto taken = take_config(std::move(**config), places);
    if (!taken) return tl::unexpected(taken.error());
  }
  return start;
}

Result<void> Layout::find_bank_dir(const Places& places, const fs::path& start) {
  const fs::path named =
      places.bank_dir.empty() ? config_->bank_dir : absolute(places.bank_dir, places.current);
  if (!named.empty()) {
    if (!is_folder(named)) {
      return fail(ErrorKind::kNotFound, "no memory bank " + sdd::quote(named.string()));
    }
    bank_dir_ = named;
    if (root_.empty()) root_ = root_of_bank(named);
    return {};
  }
  auto bank = root_.empty() ? std::nullopt : bank_at(root_);
  if (!bank) bank = bank_above(start);
  if (!bank) return {};
  bank_dir_ = bank->folder;
  if (root_.empty()) root_ = bank->root;
  return {};
}

namespace {

constexpr const char* kSpecsFolderWords =
    "specs folder (specs, sdd/specs, meta/sdd/specs or meta/specs with pending, active, completed "
    "or archived in it)";

}  // namespace

Result<Layout> Layout::find(const Places& places) {
  Layout layout;
  const auto start = layout.find_specs_dir(places);
  if (!start) return tl::unexpected(start.error());
  if (!layout.specs_dir_.empty()) return layout;
  return fail(ErrorKind::kNotRepository, std::string("no ") + kSpecsFolderWords + " in " +
                                             sdd::quote(start->string()) + " or above");
}

Result<Layout> Layout::find_with_bank(const Places& places) {
  Layout layout;
  const auto start = layout.find_specs_dir(places);
  if (!start) return tl::unexpected(start.error());
  const auto bank = layout.find_bank_dir(places, *start);
  if (!bank) return tl::unexpected(bank.error());
  if (!layout.specs_dir_.empty() || !layout.bank_dir_.empty()) return layout;
  return fail(ErrorKind::kNotRepository,
              std::string("neither a ") + kSpecsFolderWords +
                  " nor a memory bank (meta/memory_bank, .memory_bank, memory_bank or memory-bank) "
                  "in " +
                  sdd::quote(start->string()) + " or above");
}

Layout Layout::at(fs::path root, fs::path specs_dir, fs::path bank_dir, Config config) {
  Layout layout;
  layout.root_ = std::move(root);
  layout.specs_dir_ = std::move(specs_dir);
  layout.bank_dir_ = std::move(bank_dir);
  layout.config_ = std::make_shared<const Config>(std::move(config));
  return layout;
}

Result<std::vector<SpecPath>> Layout::specs(std::vector<std::string>* leftovers) const {
  if (specs_dir_.empty()) return std::vector<SpecPath>();
  return list_specs(specs_dir_.native(), leftovers);
}

std::vector<SpecPath> Layout::with_id(std::string_view id) const {
  std::vector<SpecPath> found;
  for (const std::string_view folder : rules::kStatusFolders) {
    const fs::path file = specs_dir_ / folder / (std::string(id) + ".json");
    if (is_there(file)) found.push_back({file.string(), std::string(id), std::string(folder)});
  }
  return found;
}

std::string Layout::shown(const std::string& file) const {
  // Both are absolute and normal, so a comparison of texts will do: this runs for every file.
  const std::string& root = root_.native();
  if (root == "/") return file.substr(1);
  if (file.size() > root.size() && file.starts_with(root) && file[root.size()] == '/') {
    return file.substr(root.size() + 1);
  }
  return file;
}

const Config& config_of(const Layout* layout) {
  static const Config none;
  return layout != nullptr ? layout->config() : none;
}

bool is_path(const std::string& argument, const fs::path& current) {
  if (argument.find('/') != std::string::npos) return true;
  return argument.ends_with(".json") && is_there(absolute(argument, current));
}

Result<std::optional<Layout>> find_layout(const std::vector<std::string>& names, Places places) {
  const auto by_path = [&](const std::string& name) { return is_path(name, places.current); };
  const bool all_paths = !names.empty() && std::all_of(names.begin(), names.end(), by_path);
  if (all_paths && places.path.empty() && places.specs_dir.empty()) {
    places.current = absolute(names.front(), places.current).parent_path();
  }
  auto layout = Layout::find(places);
  if (layout) return std::optional<Layout>(std::move(*layout));
  if (all_paths && layout.error().kind == ErrorKind::kNotRepository) return std::nullopt;
  return tl::unexpected(layout.error());
}

SpecPath spec_path(const fs::path& file) {
  const rules::Place place = rules::place_of(file.native());
  return {file.string(), place.stem, place.status_folder};
}

Result<SpecPath> resolve_spec(const std::string& argument, const Layout* layout,
                              const fs::path& current) {
  if (argument.empty() || argument == "." || argument == "..") {
    return fail(ErrorKind::kUsage, sdd::quote(argument) + " is neither a spec id nor a path");
  }
  if (is_path(argument, current)) {
    const fs::path file = absolute(argument, current);
    if (!is_there(file)) return fail(ErrorKind::kNotFound, "no file " + sdd::quote(argument));
    return spec_path(file);
  }
  if (layout == nullptr) {
    return fail(ErrorKind::kNotRepository,
                "no specs folder to look up " + sdd::quote(argument) + " in, here or above");
  }
  const std::string id =
      argument.ends_with(".json") ? argument.substr(0, argument.size() - 5) : argument;
  const std::vector<SpecPath> found = layout->with_id(id);
  if (!found.empty()) return found.front();
  const auto all = layout->specs();
  std::vector<std::string_view> ids;
  if (all) {
    for (const SpecPath& spec : *all) ids.push_back(spec.id);
  }
  return fail(ErrorKind::kNotFound,
              "no spec " + sdd::quote(id) + " in " + sdd::quote(layout->specs_dir().string()),
              nearest_or_longer(id, ids));
}

}  // namespace sdd::workspace
