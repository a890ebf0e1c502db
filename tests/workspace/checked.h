// What workspace::check_repository finds in a folder, for tests.
//
//   for (const Checked& one : checked({.current = temp.path()})) …
//   places_of(checked(…))       // "SDD402e specs/active/x.json:12", in the order of the reports
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "json/embedded_schema.h"
#include "json/schema.h"
#include "rules/rule.h"
#include "workspace/repository.h"

namespace sdd::test {

struct Checked {
  std::string code;
  char severity = 'e';  // error, warning, note
  std::string path;     // relative to the root
  std::size_t line = 0;
  std::string message;
  std::string help;

  std::string place() const { return code + severity + " " + path + ":" + std::to_string(line); }
};

inline std::vector<Checked> checked(const workspace::Layout& layout, unsigned jobs = 1) {
  static const auto schema =
      json::Schema::compile(json::embedded_spec_schema(), "the built-in schema").value();
  workspace::CheckRun run;
  run.engine.purpose = rules::Purpose::kCheck;
  run.engine.schema = schema.get();
  run.jobs = jobs;
  run.shown = [&](const std::string& file) { return layout.shown(file); };
  const auto check = workspace::check_repository(layout, run);
  if (!check) {
    ADD_FAILURE() << check.error().message;
    return {};
  }
  std::vector<Checked> all;
  for (const report::FileReport& report : check->reports) {
    for (const report::Located& located : report.findings) {
      const rules::Finding& finding = located.finding;
      all.push_back({finding.rule->code, *rules::to_string(finding.severity), report.path,
                     located.location.begin.line, finding.message, finding.help});
    }
  }
  return all;
}

inline std::vector<Checked> checked(const workspace::Places& places, unsigned jobs = 1) {
  const auto layout = workspace::Layout::find_with_bank(places);
  if (layout) return checked(*layout, jobs);
  ADD_FAILURE() << layout.error().message;
  return {};
}

inline std::vector<std::string> places_of(const std::vector<Checked>& all) {
  std::vector<std::string> places;
  for (const Checked& one : all) places.push_back(one.place());
  return places;
}

}  // namespace sdd::test
