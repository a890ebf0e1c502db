// What violations say, in the words of whoever wrote the document.
#pragma once

#include <string>
#include <string_view>

#include "json/schema_program.h"

namespace sdd::json {

// The value for a message: 'text', 12, null, "an array" … cut where it is long, safe for a
// terminal.
std::string shown(Value value);

// A value that has none of the types (TypeBits).
std::string describe_type(std::uint64_t types, Value value);

// For a keyword that looks at one value and nothing below it (`minimum`, `enum` …).
std::string describe(const Program& program, const Instruction& instruction, Value value);

// Of a name: "'owner'".
std::string describe_missing(std::string_view name);

}  // namespace sdd::json
