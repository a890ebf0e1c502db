#include "workspace/bank_files.h"

#include <algorithm>
#include <string_view>
#include <system_error>
#include <utility>

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

bool is_bank(const fs::path& folder) {
  return std::any_of(std::begin(kBankContents), std::end(kBankContents),
                     [&](std::string_view part) { return is_there(folder / part); });
}

// Lists one folder: its Markdown files into `files`, its folders into `folders`.
Result<void> list(const fs::path& folder, const std::string& prefix, std::vector<BankPath>& files,
                  std::vector<std::pair<fs::path, std::string>>& folders) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    std::error_code unknown;
    if (entry->is_directory(unknown)) {
      if (!name.starts_with('.') && !entry->is_symlink(unknown)) {
        folders.emplace_back(entry->path(), prefix + name + "/");
      }
    } else if (name.ends_with(".md")) {
      files.push_back({entry->path().string(), prefix + name});
    }
  }
  if (error) return tl::unexpected(system_error("list", folder.string(), error.value()));
  return {};
}

}  // namespace

std::optional<BankFolder> bank_at(const fs::path& root) {
  for (const std::string_view relative : kBankFolders) {
    const fs::path folder = root / relative;
    if (is_bank(folder)) return BankFolder{folder, root};
  }
  return std::nullopt;
}

// A bank in a folder `meta` belongs to the folder above that.
fs::path root_of_bank(const fs::path& bank) {
  const fs::path above = bank.parent_path();
  return above.filename() == "meta" ? above.parent_path() : above;
}

// A search that began inside `meta` meets `meta/memory_bank` as `memory_bank`; links mean the
// folder above, unless `meta` is a repository of its own.
std::optional<BankFolder> bank_above(const fs::path& start) {
  for (fs::path folder = start;; folder = folder.parent_path()) {
    auto bank = bank_at(folder);
    const bool is_top = is_there(folder / ".git") || folder == folder.parent_path();
    if (bank && !is_top) bank->root = root_of_bank(bank->folder);
    if (bank || is_top) return bank;
  }
}

Result<std::vector<BankPath>> bank_files(const fs::path& folder) {
  std::vector<BankPath> files;
  std::vector<std::pair<fs::path, std::string>> folders = {{folder, ""}};
  while (!folders.empty()) {
    const auto [next, prefix] = std::move(folders.back());
    folders.pop_back();
    const auto listed = list(next, prefix, files, folders);
    if (!listed) return tl::unexpected(listed.error());
  }
  std::sort(files.begin(), files.end(),
            [](const BankPath& a, const BankPath& b) { return a.name < b.name; });
  return files;
}

}  // namespace sdd::workspace
