// find_unchecked_members: see Schema::unchecked_members().
#pragma once

#include <string_view>
#include <vector>

#include "json/schema_program.h"

namespace sdd::json {

std::vector<Value> find_unchecked_members(const Program& program, std::string_view name,
                                          Value object);

}  // namespace sdd::json
