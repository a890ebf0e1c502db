// Config: what `.sdd.toml` says. The file lies at the root of a repository; Layout::find looks for
// it and keeps what it says (Layout::config()), so that every command goes by the same one.
//
//   const Config& config = layout->config();
//   config.folder.empty()                  // there is no such file: everything has its default
//   for (const ConfigKey& key : config_keys()) …     // for documentation and tests
//
// Every key is an option, too (but [[suppress]], which is a list of tables). An option that is
// given counts, the key does not: `--ignore SDD111` replaces the whole list `ignore`. Relative
// paths are relative to the file's folder. A key that is not known, a value of the wrong kind, a
// rule that does not exist: each is an error with its line and column, and nothing is checked. A
// misspelt key that is silently ignored would be a rule that somebody believes to be on.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "json/limits.h"
#include "rules/engine.h"
#include "rules/finding.h"
#include "text/span.h"

namespace sdd::workspace {

struct TomlValue;

inline constexpr const char* kConfigName = ".sdd.toml";
// A larger file is refused: people write this one by hand.
inline constexpr std::size_t kMaxConfigBytes = std::size_t{1} << 18U;

// The levels that users gave to rules; later ones count.
using Severities = std::vector<std::pair<const rules::Rule*, rules::Severity>>;

// One [[suppress]]: these findings are known and meant.
struct ConfigSuppression {
  Span span;                       // the line of `[[suppress]]` in the file
  std::string spec;                // a spec's id, a path below the root, or a pattern of either
  std::vector<std::string> codes;  // codes, names or prefixes; never empty
  std::string node;                // only findings about this node; "" = all
  std::string because;             // never empty
};

struct Config {
  std::filesystem::path folder;     // where the file lies; empty: there is none
  std::string text;                 // its bytes
  std::filesystem::path specs_dir;  // this and the paths below: absolute, "" = not said
  std::filesystem::path bank_dir;
  std::filesystem::path schema;
  std::filesystem::path baseline;
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  std::string fail_on;                         // "error", "warning", "never"; "" = not said
  std::string integration_branch;              // for SDD912; "" = off
  std::vector<std::string> required_metadata;  // members of `metadata` that SDD117 asks for
  Severities severities;
  json::Limits limits;
  std::size_t max_nodes = rules::kMaxNodes;
  std::vector<ConfigSuppression> suppressions;

  std::filesystem::path file() const { return folder / kConfigName; }
};

class ConfigReader;

struct ConfigKey {
  const char* table;   // "" or the table it stands in: "limits", "suppress"
  const char* name;    // "specs-dir"
  const char* value;   // an example of what it takes, in TOML
  const char* option;  // the option that beats it; nullptr: there is none
  const char* help;    // one line
  Result<void> (*read)(ConfigReader& reader, const TomlValue& value);
};

// All keys, tables behind what stands alone.
std::span<const ConfigKey> config_keys();

// Reads what a `.sdd.toml` in `folder` says. Errors: kUsage with file, line and column.
Result<Config> read_config(std::string text, const std::filesystem::path& folder);

// "error", "warning" or "note"; else nullopt.
std::optional<rules::Severity> severity_of(std::string_view word);

// The limits that users may set, at most: more has not been tried.
inline constexpr std::size_t kMostDepth = 2'048;
inline constexpr std::size_t kMostBytes = std::size_t{1} << 29U;
inline constexpr std::size_t kMostNodes = 10'000'000;

}  // namespace sdd::workspace
