// The memory bank's files: where the folder lies, and which Markdown files it holds.
//
// The folder is the first of `meta/memory_bank`, `.memory_bank`, `memory_bank`, `memory-bank` that
// holds `branch_updates`, `specs/work_items` or `current_tasks.md`. Layout::find_with_bank looks
// for it at the root of the repository, else from the start upward, never beyond the git top level.
// Links in its files are relative to the root.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace sdd::workspace {

// Where memory banks lie, in the order in which they are tried at each folder.
inline constexpr std::string_view kBankFolders[] = {"meta/memory_bank", ".memory_bank",
                                                    "memory_bank", "memory-bank"};
// A folder of such a name is a bank when it holds one of these.
inline constexpr std::string_view kBankContents[] = {"branch_updates", "specs/work_items",
                                                     "current_tasks.md"};

struct BankFolder {
  std::filesystem::path folder;  // absolute
  std::filesystem::path root;    // absolute; what links are relative to
};

struct BankPath {
  std::string file;  // absolute
  std::string name;  // relative to the bank's folder, "branch_updates/2026-02-11-x.md"
};

// The memory bank of this root.
std::optional<BankFolder> bank_at(const std::filesystem::path& root);
// The first one from `start` upward.
std::optional<BankFolder> bank_above(const std::filesystem::path& start);
// What links in a bank are relative to that was named by the user.
std::filesystem::path root_of_bank(const std::filesystem::path& bank);

// Every `*.md` below the folder, sorted by name; what lies in a hidden folder, or is reached only
// through a symbolic link to a folder, is not the bank's. Errors: a folder that cannot be listed.
Result<std::vector<BankPath>> bank_files(const std::filesystem::path& folder);

}  // namespace sdd::workspace
