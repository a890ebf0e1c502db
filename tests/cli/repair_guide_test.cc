// docs/guide/repair.md and git.md, executed: each `$ …` line of its console blocks is run by bash,
// in order and in one folder, and what the guide says it prints is what it prints. A line "…"
// stands for any number of lines. Hashes are compared as "#".
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "shell_run.h"
#include "support.h"
#include "temp_folder.h"

namespace sdd::cli {
namespace {

struct GuideStep {
  std::string command;
  std::vector<std::string> output;
};

std::vector<GuideStep> steps_of_guide(const std::string& text) {
  std::vector<GuideStep> steps;
  std::istringstream in(text);
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("```")) {
      inside = line == "```console";
    } else if (inside && line.starts_with("$ ")) {
      steps.push_back({line.substr(2), {}});
    } else if (inside && !steps.empty()) {
      steps.back().output.push_back(line);
    }
  }
  return steps;
}

std::vector<std::string> guide_lines(const std::string& text) {
  static const std::regex kHash("[0-9a-f]{8,64}");
  std::vector<std::string> lines;
  std::istringstream in(std::regex_replace(text, kHash, "#"));
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Whether the lines are those expected, "…" standing for any number of them (one "…" at most).
bool prints_as_told(const std::vector<std::string>& told, const std::vector<std::string>& printed) {
  const auto gap = std::find(told.begin(), told.end(), "…");
  if (gap == told.end()) return told == printed;
  const auto behind = static_cast<std::size_t>(told.end() - gap - 1);
  const auto before = static_cast<std::size_t>(gap - told.begin());
  return printed.size() >= before + behind && std::equal(told.begin(), gap, printed.begin()) &&
         std::equal(gap + 1, told.end(), printed.end() - static_cast<std::ptrdiff_t>(behind));
}

void expect_guide_is_true(const char* name) {
  const auto steps = steps_of_guide(test::read_bytes(test::source_dir() / "docs" / "guide" / name));
  EXPECT_GE(steps.size(), 8U);
  const test::TempFolder temp;
  const std::filesystem::path here = temp.path() / "here";
  std::filesystem::create_directories(here);
  const std::string places =
      "FIXTURES='" + (test::source_dir() / "fixtures").string() + "' SDD_AUTHOR=Ada";
  for (const GuideStep& step : steps) {
    temp.write("script", step.command + " 2>&1\n");
    const auto ran = test::run_shell("../script", here, places);
    std::string told;
    for (const std::string& line : step.output) told += line + "\n";
    EXPECT_TRUE(prints_as_told(guide_lines(told), guide_lines(ran.out)))
        << "$ " << step.command << "\n--- as the guide says\n"
        << told << "--- as it is\n"
        << ran.out;
  }
}

TEST(RepairGuide, is_as_the_program_does_it) { expect_guide_is_true("repair.md"); }

TEST(GitGuide, is_as_the_program_does_it) { expect_guide_is_true("git.md"); }

}  // namespace
}  // namespace sdd::cli
