// Layout: where one repository keeps its specs, and how its files are named to the user.
//
//   auto layout = Layout::find(places);          // places: --path, --specs-dir, the current folder
//   auto file = layout->resolve("billing-2026-02-11-001");   // or a path
//   const auto specs = layout->specs();
//
// The specs folder is the first of `specs`, `sdd/specs`, `meta/sdd/specs`, `meta/specs` that holds
// a status folder (pending, active, completed, archived), looked for from the start upward, never
// beyond the git top level. A memory bank has a `specs` folder too; it holds no status folder and
// is passed by.
//
// A `.sdd.toml` (config.h) is looked for in --path; where that is not given, from the start upward
// to the git top level, or, outside of git, to the root that was found. Its folder is then the
// root, and it may name the specs folder. Where there is none this costs one failed open a folder.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "workspace/config.h"

namespace sdd::workspace {

// Where specs folders lie, in the order in which they are tried at each folder.
inline constexpr std::string_view kSpecsFolders[] = {"specs", "sdd/specs", "meta/sdd/specs",
                                                     "meta/specs"};

// What the user said about places. Empty = not said.
struct Places {
  std::filesystem::path path;           // --path
  std::filesystem::path specs_dir;      // --specs-dir, else $SDD_SPECS_DIR
  std::filesystem::path current;        // the process's current folder, absolute
  std::filesystem::path bank_dir = {};  // --bank-dir
};

// Plain text, because there may be many: a std::filesystem::path costs an allocation for each of
// its parts.
struct SpecPath {
  std::string file;           // absolute
  std::string id;             // the file's name without ".json"
  std::string status_folder;  // "" when it lies in none
};

class Layout {
 public:
  // Finds the specs folder. Errors: kNotRepository when there is none, kNotFound when a folder that
  // was named does not exist; what read_config says of a `.sdd.toml`, or that it cannot be read.
  static Result<Layout> find(const Places& places);
  // The same for who looks at the memory bank, too: finds it (bank_files.h), and is content with
  // either. Errors: kNotRepository only when there is neither.
  static Result<Layout> find_with_bank(const Places& places);

  // A layout whose folders are known, absolute: of a state that lies on no disk, where the root is
  // "/". "" = there is no such folder.
  static Layout at(std::filesystem::path root, std::filesystem::path specs_dir,
                   std::filesystem::path bank_dir, Config config);

  // The root that paths in the files are relative to: --path, else the folder of `.sdd.toml`, else
  // the folder from which the longest of the relative paths above reaches the specs folder.
  const std::filesystem::path& root() const { return root_; }
  // Empty when there is only a memory bank.
  const std::filesystem::path& specs_dir() const { return specs_dir_; }
  // Empty when there is none, or it was not looked for.
  const std::filesystem::path& bank_dir() const { return bank_dir_; }
  // Whether the specs folder was found by looking, not named by the user.
  bool detected() const { return detected_; }
  // What `.sdd.toml` says; its folder is empty when there is none.
  const Config& config() const { return *config_; }

  // Every spec file: `*.json` directly inside a status folder, hidden ones not; sorted by path. A
  // status folder that is not there has none. `leftovers`, unless nullptr, gets the temporary files
  // that writers left beside them (absolute paths). Errors: a folder that cannot be listed.
  Result<std::vector<SpecPath>> specs(std::vector<std::string>* leftovers = nullptr) const;
  // Files with this id, in the order in which ids are looked up: pending, active, completed,
  // archived.
  std::vector<SpecPath> with_id(std::string_view id) const;

  // `file` relative to the root where it lies below it, else absolute.
  std::string shown(const std::string& file) const;

 private:
  Result<std::filesystem::path> find_specs_dir(const Places& places);
  Result<void> find_bank_dir(const Places& places, const std::filesystem::path& start);
  Result<void> take_named(const Places& places);
  Result<void> take_config(Config config, const Places& places);

  std::filesystem::path root_;
  std::filesystem::path specs_dir_;
  std::filesystem::path bank_dir_;
  bool detected_ = false;
  std::shared_ptr<const Config> config_ = std::make_shared<const Config>();
};

// What `.sdd.toml` says where there may be no layout: nothing, for nullptr.
const Config& config_of(const Layout* layout);

// A SPEC argument: a path (it has a separator, or ends in ".json" and exists) or an id. `layout` is
// the one found from the current folder, nullptr when there is none. Errors: kUsage for a word that
// is neither, kNotFound with the nearest ids.
Result<SpecPath> resolve_spec(const std::string& argument, const Layout* layout,
                              const std::filesystem::path& current);

// The layout in which SPEC arguments are looked up: found from the user's places, or, when all of
// `names` are paths, from the folder of the first; then there may be none. Errors: as Layout::find.
Result<std::optional<Layout>> find_layout(const std::vector<std::string>& names, Places places);

// Whether the argument is meant as a path.
bool is_path(const std::string& argument, const std::filesystem::path& current);

// The spec path of a file that was named by its path.
SpecPath spec_path(const std::filesystem::path& file);

}  // namespace sdd::workspace
