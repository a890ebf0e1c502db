#include "workspace/repair/checking.h"

#include <map>
#include <utility>

#include "base/strings.h"
#include "rules/engine.h"
#include "rules/rule.h"
#include "workspace/schema_choice.h"

namespace sdd::workspace {
namespace {

bool counts(const rules::Finding& finding) {
  const std::string_view code = finding.rule->code;
  return finding.severity == rules::Severity::kError && code != "SDD307" &&
         (code[3] <= '3' || code == "SDD505");
}

// Code and place; positions in lists do not count, for a recovered entry moves those behind it.
using Fault = std::pair<std::string, std::string>;

Fault fault_of(const rules::Finding& finding) {
  std::string place;
  std::size_t at = 0;
  while (at < finding.pointer.size()) {
    const std::size_t end = finding.pointer.find('/', at + 1);
    const std::string token = finding.pointer.substr(at, end - at);
    place += all_digits(std::string_view(token).substr(1)) ? "/-" : token;
    at = end == std::string::npos ? finding.pointer.size() : end;
  }
  return {finding.rule->code, std::move(place)};
}

}  // namespace

Result<std::vector<report::Located>> new_faults(const CheckedResult& checked, const Layout* layout,
                                                const std::filesystem::path& current) {
  auto schema = choose_schema("", layout, current);
  if (!schema) return tl::unexpected(schema.error());
  rules::Engine::Options options;
  options.schema = schema->schema.get();
  options.schema_is_built_in = schema->built_in;
  if (layout != nullptr) options.limits = layout->config().limits;
  rules::Engine engine(options);
  const rules::Place place{checked.place.id, checked.place.status_folder, {}};
  SourceText source;
  source.reset(checked.shown, checked.after);
  std::vector<rules::Finding> found = engine.check(source, place);
  std::erase_if(found, [](const rules::Finding& finding) { return !counts(finding); });
  std::vector<report::Located> faults;
  if (found.empty()) return faults;
  std::map<Fault, std::size_t> known;
  SourceText old;
  old.reset(checked.shown, checked.before);
  for (const rules::Finding& finding : engine.check(old, place)) {
    if (counts(finding)) ++known[fault_of(finding)];
  }
  for (rules::Finding& finding : found) {
    std::size_t& left = known[fault_of(finding)];
    if (left > 0) {
      --left;
    } else {
      faults.push_back(report::locate(source, std::move(finding), true));
    }
  }
  return faults;
}

}  // namespace sdd::workspace
