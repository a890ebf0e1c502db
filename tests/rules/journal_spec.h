// Specs of one task and some journal entries, for the tests of the rules about the journal.
#pragma once

#include <string>
#include <vector>

#include "rules/engine.h"
#include "rules/found.h"
#include "spec_document.h"
#include "text/source_text.h"

namespace sdd::test {

inline constexpr const char* kDone = R"("completed_at": "2026-01-02T03:00:00Z")";
inline constexpr const char* kJournaled =
    R"("completed_at": "2026-01-02T03:00:00Z", "needs_journaling": false,
       "journaled_at": "2026-01-02T03:00:00.5Z")";
inline constexpr const char* kWaiting =
    R"("completed_at": "2026-01-02T03:00:00Z", "needs_journaling": true)";

inline std::string journal_of(const std::vector<std::string>& entries) {
  std::string text;
  for (const std::string& entry : entries) text += (text.empty() ? "" : ",\n") + entry;
  return "\"journal\": [" + text + "],";
}

inline std::string journal_entry(const std::string& at, const std::string& task,
                                 const std::string& title = "T") {
  return R"({"timestamp": ")" + at + R"(", "entry_type": "note", "title": ")" + title +
         R"(", "content": "C")" + (task.empty() ? "" : R"(, "task_id": ")" + task + "\"") + "}";
}

// A spec of one node below the root, in progress, with this metadata and these entries.
inline std::string one_task(const std::string& metadata, const std::vector<std::string>& entries,
                            const std::string& type = "task",
                            const std::string& status = "completed") {
  return spec_json({{.id = "spec-root",
                     .type = "spec",
                     .status = "in_progress",
                     .children = {"n", "open"},
                     .total = "2",
                     .completed = status == "completed" ? "1" : "0"},
                    {.id = "n",
                     .type = type,
                     .status = status,
                     .parent = "spec-root",
                     .completed = status == "completed" ? "1" : "0",
                     .metadata = "{" + metadata + "}"},
                    {.id = "open", .parent = "spec-root"}},
                   journal_of(entries));
}

// "SDD402" or, of a note, "SDD402n", for each finding of the family.
inline Lines journal_codes(const std::string& text,
                           rules::Purpose purpose = rules::Purpose::kCheck) {
  rules::Engine engine({.purpose = purpose});
  const SourceText source("specs/active/demo-2026-01-02-001.json", text);
  Lines codes;
  for (const rules::Finding& finding : engine.check(source, rules::place_of(source.path()))) {
    const std::string code = finding.rule->code;
    if (code.starts_with("SDD4")) {
      codes.push_back(code + (finding.severity == rules::Severity::kNote ? "n" : ""));
    }
  }
  return codes;
}

}  // namespace sdd::test
