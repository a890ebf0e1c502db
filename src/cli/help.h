// Help, written from the commands' own data.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/command.h"

namespace sdd::cli {

// What `sdd --help` prints: every command with its line, the global options, the exit codes.
std::string overview();

// What `sdd COMMAND --help` prints.
std::string help_of(const Command& command);

// What an exit code means, in the order of the codes.
struct ExitMeaning {
  int code = 0;
  const char* meaning = "";
};
std::span<const ExitMeaning> exit_meanings();

// "--quiet" for "-q,--quiet"; a positional's name as it is.
std::string long_name(const Option& option);
// "-q"; "" when there is none.
std::string short_name(const Option& option);
bool is_positional(const Option& option);
// "auto", "always" and "never" of "auto|always|never"; empty when the value has no choices.
std::vector<std::string> choices_of(const Option& option);

// "-q, --quiet", "--jobs N"
std::string label_of(const Option& option);

// "sdd validate [OPTIONS] [SPEC…]"
std::string usage_of(const Command& command);

}  // namespace sdd::cli
