#include "workspace/config.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

#include "base/strings.h"
#include "rules/rule.h"
#include "rules/table.h"
#include "text/source_text.h"
#include "workspace/toml.h"

namespace sdd::workspace {

// What the keys' `read` functions work with. Each takes one value into the Config, or fails with
// the place of what is wrong.
class ConfigReader {
 public:
  ConfigReader(const SourceText& source, Config& into) : config(into), source_(source) {}

  Config& config;
  ConfigSuppression suppression;  // the one that is being read

  tl::unexpected<Error> fail_at(Position place, std::string_view message,
                                std::vector<std::string> candidates = {}) const {
    return fail(
        ErrorKind::kUsage,
        fmt::format("{}:{}:{}: {}", printable(source_.path()), place.line, place.column, message),
        std::move(candidates));
  }

  // Reads every member of `table` by the keys that stand in the table of this name.
  Result<void> members(const TomlValue& table, std::string_view name);

  Result<void> text(const TomlValue& value, std::string& to) const {
    if (value.kind != TomlKind::kText) return wrong_kind(value, "text");
    if (value.text.empty()) return fail_at(value.place, "an empty text says nothing");
    to = value.text;
    return {};
  }
  Result<void> path(const TomlValue& value, std::filesystem::path& to) const {
    std::string word;
    auto read = text(value, word);
    if (!read) return read;
    to = (config.folder / word).lexically_normal();
    if (!to.has_filename() && to.has_relative_path()) to = to.parent_path();
    return {};
  }
  Result<void> number(const TomlValue& value, std::size_t most, std::size_t& to) const {
    if (value.kind != TomlKind::kWhole) return wrong_kind(value, "a whole number");
    if (value.number < 1 || static_cast<std::uint64_t>(value.number) > most) {
      return fail_at(value.place,
                     fmt::format("{} is not a number from 1 to {}", value.number, most));
    }
    to = static_cast<std::size_t>(value.number);
    return {};
  }
  Result<void> texts(const TomlValue& value, std::vector<std::string>& to) const {
    if (value.kind != TomlKind::kList) return wrong_kind(value, "a list of texts");
    for (const TomlValue& item : value.items) {
      auto read = text(item, to.emplace_back());
      if (!read) return read;
    }
    return {};
  }
  Result<void> codes(const TomlValue& value, std::vector<std::string>& to) const;
  Result<void> fail_on(const TomlValue& value) const;
  Result<void> severities(const TomlValue& table) const;
  Result<void> suppressions(const TomlValue& list);

 private:
  Result<void> wrong_kind(const TomlValue& value, std::string_view wanted) const {
    return fail_at(value.place,
                   fmt::format("this is {}, and must be {}", kind_name(value.kind), wanted));
  }
  Result<void> take_suppression(const TomlValue& table);

