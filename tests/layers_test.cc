// The floors of docs/architecture.md, kept true: who includes whom, where a library may be named,
// how long a file may get, and what the started program is linked with.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support.h"

namespace sdd {
namespace {

namespace fs = std::filesystem;

// Each floor, and the floors that it may include beside itself.
const std::map<std::string, std::string> kFloorsBelow = {
    {"base", ""},
    {"store", "base"},
    {"git", "base"},
    {"text", "base"},
    {"json", "base text"},
    {"spec", "base text json"},
    {"bank", "base text json"},
    {"rules", "base text json spec bank"},
    {"report", "base text json spec bank rules"},
    {"repair", "base text json spec bank rules"},
    {"workspace", "base text json spec bank rules report repair store git"},
    {"cli", "base text json spec bank rules report repair store git workspace"},
};

// The beginning of a library's header names, and the one floor that may include them.
const std::map<std::string, std::string> kLibraryFloor = {
    {"simdjson", "json"}, {"valijson", "json"}, {"re2/", "json"}, {"git2", "git"},
    {"CLI/", "cli"},      {"cmark", "bank"},    {"md4c", "bank"}, {"toml++/", "workspace"},
};

struct LayersFile {
  std::string floor;
  fs::path path;
  std::vector<std::string> lines;
};

std::vector<LayersFile> layers_files() {
  std::vector<LayersFile> files;
  const fs::path src = test::source_dir() / "src";
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(src)) {
    if (!entry.is_regular_file()) continue;
    const fs::path inside = fs::relative(entry.path(), src);
    LayersFile file{inside.begin()->string(), inside, {}};
    std::istringstream in(test::read_bytes(entry.path()));
    for (std::string line; std::getline(in, line);) file.lines.push_back(line);
    files.push_back(std::move(file));
  }
  return files;
}

// What the lines of a file include in quotes ('"') or angle brackets ('<').
std::vector<std::string> layers_includes(const LayersFile& file, char opening) {
  static const std::regex kInclude(R"(\s*#\s*include\s*(["<])([^">]+)[">].*)");
  std::vector<std::string> names;
  for (const std::string& line : file.lines) {
    std::smatch match;
    if (std::regex_match(line, match, kInclude) && *match[1].first == opening) {
      names.push_back(match[2]);
    }
  }
  return names;
}

bool layers_may_include(const std::string& floor, const std::string& other) {
  const std::string below = " " + kFloorsBelow.at(floor) + " ";
  return other == floor || below.find(" " + other + " ") != std::string::npos;
}

TEST(Layers, a_floor_includes_itself_and_what_stands_below) {
  std::size_t seen = 0;
  for (const LayersFile& file : layers_files()) {
    ASSERT_TRUE(kFloorsBelow.contains(file.floor)) << file.path << " stands on no floor";
    for (const std::string& name : layers_includes(file, '"')) {
      const std::string other = name.substr(0, name.find('/'));
      EXPECT_TRUE(layers_may_include(file.floor, other)) << file.path << " includes " << name;
      ++seen;
    }
  }
  EXPECT_GT(seen, 50U);
}

TEST(Layers, a_library_is_known_on_one_floor) {
  std::map<std::string, std::size_t> seen;
  std::set<std::string> toml_sources;
  for (const LayersFile& file : layers_files()) {
    for (const std::string& name : layers_includes(file, '<')) {
      for (const auto& [library, floor] : kLibraryFloor) {
        if (!name.starts_with(library)) continue;
        EXPECT_EQ(file.floor, floor) << file.path << " includes " << name;
        ++seen[library];
        if (library == "toml++/") toml_sources.insert(file.path.string());
      }
    }
  }
  EXPECT_GT(seen["simdjson"], 0U);
  EXPECT_EQ(seen["CLI/"], 1U) << "CLI11 costs five seconds in each source that includes it";
  EXPECT_EQ(toml_sources.size(), 1U) << "toml++ costs four seconds in each source that includes it";
}

TEST(Layers, no_file_is_longer_than_400_lines) {
  for (const LayersFile& file : layers_files()) EXPECT_LE(file.lines.size(), 400U) << file.path;
}

TEST(Layers, the_program_starts_without_libgit2) {
  std::FILE* pipe = popen("ldd '" SDD_BINARY "' 2>&1", "r");
  ASSERT_NE(pipe, nullptr);
  std::string libraries;
  std::array<char, 4096> part{};
  while (std::fgets(part.data(), part.size(), pipe) != nullptr) libraries += part.data();
  ASSERT_EQ(pclose(pipe), 0) << libraries;
  EXPECT_NE(libraries.find("libc.so"), std::string::npos) << libraries;
  EXPECT_EQ(libraries.find("libgit2"), std::string::npos) << libraries;
}

}  // namespace
}  // namespace sdd
