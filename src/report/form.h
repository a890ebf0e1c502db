// Form: one way to hand the findings of a run to another program: code scanning, the annotations of
// a pull request, a merge request's report. Text and JSON are no forms in this sense: people and
// scripts read those, and each command has its own.
//
// A form is one file, report/<name>.cc, that defines a `constinit const Form`; its one mention
// elsewhere is a line in form.cc. `--format NAME` chooses it.
//
//   const Form* form = find_form("sarif");
//   form->write({reports, "0.1.0", json::Writer::kCompact, rules::Severity::kWarning})
//
// Findings must have been settled with their fingerprints, and with their replacements where the
// form `shows_fixes`. Paths are printed as the reports have them; those that are relative are
// expected to be so to the folder that the reader of the result takes for the top.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/writer.h"
#include "report/located.h"

namespace sdd::report {

struct FormRun {
  const std::vector<FileReport>& files;
  std::string version;  // of sdd
  json::Writer::Layout layout = json::Writer::kCompact;
  // What is at least as bad makes the run fail; empty: nothing does.
  std::optional<rules::Severity> threshold = {};

  bool fails(rules::Severity severity) const { return threshold && severity >= *threshold; }
};

struct Form {
  const char* name = nullptr;  // "sarif"
  bool shows_fixes = false;    // whether it prints Located::replacements
  std::string (*write)(const FormRun& run) = nullptr;
  // A text for people beside it, or nullptr.
  std::string (*write_summary)(const FormRun& run) = nullptr;
};

extern const Form kSarif;
extern const Form kGithub;
extern const Form kGitlab;
extern const Form kJunit;
extern const Form kRdjson;

std::span<const Form* const> all_forms();
// nullptr when there is none of that name.
const Form* find_form(std::string_view name);

// Every finding with its file: errors, then warnings, then notes; within that in the order given.
struct Placed {
  const FileReport* file = nullptr;
  const Located* located = nullptr;
};
std::vector<Placed> worst_first(const std::vector<FileReport>& files);

// "message" or, where the finding says what to do, "message\nhelp".
std::string message_with_help(const rules::Finding& finding);

// "SDD302 completed-mismatch"
std::string rule_title(const rules::Rule& rule);

}  // namespace sdd::report
