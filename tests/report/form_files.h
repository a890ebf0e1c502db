// Findings for the tests of the forms: as a run would have settled them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/form.h"
#include "rules/rule.h"

namespace sdd::test {

// Line 2 has characters of two and four bytes in front of the value.
inline constexpr const char* kFormText = "{\n  \"é𐀀\": \"done\",\n  \"b\": 1\n}\n";

// A finding about "done" (bytes 14 to 20), with a fix that puts "completed" there.
inline report::Located form_finding(rules::Severity severity, std::string message,
                                    const std::string& path = "specs/a.json") {
  const SourceText source(path, kFormText);
  rules::Finding finding;
  finding.rule = &rules::kUnknownStatus;
  finding.severity = severity;
  finding.message = std::move(message);
  finding.help = "did you mean 'completed'?";
  finding.span = {14, 20};
  finding.pointer = "/hierarchy/task-1/status";
  finding.node = "task-1";
  finding.fix = rules::Fix{rules::Safety::kUnsafe, "set status to 'completed'"};
  finding.fix->edits = {{{14, 20}, "\"completed\""}};
  finding.related.push_back({{2, 3}, "in this object"});
  report::Located located = report::locate(source, std::move(finding), false);
  report::add_replacements(source, nullptr, located);
  located.fingerprint = "0123456789abcdef0123456789abcdef";
  return located;
}

inline report::FileReport form_file(std::vector<report::Located> findings,
                                    const std::string& path = "specs/a.json") {
  report::FileReport file;
  file.path = path;
  file.findings = std::move(findings);
  return file;
}

inline std::string in_form(const char* name, const std::vector<report::FileReport>& files,
                           std::optional<rules::Severity> threshold = rules::Severity::kWarning) {
  return report::find_form(name)->write({files, "1.2.3", json::Writer::kCompact, threshold});
}

}  // namespace sdd::test
