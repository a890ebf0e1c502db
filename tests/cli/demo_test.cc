// The demo's README names every fault that is in it, each with its code and its line.
#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "cli_run.h"
#include "json/tree.h"
#include "support.h"

namespace sdd::cli {
namespace {

// "SDD302 specs/active/x.json:28"
using DemoFaults = std::set<std::string>;

std::string demo_fault(std::string_view code, std::string_view path, std::string_view line) {
  return std::string(code) + " " + std::string(path) + ":" + std::string(line);
}

std::vector<std::string> cells_of(const std::string& row) {
  std::vector<std::string> cells;
  std::istringstream in(row);
  for (std::string cell; std::getline(in, cell, '|');) {
    const std::size_t begin = cell.find_first_not_of(" `");
    const std::size_t end = cell.find_last_not_of(" `");
    cells.push_back(begin == std::string::npos ? "" : cell.substr(begin, end - begin + 1));
  }
  return cells;
}

// The rows of its tables; an empty first cell repeats the file above.
DemoFaults faults_in_readme(const std::string& readme) {
  DemoFaults faults;
  std::string path;
  std::istringstream in(readme);
  for (std::string row; std::getline(in, row);) {
    const std::vector<std::string> cells = cells_of(row);
    if (cells.size() < 4) continue;
    if (!cells[1].empty()) path = cells[1];
    if (!cells[2].starts_with("SDD")) continue;
    const std::size_t line = cells[3].find("line ");
    const std::string number = line == std::string::npos ? "" : cells[3].substr(line + 5);
    faults.insert(
        demo_fault(cells[2], path, number.substr(0, number.find_first_not_of("0123456789"))));
  }
  return faults;
}

TEST(Demo, has_the_faults_that_its_readme_names_and_no_other) {
  const std::filesystem::path demo = test::source_dir() / "fixtures" / "demo";
  const test::Ran ran = test::run_sdd({"check", "--json"}, demo);
  json::Parser parser;
  json::Tree tree;
  ASSERT_TRUE(parser.parse(ran.out, tree)) << ran.out << ran.err;
  DemoFaults found;
  for (const json::Value finding : tree.root().find("findings").elements()) {
    found.insert(demo_fault(finding.find("code").string(), finding.find("path").string(),
                            finding.find("line").raw()));
  }
  EXPECT_EQ(found, faults_in_readme(test::read_bytes(demo / "README.md")));
  EXPECT_GT(found.size(), 20U);
}

}  // namespace
}  // namespace sdd::cli