  const SourceText& source_;
};

namespace {

constexpr ConfigKey kKeys[] = {
    {"", "specs-dir", R"("meta/sdd/specs")", "--specs-dir",
     "the specs folder, where it is not found by itself ($SDD_SPECS_DIR comes before it)",
     [](ConfigReader& r, const TomlValue& v) { return r.path(v, r.config.specs_dir); }},
    {"", "bank-dir", R"("meta/memory_bank")", "--bank-dir",
     "the memory bank, where it is not found by itself",
     [](ConfigReader& r, const TomlValue& v) { return r.path(v, r.config.bank_dir); }},
    {"", "schema", R"("meta/sdd/schema/sdd-spec-schema.json")", "--schema",
     "the JSON schema (draft-07) to hold the specs against",
     [](ConfigReader& r, const TomlValue& v) { return r.path(v, r.config.schema); }},
    {"", "select", R"(["SDD0", "SDD3", "missing-file-path"])", "--select",
     "only these rules: codes, names or prefixes",
     [](ConfigReader& r, const TomlValue& v) { return r.codes(v, r.config.select); }},
    {"", "ignore", R"(["SDD111", "title-mismatch"])", "--ignore",
     "not these rules (--select sets this aside, too)",
     [](ConfigReader& r, const TomlValue& v) { return r.codes(v, r.config.ignore); }},
    {"", "fail-on", R"("warning")", "--fail-on",
     "what makes the exit code: error, warning or never",
     [](ConfigReader& r, const TomlValue& v) { return r.fail_on(v); }},
    {"", "baseline", R"("meta/sdd/baseline.json")", "--baseline",
     "the file of findings that are known (else .sdd-baseline.json, when it exists)",
     [](ConfigReader& r, const TomlValue& v) { return r.path(v, r.config.baseline); }},
    {"", "integration-branch", R"("main")", nullptr,
     "the one branch on which current_tasks.md may be changed (SDD912)",
     [](ConfigReader& r, const TomlValue& v) { return r.text(v, r.config.integration_branch); }},
    {"", "required-metadata", R"(["work_item_spec"])", nullptr,
     "members that the metadata of every spec must have (SDD117)",
     [](ConfigReader& r, const TomlValue& v) { return r.texts(v, r.config.required_metadata); }},
    {"", "severity", nullptr, "--severity",
     "a table: the level of single rules, by code or name (error, warning, note)",
     [](ConfigReader& r, const TomlValue& v) { return r.severities(v); }},
    {"", "limits", nullptr, nullptr, "a table: what is over the limit (SDD011)",
     [](ConfigReader& r, const TomlValue& v) { return r.members(v, "limits"); }},
    {"limits", "max-depth", "512", "--max-depth", "brackets open at once, at most 2048",
     [](ConfigReader& r, const TomlValue& v) {
       return r.number(v, kMostDepth, r.config.limits.max_depth);
     }},
    {"limits", "max-bytes", "67108864", "--max-bytes", "the size of a file, at most 512 MiB",
     [](ConfigReader& r, const TomlValue& v) {
       return r.number(v, kMostBytes, r.config.limits.max_bytes);
     }},
    {"limits", "max-nodes", "100000", "--max-nodes", "nodes of one spec, at most 10000000",
     [](ConfigReader& r, const TomlValue& v) {
       return r.number(v, kMostNodes, r.config.max_nodes);
     }},
    {"", "suppress", nullptr, nullptr, "a list of tables: findings that are meant to be",
     [](ConfigReader& r, const TomlValue& v) { return r.suppressions(v); }},
    {"suppress", "spec", R"("billing-*")", nullptr,
     "a spec's id, a path below the root, or a pattern of either (* and ?)",
     [](ConfigReader& r, const TomlValue& v) { return r.text(v, r.suppression.spec); }},
    {"suppress", "codes", R"(["SDD513"])", nullptr, "the rules: codes, names or prefixes",
     [](ConfigReader& r, const TomlValue& v) { return r.codes(v, r.suppression.codes); }},
    {"suppress", "node", R"("task-1-2")", nullptr, "only what is found about this node (optional)",
     [](ConfigReader& r, const TomlValue& v) { return r.text(v, r.suppression.node); }},
    {"suppress", "because", R"("planned before the file was known")", nullptr, "why; must be there",
     [](ConfigReader& r, const TomlValue& v) { return r.text(v, r.suppression.because); }},
};

}  // namespace

std::span<const ConfigKey> config_keys() { return kKeys; }

Result<void> ConfigReader::members(const TomlValue& table, std::string_view name) {
  if (table.kind != TomlKind::kTable) return wrong_kind(table, "a table");
  for (const TomlMember& member : table.members) {
    const auto* key = std::find_if(std::begin(kKeys), std::end(kKeys), [&](const ConfigKey& k) {
      return k.table == name && k.name == member.name;
    });
    if (key == std::end(kKeys)) {
      std::vector<std::string_view> known;
      for (const ConfigKey& k : kKeys) {
        if (k.table == name) known.emplace_back(k.name);
      }
      const std::string where = name.empty() ? "" : fmt::format(" in {}", name);
      return fail_at(member.place, fmt::format("unknown key {}{}", sdd::quote(member.name), where),
                     nearest(member.name, known));
    }
    auto read = key->read(*this, member.value);
    if (!read) return read;
  }
  return {};
}

Result<void> ConfigReader::codes(const TomlValue& value, std::vector<std::string>& to) const {
  if (value.kind != TomlKind::kList) return wrong_kind(value, "a list of rules");
  for (const TomlValue& item : value.items) {
    std::string word;
    auto read = text(item, word);
    if (!read) return read;
    const auto known = rules::Selection::of({word}, {});
    if (!known) return fail_at(item.place, known.error().message, known.error().candidates);
    to.push_back(std::move(word));
  }
  return {};
}

Result<void> ConfigReader::fail_on(const TomlValue& value) const {
  auto read = text(value, config.fail_on);
  if (!read) return read;
  constexpr std::string_view kChoices[] = {"error", "warning", "never"};
  if (std::find(std::begin(kChoices), std::end(kChoices), config.fail_on) != std::end(kChoices)) {
    return {};
  }
  return fail_at(value.place,
                 sdd::quote(config.fail_on) + " is not one of error, warning and never",
                 nearest(config.fail_on, {std::begin(kChoices), std::end(kChoices)}));
}

Result<void> ConfigReader::severities(const TomlValue& table) const {
  if (table.kind != TomlKind::kTable) return wrong_kind(table, "a table");
  for (const TomlMember& member : table.members) {
    const rules::Rule* rule = rules::find_rule(member.name);
    if (rule == nullptr) {
      const auto unknown = rules::unknown_rule(member.name);
      return fail_at(member.place, unknown.message, unknown.candidates);
    }
    std::string word;
    auto read = text(member.value, word);
    if (!read) return read;
    const auto severity = severity_of(word);
    if (!severity) {
      return fail_at(member.value.place,
                     sdd::quote(word) + " is not one of error, warning and note",
                     nearest(word, {"error", "warning", "note"}));
    }
    config.severities.emplace_back(rule, *severity);
  }
  return {};
}

Result<void> ConfigReader::suppressions(const TomlValue& list) {
  if (list.kind != TomlKind::kList) return wrong_kind(list, "a list of tables: [[suppress]]");
  for (const TomlValue& table : list.items) {
    auto read = take_suppression(table);
    if (!read) return read;
  }
  return {};
}

Result<void> ConfigReader::take_suppression(const TomlValue& table) {
  suppression = {};
  auto read = members(table, "suppress");
  if (!read) return read;
  const auto lacks = [&](const char* key) {
    return fail_at(table.place, fmt::format("this suppression has no '{}'", key));
  };
  if (suppression.spec.empty()) return lacks("spec");
  if (suppression.codes.empty()) return lacks("codes");
  if (suppression.because.empty()) return lacks("because");
  suppression.span = source_.line_span(table.place.line);
  const std::string_view line = source_.line(table.place.line);
  suppression.span.begin += std::min(line.find_first_not_of(" \t"), line.size());
  config.suppressions.push_back(std::move(suppression));
  return {};
}

Result<Config> read_config(std::string text, const std::filesystem::path& folder) {
  Config config;
  config.folder = folder;
  const SourceText source(config.file().string(), std::move(text));
  ConfigReader reader(source, config);
  if (source.bytes().size() > kMaxConfigBytes) {
    return reader.fail_at({}, fmt::format("more than {} bytes", kMaxConfigBytes));
  }
  const auto document = read_toml(source.bytes());
  if (!document) return reader.fail_at(document.error().place, document.error().message);
  const auto read = reader.members(*document, "");
  if (!read) return tl::unexpected(read.error());
  config.text = source.bytes();
  return config;
}

std::optional<rules::Severity> severity_of(std::string_view word) {
  for (const auto severity :
       {rules::Severity::kNote, rules::Severity::kWarning, rules::Severity::kError}) {
    if (word == rules::to_string(severity)) return severity;
  }
  return std::nullopt;
}

}  // namespace sdd::workspace
