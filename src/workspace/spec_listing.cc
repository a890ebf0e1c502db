#include "workspace/spec_listing.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "rules/engine.h"
#include "workspace/parallel.h"

namespace sdd::workspace {
namespace {

// What a status folder holds.
struct Names {
  std::vector<std::string> specs;      // end in ".json", hidden ones not
  std::vector<std::string> leftovers;  // temporary files of writers
};

// "x.json.tmp", "x.tmp", "x.json.tmp.4711", ".x.json.Ab12Cd": the names under which writers prepare
// a file.
bool is_temporary(std::string_view name) {
  if (name.ends_with(".tmp") || name.ends_with(".temp") || name.ends_with(".part")) return true;
  const std::size_t json = name.rfind(".json.");
  if (json == std::string_view::npos) return false;
  const std::string_view tail = name.substr(json + 6);
  return tail.starts_with("tmp") || (name.starts_with('.') && tail.size() == 6);
}

// Nothing when there is no such folder.
Result<Names> list(const std::string& folder) {
  Names names;
  const std::unique_ptr<DIR, int (*)(DIR*)> open(opendir(folder.c_str()), closedir);
  if (!open) {
    if (errno == ENOENT || errno == ENOTDIR) return names;
    return tl::unexpected(system_error("list", folder, errno));
  }
  errno = 0;
  while (const dirent* entry = readdir(open.get())) {
    const std::string_view name = entry->d_name;
    if (is_temporary(name)) {
      names.leftovers.emplace_back(name);
    } else if (!name.starts_with('.') && name.ends_with(".json")) {
      names.specs.emplace_back(name);
    }
    errno = 0;
  }
  if (errno != 0) return tl::unexpected(system_error("list", folder, errno));
  return names;
}

// What one status folder has.
struct Listed {
  std::vector<SpecPath> specs;
  std::vector<std::string> leftovers;
  std::optional<Error> error;
};

// Names are sorted, not paths, and each path is made once.
Listed list_folder(const std::string& path, std::string_view folder) {
  Listed listed;
  auto names = list(path);
  if (!names) {
    listed.error = names.error();
    return listed;
  }
  std::sort(names->specs.begin(), names->specs.end());
  listed.specs.reserve(names->specs.size());
  for (const std::string& name : names->specs) {
    listed.specs.push_back(
        {path + '/' + name, name.substr(0, name.size() - 5), std::string(folder)});
  }
  for (const std::string& name : names->leftovers) listed.leftovers.push_back(path + '/' + name);
  return listed;
}

// A folder of so many bytes holds a thousand files or more: worth a thread.
constexpr off_t kLargeFolder = off_t{1} << 16U;

bool is_large(const std::string& path) {
  struct stat status = {};
  return stat(path.c_str(), &status) == 0 && status.st_size >= kLargeFolder;
}

}  // namespace

// For thousands of specs this is what happens before any of them is read, so large folders are
// listed side by side.
Result<std::vector<SpecPath>> list_specs(const std::string& specs_dir,
                                         std::vector<std::string>* leftovers) {
  std::vector<std::string_view> folders(std::begin(rules::kStatusFolders),
                                        std::end(rules::kStatusFolders));
  std::sort(folders.begin(), folders.end());
  std::vector<std::string> paths;
  for (const std::string_view folder : folders)
    paths.push_back(specs_dir + "/" + std::string(folder));
  std::vector<SpecPath> specs;
  std::vector<Listed> all(folders.size());
  const unsigned jobs = std::any_of(paths.begin(), paths.end(), is_large) ? 2 : 1;
  for_each_index(all.size(), jobs,
                 [&](std::size_t i) { all[i] = list_folder(paths[i], folders[i]); });
  for (Listed& listed : all) {
    if (listed.error) return tl::unexpected(*listed.error);
    std::move(listed.specs.begin(), listed.specs.end(), std::back_inserter(specs));
    if (leftovers != nullptr) {
      leftovers->insert(leftovers->end(), listed.leftovers.begin(), listed.leftovers.end());
    }
  }
  return specs;
}

}  // namespace sdd::workspace
