// The lines for an AGENTS.md: there are some thirty, and every command in them works in turn.
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "shell_run.h"
#include "support.h"
#include "temp_folder.h"

namespace sdd::cli {
namespace {

std::vector<std::string> lines_to_paste() {
  std::vector<std::string> lines;
  std::istringstream in(test::read_bytes(test::source_dir() / "docs" / "guide" / "agents.md"));
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("```")) {
      inside = line == "```markdown";
    } else if (inside) {
      lines.push_back(line);
    }
  }
  return lines;
}

TEST(AgentsGuide, is_short_and_every_command_in_it_works) {
  const auto lines = lines_to_paste();
  EXPECT_GE(lines.size(), 25U);
  EXPECT_LE(lines.size(), 40U);
  std::string script = "set -e\n";
  std::size_t commands = 0;
  for (const std::string& line : lines) {
    if (!line.starts_with("    sdd ")) continue;
    script +=
        line.substr(4) + " || { echo \"failed: " + std::to_string(commands) + "\"; exit 1; }\n";
    ++commands;
  }
  EXPECT_GE(commands, 9U);
  const test::TempFolder temp;
  std::filesystem::copy(test::source_dir() / "fixtures" / "updates", temp.path() / "here",
                        std::filesystem::copy_options::recursive);
  std::filesystem::copy(
      test::source_dir() / "fixtures" / "cli" / "add_entry_begins_a_log" / "in" / "memory_bank",
      temp.path() / "here" / "memory_bank", std::filesystem::copy_options::recursive);
  temp.write("script", script);
  const auto ran = test::run_shell("../script", temp.path() / "here", "SDD_AUTHOR=agent");
  EXPECT_EQ(ran.exit, 0) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("task-2-1: status in_progress → completed"), std::string::npos);
}

}  // namespace
}  // namespace sdd::cli
