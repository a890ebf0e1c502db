// Scenarios: what a user types and what happens, one folder each in fixtures/cli/:
//
//   what_happens/cmd      run by bash in a fresh folder, `sdd` first on PATH
//   what_happens/in/      what lies in that folder before (may be missing)
//   what_happens/out      stdout, err: stderr, exit: the exit code (missing: nothing, nothing, 0)
//   what_happens/after/   what lies in the folder afterwards; missing: it is not looked at
//
// In `cmd` $HERE is the fresh folder and $FIXTURES the project's fixtures/; in `out` and `err` both
// stand for their paths. SDD_UPDATE_SCENARIOS=1 rewrites out, err, exit and after/ (where it is) to
// what happens now; look at the difference before you commit it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "shell_run.h"
#include "support.h"
#include "temp_folder.h"

namespace sdd::test {
namespace {

namespace fs = std::filesystem;

struct Scenario {
  fs::path folder;
  friend void PrintTo(const Scenario& scenario, std::ostream* out) {
    *out << scenario.folder.filename().string();
  }
};

fs::path scenarios_folder() { return source_dir() / "fixtures" / "cli"; }

std::vector<Scenario> all_scenarios() {
  std::vector<Scenario> scenarios;
  for (const auto& entry : fs::directory_iterator(scenarios_folder())) {
    if (entry.is_directory()) scenarios.push_back({entry.path()});
  }
  std::sort(scenarios.begin(), scenarios.end(),
            [](const Scenario& a, const Scenario& b) { return a.folder < b.folder; });
  return scenarios;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
    at += to.size();
  }
  return text;
}

void write_bytes(const fs::path& file, const std::string& bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
}

// `results/here` is the scenario's folder. An empty `.git` above it ends every search for specs.
ShellRan play(const Scenario& scenario, const fs::path& results) {
  const fs::path here = results / "here";
  fs::create_directories(results / ".git");
  if (fs::exists(scenario.folder / "in")) {
    fs::copy(scenario.folder / "in", here, fs::copy_options::recursive);
  }
  fs::create_directories(here);
  const fs::path fixtures = source_dir() / "fixtures";
  ShellRan ran = run_shell("'" + (scenario.folder / "cmd").string() + "'", here,
                           "HERE='" + here.string() + "' FIXTURES='" + fixtures.string() + "'");
  for (std::string* text : {&ran.out, &ran.err}) {
    *text = replaced(*text, here.string(), "$HERE");
    *text = replaced(*text, fixtures.string(), "$FIXTURES");
  }
  return ran;
}

// Every file below `folder` with its bytes; links with where they lead.
std::map<std::string, std::string> files_below(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().lexically_relative(folder).string();
    if (entry.is_symlink()) {
      files[name] = "-> " + fs::read_symlink(entry.path()).string();
    } else if (entry.is_regular_file()) {
      files[name] = read_bytes(entry.path());
    }
  }
  return files;
}

void update(const Scenario& scenario, const ShellRan& outcome, const fs::path& here) {
  const auto keep = [&](const char* name, const std::string& text, bool wanted) {
    fs::remove(scenario.folder / name);
    if (wanted) write_bytes(scenario.folder / name, text);
  };
  keep("out", outcome.out, !outcome.out.empty());
  keep("err", outcome.err, !outcome.err.empty());
  keep("exit", std::to_string(outcome.exit) + "\n", outcome.exit != 0);
  if (!fs::exists(scenario.folder / "after")) return;
  fs::remove_all(scenario.folder / "after");
  fs::copy(here, scenario.folder / "after",
           fs::copy_options::recursive | fs::copy_options::copy_symlinks);
}

int expected_exit(const Scenario& scenario) {
  const std::string text = read_bytes(scenario.folder / "exit");
  return text.empty() ? 0 : std::stoi(text);
}

class Scenarios : public testing::TestWithParam<Scenario> {};

TEST_P(Scenarios, happens) {
  const TempFolder results;
  const ShellRan outcome = play(GetParam(), results.path());
  const fs::path& folder = GetParam().folder;
  if (std::getenv("SDD_UPDATE_SCENARIOS") != nullptr) {
    update(GetParam(), outcome, results.path() / "here");
    return;
  }
  EXPECT_EQ(outcome.out, read_bytes(folder / "out"));
  EXPECT_EQ(outcome.err, read_bytes(folder / "err"));
  EXPECT_EQ(outcome.exit, expected_exit(GetParam()));
  if (fs::exists(folder / "after")) {
    EXPECT_EQ(files_below(results.path() / "here"), files_below(folder / "after"));
  }
}

INSTANTIATE_TEST_SUITE_P(Cli, Scenarios, testing::ValuesIn(all_scenarios()),
                         [](const testing::TestParamInfo<Scenario>& one) {
                           std::string name = one.param.folder.filename().string();
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace sdd::test
