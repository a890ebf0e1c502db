// Completions and manual page: each names everything that the tables have, and the programs that
// they are for take them. zsh and fish are asked where they are installed.
#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>
#include <regex>
#include <string>

#include "cli/command.h"
#include "cli/help.h"
#include "shell_run.h"
#include "support.h"
#include "temp_folder.h"

namespace sdd::cli {
namespace {

namespace fs = std::filesystem;

bool has_program(const std::string& name) {
  for (const char* folder : {"/usr/bin/", "/bin/", "/usr/local/bin/"}) {
    if (fs::exists(folder + name)) return true;
  }
  std::cout << "[  ABSENT  ] " << name << " is not there: not tested with it\n";
  return false;
}

class Completing {
 public:
  Completing() {
    fs::copy(test::source_dir() / "fixtures" / "updates", temp_.path() / "here",
             fs::copy_options::recursive);
  }

  test::ShellRan run(const std::string& script) const {
    temp_.write("script", script);
    return test::run_shell("../script", temp_.path() / "here");
  }

  // What bash would offer behind `words`, the last of which is being typed.
  std::string offered(const std::string& words) const {
    return run("source <(sdd completions bash)\nCOMP_WORDS=(" + words +
               ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_sdd\necho \"${COMPREPLY[*]}\"\n")
        .out;
  }

 private:
  test::TempFolder temp_;
};

TEST(Completions, of_bash_are_read_without_a_word) {
  const Completing bash;
  const auto ran =
      bash.run("sdd completions bash >it && bash -n it && source it && complete -p sdd");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.err, "");
  EXPECT_NE(ran.out.find("-F _sdd sdd"), std::string::npos) << ran.out;
}

TEST(Completions, of_bash_offer_commands_options_choices_and_specs) {
  const Completing bash;
  EXPECT_EQ(bash.offered("sdd valid"), "validate\n");
  EXPECT_EQ(bash.offered("sdd --path . valid"), "validate\n");
  EXPECT_EQ(bash.offered("sdd check --summ"), "--summary\n");
  EXPECT_EQ(bash.offered("sdd check --specs-"), "--specs-dir\n");
  EXPECT_EQ(bash.offered("sdd check --format s"), "sarif\n");
  EXPECT_EQ(bash.offered("sdd --color a"), "auto always\n");
  EXPECT_EQ(bash.offered("sdd check --fail-on w"), "warning\n");
  EXPECT_EQ(bash.offered("sdd progress quay"), "quay-lights-2026-05-04-001\n");
  EXPECT_EQ(bash.offered("sdd validate x quay"), "quay-lights-2026-05-04-001\n");
  EXPECT_EQ(bash.offered("sdd move-spec --lock-timeout 3 quay-lights-2026-05-04-001 arch"),
            "archived\n");
  EXPECT_EQ(bash.offered("sdd check --schema a"), "\n") << "left to the shell: names of files";
  EXPECT_EQ(bash.offered("sdd check --summary --summ"), "--summary\n") << "a flag here";
  EXPECT_EQ(bash.offered("sdd no-such-command --pa"), "--path\n");
}

TEST(Completions, name_every_command_and_option) {
  const Completing shell;
  for (const std::string name : {"bash", "zsh", "fish"}) {
    const std::string text = shell.run("sdd completions " + name).out;
    EXPECT_FALSE(std::regex_search(text, std::regex("@[A-Z]+@"))) << name << ": an empty gap";
    for (const Command* command : all_commands()) {
      EXPECT_NE(text.find(command->name), std::string::npos) << name << " " << command->name;
      for (const Option& option : command->options) {
        if (is_positional(option)) continue;
        const std::string option_name = long_name(option).substr(2);
        EXPECT_NE(text.find(option_name), std::string::npos) << name << " " << option_name;
      }
    }
  }
}

TEST(Completions, of_other_shells_are_read_where_those_are) {
  const Completing shell;
  for (const std::string name : {"zsh", "fish"}) {
    if (!has_program(name)) continue;
    const auto ran = shell.run("sdd completions " + name + " >it && " + name + " -n it");
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(ran.err, "");
  }
}

TEST(Completions, of_an_unknown_shell_are_refused) {
  const auto ran = Completing().run("sdd completions tcsh");
  EXPECT_EQ(ran.exit, 3);
  EXPECT_NE(ran.err.find("'tcsh' is not one of bash, zsh and fish"), std::string::npos) << ran.err;
}

TEST(ManPage, names_every_command_option_and_exit_code) {
  const std::string page = Completing().run("sdd man").out;
  const auto escaped = [](std::string text) {
    for (std::size_t at = text.find('-'); at != std::string::npos; at = text.find('-', at + 2)) {
      text.insert(at, "\\");
    }
    return text;
  };
  for (const Command* command : all_commands()) {
    EXPECT_NE(page.find("\n.SS " + escaped(command->name) + "\n"), std::string::npos)
        << command->name;
    for (const Option& option : command->options) {
      EXPECT_NE(page.find(escaped(long_name(option))), std::string::npos) << option.name;
    }
  }
  for (const ExitMeaning& one : exit_meanings()) EXPECT_NE(page.find(one.meaning), page.npos);
  for (const char c : page) EXPECT_TRUE(c == '\n' || (c >= ' ' && c <= '~')) << int{c};
}

TEST(ManPage, is_printed_without_a_warning) {
  if (!has_program("groff")) return;
  const auto ran = Completing().run("sdd man | groff -man -Tutf8 -ww -z");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.err, "");
}

}  // namespace
}  // namespace sdd::cli
