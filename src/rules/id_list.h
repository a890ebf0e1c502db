// Ids in a message.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sdd::rules {

// The first `most` ids in quotes and the number of the rest: "'a', 'b', 'c' and 4 more".
std::string id_list(const std::vector<std::string_view>& ids, std::size_t most);

}  // namespace sdd::rules
