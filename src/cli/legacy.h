// Commands of the older Python toolkit that sdd does not have: handed on to that program when
// $SDD_LEGACY names it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace sdd::cli {

// Whether the older toolkit has a command of this name.
bool is_legacy_command(std::string_view name);

// Replaces this process by $SDD_LEGACY with the same arguments. Returns only when that is not to
// be: nothing when the variable is not set, an Error when the program cannot be executed or is
// this one.
std::optional<Error> hand_to_legacy(const std::vector<std::string>& words);

}  // namespace sdd::cli
