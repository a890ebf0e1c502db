// Help, written from the commands' own data.
#pragma once

#include <string>

#include "cli/command.h"

namespace sdd::cli {

// What `sdd --help` prints: every command with its line, the global options, the exit codes.
std::string overview();

// What `sdd COMMAND --help` prints.
std::string help_of(const Command& command);

// "-q, --quiet", "--jobs N"
std::string label_of(const Option& option);

// "sdd validate [OPTIONS] [SPEC…]"
std::string usage_of(const Command& command);

}  // namespace sdd::cli
