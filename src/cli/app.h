// The whole program behind main(): finds the command, reads its options, runs it, and turns an
// Error into a sentence on stderr, or into the one JSON document on stdout when JSON was asked for.
#pragma once

#include <string>
#include <vector>

namespace sdd::cli {

// `words`: the command line without the program's name. Returns the exit code.
int run(const std::vector<std::string>& words);

// The version of this build ("0.1.0").
const char* version();

}  // namespace sdd::cli
