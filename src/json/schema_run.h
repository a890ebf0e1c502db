// run_program: holds a value against a compiled schema.
#pragma once

#include <vector>

#include "json/schema.h"
#include "json/schema_program.h"

namespace sdd::json {

// Whether `instance` is valid. With `out`, every violation is appended to it; without, the first
// ends the run.
bool run_program(const Program& program, Value instance, std::vector<Violation>* out);

}  // namespace sdd::json
