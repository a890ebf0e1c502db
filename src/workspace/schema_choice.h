// Which JSON schema specs are held against.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/error.h"
#include "json/schema.h"
#include "workspace/layout.h"

namespace sdd::workspace {

struct SchemaChoice {
  std::shared_ptr<const json::Schema> schema;
  std::string source;  // "built-in", or the path of the file
  bool built_in = true;
};

// `named` (--schema; "" = not given), else the one that .sdd.toml names, else
// $CLAUDE_SDD_SCHEMA_CACHE/sdd-spec-schema.json, else the repository's own
// (schema/sdd-spec-schema.json beside the specs folder), else the built-in one. Errors: kNotFound,
// kPermission, kIo for a file that is named, kBadSchema for one that is no schema or uses what sdd
// does not support.
Result<SchemaChoice> choose_schema(const std::string& named, const Layout* layout,
                                   const std::filesystem::path& current);

// Where a repository keeps a schema of its own.
std::filesystem::path own_schema(const Layout& layout);

// The text of the schema that choose_schema would take.
Result<std::string> schema_text(const std::string& named, const Layout* layout,
                                const std::filesystem::path& current);

}  // namespace sdd::workspace
