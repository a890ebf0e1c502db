// Module: what the program and its git module (sdd_git.so) say to each other. Both are built from
// one tree; `version` sees to it that two of different trees do not meet.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "git/repository.h"

namespace sdd::git {

struct Module {
  const char* version;
  Result<std::unique_ptr<Repository>> (*open_repository)(const std::filesystem::path& folder);
  Result<std::string> (*user_name)(const std::filesystem::path& folder);
};

// The module exports `extern "C" const Module* sdd_git_module()`.
inline constexpr const char* kModuleEntry = "sdd_git_module";
using ModuleEntry = const Module* (*)();

}  // namespace sdd::git
