#pragma once

#include <string_view>

namespace sdd::json {

// The text of schemas/spec.schema.json, as it stood when the program was built.
std::string_view embedded_spec_schema();

}  // namespace sdd::json
