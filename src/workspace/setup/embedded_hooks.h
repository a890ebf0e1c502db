// The files of `hooks/`: they are part of the program, which puts them where git looks for them.
#pragma once

#include <span>
#include <string_view>

namespace sdd::workspace {

struct HookFile {
  std::string_view name;  // "pre-commit"
  std::string_view text;
  bool server = false;  // for a bare repository
};

std::span<const HookFile> embedded_hooks();

}  // namespace sdd::workspace
