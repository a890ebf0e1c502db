// What `sdd explain` and the pages of docs/rules/ say alike.
#pragma once

#include <string>
#include <vector>

#include "rules/rule.h"

namespace sdd::cli {

// The names of the commands that run the rule, of those that this program has.
std::vector<std::string> commands_of(const rules::Rule& rule);

}  // namespace sdd::cli
