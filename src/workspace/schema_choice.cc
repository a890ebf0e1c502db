#include "workspace/schema_choice.h"

#include <cstdlib>
#include <optional>
#include <system_error>

#include "json/embedded_schema.h"
#include "json/limits.h"
#include "workspace/read_file.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFileName = "sdd-spec-schema.json";

// The file to read; nothing: the built-in schema.
std::optional<fs::path> schema_file(const std::string& named, const Layout* layout,
                                    const fs::path& current) {
  if (!named.empty()) return current / named;
  if (layout != nullptr && !layout->config().schema.empty()) return layout->config().schema;
  std::error_code error;
  const char* cache = std::getenv("CLAUDE_SDD_SCHEMA_CACHE");
  if (cache != nullptr && *cache != '\0') {
    const fs::path file = current / cache / kFileName;
    if (fs::exists(file, error)) return file;
  }
  if (layout != nullptr) {
    const fs::path file = own_schema(*layout);
    if (fs::exists(file, error)) return file;
  }
  return std::nullopt;
}

}  // namespace

fs::path own_schema(const Layout& layout) {
  return layout.specs_dir().parent_path() / "schema" / kFileName;
}

Result<SchemaChoice> choose_schema(const std::string& named, const Layout* layout,
                                   const fs::path& current) {
  const auto file = schema_file(named, layout, current);
  if (!file) {
    auto schema = json::Schema::compile(json::embedded_spec_schema(), "built-in",
                                        json::Schema::Trust::kKnownGood);
    if (!schema) return tl::unexpected(schema.error());
    return SchemaChoice{std::move(*schema), "built-in", true};
  }
  std::string text;
  const auto read = read_file(*file, json::Limits{}.max_bytes, text);
  if (!read) return tl::unexpected(read.error());
  const std::string shown = layout != nullptr ? layout->shown(*file) : file->string();
  auto schema = json::Schema::compile(text, shown);
  if (!schema) return tl::unexpected(schema.error());
  return SchemaChoice{std::move(*schema), shown, false};
}

Result<std::string> schema_text(const std::string& named, const Layout* layout,
                                const fs::path& current) {
  const auto file = schema_file(named, layout, current);
  if (!file) return std::string(json::embedded_spec_schema());
  std::string text;
  const auto read = read_file(*file, json::Limits{}.max_bytes, text);
  if (!read) return tl::unexpected(read.error());
  return text;
}

}  // namespace sdd::workspace
