// docs/guide/ci.md, executed, with what it points at: the action for GitHub and the GitLab
// template.
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "guide_run.h"
#include "json/tree.h"
#include "workspace/config.h"

namespace sdd::cli {
namespace {

namespace fs = std::filesystem;

// The first fenced block of the language.
std::string ci_block(const std::string& language) {
  const std::string text = test::read_bytes(test::source_dir() / "docs" / "guide" / "ci.md");
  const std::string fence = "```" + language + "\n";
  const std::size_t begin = text.find(fence);
  if (begin == std::string::npos) return "";
  return text.substr(begin + fence.size(), text.find("\n```", begin) + 1 - begin - fence.size());
}

class CiRoom {
 public:
  CiRoom() {
    fs::copy(test::source_dir() / "fixtures" / "demo", here(), fs::copy_options::recursive);
  }
  fs::path here() const { return temp_.path() / "here"; }
  test::ShellRan run(const std::string& script, const std::string& environment = "") const {
    temp_.write("script", script);
    return test::run_shell("../script", here(), environment);
  }
  std::string file(const std::string& name) const { return test::read_bytes(here() / name); }

 private:
  test::TempFolder temp_;
};

bool is_json(const std::string& text) {
  json::Parser parser;
  json::Tree tree;
  return parser.parse(text, tree);
}

TEST(CiGuide, is_as_the_program_does_it) { test::expect_guide_as_told("ci", 4); }

TEST(CiGuide, shows_lines_for_any_server_that_work) {
  const CiRoom room;
  const auto ran = room.run(ci_block("sh"));
  EXPECT_EQ(ran.exit, 2) << ran.err;
  EXPECT_TRUE(room.file("sdd-junit.xml").starts_with("<?xml"));
  EXPECT_NE(room.file("sdd-junit.xml").find("<failure"), std::string::npos)
      << "the demo has errors";
}

TEST(CiGuide, shows_a_policy_that_is_read) {
  const auto config = workspace::read_config(ci_block("toml"), "/");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->required_metadata, std::vector<std::string>{"work_item_spec"});
}

std::string github_action(const std::string& script) {
  return "'" + (test::source_dir() / "scripts" / script).string() + "'";
}

TEST(GithubAction, annotates_sums_up_and_writes_sarif) {
  const CiRoom room;
  const auto ran =
      room.run(github_action("github-action"),
               "GITHUB_STEP_SUMMARY=summary GITHUB_OUTPUT=output SDD_SARIF=it.sarif SDD_FOLDER=. "
               "SDD_ARGUMENTS='--select  SDD3,SDD802 --fail-on warning'");
  EXPECT_EQ(ran.exit, 2) << ran.err;
  EXPECT_TRUE(ran.out.starts_with("::error file=")) << ran.out;
  EXPECT_TRUE(room.file("summary").starts_with("### sdd: ")) << room.file("summary");
  EXPECT_EQ(room.file("output"), "exit-code=2\n");
  EXPECT_TRUE(is_json(room.file("it.sarif")));
}

TEST(GithubAction, names_files_from_the_checkout_s_top) {
  const CiRoom room;
  const auto ran = room.run("cd .. && exec " + github_action("github-action"), "SDD_FOLDER=here");
  EXPECT_NE(ran.out.find("::error file=here/"), std::string::npos) << ran.out << ran.err;
}

TEST(GithubAction, says_when_it_could_not_work) {
  const CiRoom room;
  const auto ran = room.run(github_action("github-action"), "SDD_ARGUMENTS=--no-such SDD_SARIF=x");
  EXPECT_EQ(ran.exit, 3);
  EXPECT_NE(ran.out.find("::error title=sdd::"), std::string::npos) << ran.out;
}

// action.yml hands every input to the script, and no other; the script reads what it is handed.
TEST(GithubAction, hands_each_input_on) {
  const std::string action = test::read_bytes(test::source_dir() / "action.yml");
  const std::string script = test::read_bytes(test::source_dir() / "scripts" / "github-action");
  std::set<std::string> declared;
  std::set<std::string> used;
  std::set<std::string> variables;
  std::istringstream in(action);
  bool in_inputs = false;
  for (std::string line; std::getline(in, line);) {
    std::smatch match;
    if (!line.starts_with(' ')) in_inputs = line == "inputs:";
    if (in_inputs && std::regex_match(line, match, std::regex("  ([a-z-]+):"))) {
      declared.insert(match[1]);
    }
    static const std::regex kHanded("        (SDD_[A-Z]+): \\$\\{\\{ inputs\\.([a-z-]+) \\}\\}");
    if (std::regex_match(line, match, kHanded)) {
      variables.insert(match[1]);
      used.insert(match[2]);
    }
  }
  EXPECT_EQ(declared, used);
  EXPECT_EQ(declared.size(), 4U);
  for (const std::string& variable : variables) {
    EXPECT_NE(script.find("${" + variable + "-}"), std::string::npos) << variable;
  }
}

// The lines behind `script:` of the template, run as GitLab does: one after the other until one
// fails.
TEST(GitlabTemplate, writes_its_reports_and_fails_by_what_is_found) {
  const std::string text = test::read_bytes(test::source_dir() / "hooks" / "gitlab-ci.yml");
  std::istringstream in(text);
  std::string script = "set -e\n";
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (inside && line.starts_with("    - ")) script += line.substr(6) + "\n";
    if (line.starts_with("  ") && line[2] != ' ') inside = line == "  script:";
  }
  const CiRoom room;
  const auto ran = room.run(script);
  EXPECT_EQ(ran.exit, 2) << ran.err;
  for (const std::string name : {"gl-code-quality-report.json", "sdd-junit.xml"}) {
    EXPECT_NE(text.find(": " + name), std::string::npos) << name << " is no artifact";
    EXPECT_FALSE(room.file(name).empty()) << name;
  }
  EXPECT_TRUE(is_json(room.file("gl-code-quality-report.json")));
}

}  // namespace
}  // namespace sdd::cli
