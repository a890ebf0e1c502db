// The meta-schema of draft-07: what a schema must look like to be one.
#pragma once

#include <string_view>

namespace sdd::json {

inline constexpr std::string_view kMetaSchemaUri = "http://json-schema.org/draft-07/schema";

std::string_view meta_schema_text();

}  // namespace sdd::json
