// The command line, read into Arguments. The only source that knows CLI11 is parse.cc.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "cli/command.h"

namespace sdd::cli {

// Where the name of the command stands among `words`, or words.size(): the first word that is
// neither a global option nor a global option's value.
std::size_t find_command_word(const std::vector<std::string>& words);

// Reads `words` (the command's name taken out) as options and arguments of `command` and as global
// options. Errors: kUsage, with what was probably meant.
Result<Arguments> parse(const Command& command, const std::vector<std::string>& words);

}  // namespace sdd::cli
