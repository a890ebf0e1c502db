#include "report/form.h"

#include <algorithm>

#include "rules/rule.h"

namespace sdd::report {

namespace {

constexpr const Form* kForms[] = {&kSarif, &kGithub, &kGitlab, &kJunit, &kRdjson};

}  // namespace

std::span<const Form* const> all_forms() { return kForms; }

const Form* find_form(std::string_view name) {
  const auto* found = std::find_if(std::begin(kForms), std::end(kForms),
                                   [&](const Form* form) { return form->name == name; });
  return found == std::end(kForms) ? nullptr : *found;
}

std::vector<Placed> worst_first(const std::vector<FileReport>& files) {
  std::vector<Placed> placed;
  for (const FileReport& file : files) {
    for (const Located& located : file.findings) placed.push_back({&file, &located});
  }
  std::stable_sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
    return a.located->finding.severity > b.located->finding.severity;
  });
  return placed;
}

std::string message_with_help(const rules::Finding& finding) {
  return finding.help.empty() ? finding.message : finding.message + "\n" + finding.help;
}

std::string rule_title(const rules::Rule& rule) { return std::string(rule.code) + " " + rule.name; }

}  // namespace sdd::report
