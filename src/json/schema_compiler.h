// compile_program: from the text of a schema to a Program.
#pragma once

#include <string_view>

#include "base/error.h"
#include "json/schema_program.h"

namespace sdd::json {

// kBadSchema, with the place, for what is no schema, or uses what we do not support. `trusted`: the
// schema is known to be one; it is not held against the meta-schema, and its patterns are compiled
// when they are first needed.
Result<Program> compile_program(std::string_view text, std::string_view name, bool trusted);

}  // namespace sdd::json
