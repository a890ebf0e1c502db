// What several tests need: the project's own files, and the shared corpus where it is there.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace sdd::test {

// The bytes of a file; an empty text when it cannot be read.
inline std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline std::filesystem::path source_dir() { return SDD_SOURCE_DIR; }

// A file or folder of the shared material ($SDD_SHARED, else ../shared beside the project), or
// nothing, said once per test, where it is not there.
inline std::optional<std::filesystem::path> shared(const std::string& relative) {
  const char* set = std::getenv("SDD_SHARED");
  const std::filesystem::path root = set != nullptr ? set : source_dir().parent_path() / "shared";
  if (std::filesystem::exists(root / relative)) return root / relative;
  std::cout << "[  ABSENT  ] " << relative << " is not there: not tested against it\n";
  return std::nullopt;
}

// How much of what takes long is tried: all with SDD_TESTS=long, much with SDD_TESTS=ci (that is
// scripts/test --ci), else a part.
template <typename T>
T by_effort(T quick, T ci, T all) {
  const char* set = std::getenv("SDD_TESTS");
  const std::string_view effort = set == nullptr ? "" : set;
  return effort == "long" ? all : effort == "ci" ? ci : quick;
}

}  // namespace sdd::test
