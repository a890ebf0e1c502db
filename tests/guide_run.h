// Running a guide: each `$ …` line of its console blocks is run by bash, in order and in one
// folder, and what the guide says it prints is what it prints. A line "…" stands for any number of
// lines. Hashes are compared as "#".
#pragma once

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

namespace sdd::test {

struct GuideStep {
  std::string command;
  std::vector<std::string> output;
};

inline std::vector<GuideStep> steps_of_guide(const std::string& text) {
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

inline std::vector<std::string> guide_lines(const std::string& text) {
  static const std::regex kHash("[0-9a-f]{8,64}");
  std::vector<std::string> lines;
  std::istringstream in(std::regex_replace(text, kHash, "#"));
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Whether the lines are those expected, "…" standing for any number of them (one "…" at most).
inline bool prints_as_told(const std::vector<std::string>& told,
                           const std::vector<std::string>& printed) {
  const auto gap = std::find(told.begin(), told.end(), "…");
  if (gap == told.end()) return told == printed;
  const auto behind = static_cast<std::size_t>(told.end() - gap - 1);
  const auto before = static_cast<std::size_t>(gap - told.begin());
  return printed.size() >= before + behind && std::equal(told.begin(), gap, printed.begin()) &&
         std::equal(gap + 1, told.end(), printed.end() - static_cast<std::ptrdiff_t>(behind));
}

// Runs the steps with $FIXTURES set.
inline void expect_steps_as_told(const std::vector<GuideStep>& steps) {
  const TempFolder temp;
  const std::filesystem::path here = temp.path() / "here";
  std::filesystem::create_directories(here);
  // One for all steps: what a guide configures stays.
  const std::string home = temp.path().string();
  const std::string places =
      "FIXTURES='" + (source_dir() / "fixtures").string() + "' SDD_AUTHOR=Ada HOME='" + home + "'";
  for (const GuideStep& step : steps) {
    temp.write("script", "exec 2>&1\n" + step.command + "\n");
    const auto ran = run_shell("../script", here, places);
    std::string told;
    for (const std::string& line : step.output) told += line + "\n";
    EXPECT_TRUE(prints_as_told(guide_lines(told), guide_lines(ran.out)))
        << "$ " << step.command << "\n--- as the guide says\n"
        << told << "--- as it is\n"
        << ran.out;
  }
}

// Runs docs/guide/<name>.md, and expects at least so many steps.
inline void expect_guide_as_told(const std::string& name, std::size_t least_steps) {
  const auto steps = steps_of_guide(read_bytes(source_dir() / "docs" / "guide" / (name + ".md")));
  EXPECT_GE(steps.size(), least_steps);
  expect_steps_as_told(steps);
}

}  // namespace sdd::test
