// The findings that the engine has about one spec, for tests of single rules.
//
//   const Found found(spec_json({…}), "SDD3");                  // findings of these codes only
//   found.lines()            // "SDD302 phase-1 `48` completed_tasks is 48, … [safe: set …]"
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/engine.h"
#include "text/source_text.h"

namespace sdd::test {

class Found {
 public:
  explicit Found(std::string text, std::string_view prefix,
                 const std::string& path = "specs/active/demo-2026-01-02-001.json")
      : source_(path, std::move(text)) {
    rules::Engine engine({.purpose = rules::Purpose::kCheck});
    for (rules::Finding& finding : engine.check(source_, rules::place_of(path))) {
      if (std::string_view(finding.rule->code).starts_with(prefix)) {
        findings_.push_back(std::move(finding));
      }
    }
  }

  const std::vector<rules::Finding>& findings() const { return findings_; }

  // The bytes that a span points at.
  std::string at(Span span) const { return source_.bytes().substr(span.begin, span.size()); }

  // One line a finding: code, node, the bytes it points at, message, fix, help.
  std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    for (const rules::Finding& finding : findings_) {
      std::string line = std::string(finding.rule->code) + " " + finding.node + " `" +
                         at(finding.span) + "` " + finding.message;
      if (finding.fix) {
        line +=
            std::string(" [") + to_string(finding.fix->safety) + ": " + finding.fix->title + "]";
      }
      if (!finding.help.empty()) line += " (" + finding.help + ")";
      lines.push_back(line);
    }
    return lines;
  }

 private:
  SourceText source_;
  std::vector<rules::Finding> findings_;
};

using Lines = std::vector<std::string>;

}  // namespace sdd::test
