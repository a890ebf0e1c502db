// A spec that is fixed, for tests: checked by every rule, with the built-in schema.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/embedded_schema.h"
#include "json/schema.h"
#include "repair/fix.h"
#include "rules/engine.h"
#include "rules/rule.h"

namespace sdd::test {

class SpecFixer {
 public:
  SpecFixer()
      : schema_(*json::Schema::compile(json::embedded_spec_schema(), "built-in")),
        engine_({.purpose = rules::Purpose::kCheck, .schema = schema_.get()}) {}

  std::vector<rules::Finding> check(const SourceText& source) {
    return engine_.check(source, rules::place_of(source.path()));
  }
  repair::Fixed fix(const std::string& bytes, const repair::FixWish& wish = {},
                    const std::string& path = "specs/active/demo-2026-01-02-001.json") {
    return repair::fix(
        SourceText(path, bytes), repair::FileKind::kSpec,
        [&](const SourceText& source) { return check(source); }, wish);
  }

 private:
  std::shared_ptr<const json::Schema> schema_;
  rules::Engine engine_;
};

// "SDD302 phase-1: set completed_tasks to 4"
inline std::vector<std::string> lines_of(const std::vector<repair::FixAction>& actions) {
  std::vector<std::string> lines;
  for (const repair::FixAction& action : actions) {
    lines.push_back(std::string(action.rule->code) + " " + action.node + ": " + action.title);
  }
  return lines;
}

inline std::vector<std::string> codes_of(const std::vector<rules::Finding>& findings) {
  std::vector<std::string> codes;
  for (const rules::Finding& finding : findings) codes.emplace_back(finding.rule->code);
  return codes;
}

}  // namespace sdd::test
