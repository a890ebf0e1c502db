// The table of commands: what help, docs/commands.md and parsing are derived from.
#include "cli/help.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "cli/legacy.h"

namespace sdd::cli {
namespace {

TEST(Commands, have_unique_names_that_the_older_toolkit_is_not_asked_for) {
  std::set<std::string> names;
  for (const Command* command : all_commands()) {
    EXPECT_TRUE(names.insert(command->name).second) << command->name;
    EXPECT_EQ(find_command(command->name), command);
    EXPECT_NE(command->run, nullptr);
  }
  EXPECT_EQ(find_command("no-such-command"), nullptr);
}

TEST(Commands, say_what_they_do_in_one_line_and_show_an_example) {
  for (const Command* command : all_commands()) {
    const std::string summary = command->summary;
    EXPECT_FALSE(summary.empty()) << command->name;
    EXPECT_LE(summary.size(), 80U) << command->name;
    EXPECT_NE(summary.back(), '.') << command->name;
    EXPECT_EQ(std::string(command->example).find(std::string("sdd ") + command->name), 0U)
        << command->name;
  }
}

TEST(Commands, have_options_of_their_own_with_a_line_of_help) {
  for (const Command* command : all_commands()) {
    std::set<std::string> names;
    for (const auto options : {command->options, global_options()}) {
      for (const Option& option : options) {
        EXPECT_TRUE(names.insert(option.name).second) << command->name << " " << option.name;
        EXPECT_FALSE(std::string(option.help).empty()) << command->name << " " << option.name;
        const bool takes_value = option.takes == Takes::kValue || option.takes == Takes::kList ||
                                 option.takes == Takes::kPerhaps;
        // An argument names its choices where it has some.
        const bool may_have_choices = option.takes == Takes::kArgument;
        EXPECT_TRUE(may_have_choices || (option.value != nullptr) == takes_value)
            << command->name << " " << option.name;
      }
    }
  }
}

TEST(Help, names_every_command_and_every_option) {
  const std::string all = overview();
  for (const Command* command : all_commands()) {
    EXPECT_NE(all.find(std::string("\n  ") + command->name + " "), std::string::npos);
    const std::string help = help_of(*command);
    EXPECT_NE(help.find(usage_of(*command)), std::string::npos);
    EXPECT_NE(help.find(command->example), std::string::npos);
    for (const Option& option : command->options) {
      EXPECT_NE(help.find("  " + label_of(option) + " "), std::string::npos)
          << command->name << " " << option.name;
    }
  }
}

TEST(Help, shows_how_arguments_are_given) {
  constexpr Option kShown[] = {{"SPEC", Takes::kArgument, nullptr, "x"},
                               {"TASK", Takes::kOptional, nullptr, "x"},
                               {"PATH", Takes::kArguments, nullptr, "x"},
                               {"-n,--number", Takes::kValue, "N", "x"}};
  EXPECT_EQ(usage_of({"demo", "", "", "", kShown, nullptr}),
            "sdd demo [OPTIONS] SPEC [TASK] [PATH…]");
  EXPECT_EQ(label_of(kShown[3]), "-n, --number N");
}

TEST(Legacy, knows_the_older_toolkits_commands_and_no_others) {
  EXPECT_TRUE(is_legacy_command("next-task"));
  EXPECT_TRUE(is_legacy_command("prepare-task"));
  EXPECT_FALSE(is_legacy_command("next-tsk"));
  EXPECT_FALSE(is_legacy_command(""));
}

}  // namespace
}  // namespace sdd::cli
