// The guides' commands, executed: each `sdd …` line of a fenced block without a language, in order,
// in a copy of the demo. A block ends with exit code 0 unless `<!-- exits N -->` stands before it.
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "cli_run.h"
#include "support.h"
#include "temp_folder.h"

namespace sdd::cli {
namespace {

struct GuideCommand {
  std::vector<std::string> words;
  int exit = 0;
};

std::vector<GuideCommand> commands_of_guide(const std::string& text) {
  std::vector<GuideCommand> commands;
  bool in_block = false;
  bool plain = false;
  int exit = 0;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("<!-- exits ")) exit = std::stoi(line.substr(11));
    if (line.starts_with("```")) {
      plain = !in_block && line == "```";
      in_block = !in_block;
      if (!in_block) exit = 0;
    } else if (in_block && plain && line.starts_with("sdd ")) {
      std::istringstream rest(line.substr(4));
      GuideCommand command{{}, exit};
      for (std::string word; rest >> word;) command.words.push_back(word);
      commands.push_back(command);
    }
  }
  return commands;
}

TEST(Guides, of_adoption_is_as_the_program_does_it) {
  const test::TempFolder temp;
  std::filesystem::copy(test::source_dir() / "fixtures" / "demo", temp.path() / "demo",
                        std::filesystem::copy_options::recursive);
  const auto commands =
      commands_of_guide(test::read_bytes(test::source_dir() / "docs" / "guide" / "adopt.md"));
  EXPECT_GE(commands.size(), 6U);
  for (const GuideCommand& command : commands) {
    const test::Ran ran = test::run_sdd(command.words, temp.path() / "demo");
    EXPECT_EQ(ran.exit, command.exit)
        << testing::PrintToString(command.words) << ran.out << ran.err;
  }
  EXPECT_TRUE(std::filesystem::exists(temp.path() / "demo" / ".sdd-baseline.json"));
}

}  // namespace
}  // namespace sdd::cli
