#include "report/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/strings.h"
#include "report/text.h"
#include "rules/rule.h"

namespace sdd::report {
namespace {

using rules::Severity;

constexpr std::size_t kWorstFiles = 10;

// How often a rule found something of one severity.
struct RuleCount {
  const rules::Rule* rule = nullptr;
  Severity severity = Severity::kNote;
  std::size_t findings = 0;
  std::size_t files = 0;
};

std::vector<RuleCount> count_rules(const std::vector<FileReport>& files) {
  using Kind = std::pair<const rules::Rule*, Severity>;
  std::map<Kind, RuleCount> counts;
  for (const FileReport& file : files) {
    std::set<Kind> in_file;
    for (const Located& located : file.findings) {
      const Kind kind = {located.finding.rule, located.finding.severity};
      RuleCount& count = counts[kind];
      count.rule = kind.first;
      count.severity = kind.second;
      ++count.findings;
      if (in_file.insert(kind).second) ++count.files;
    }
  }
  std::vector<RuleCount> sorted;
  for (const auto& [kind, count] : counts) sorted.push_back(count);
  const auto key = [](const RuleCount& count) {
    return std::make_tuple(-static_cast<int>(count.severity),
                           -static_cast<std::int64_t>(count.findings),
                           std::string_view(count.rule->code));
  };
  std::sort(sorted.begin(), sorted.end(),
            [&](const RuleCount& a, const RuleCount& b) { return key(a) < key(b); });
  return sorted;
}

struct Badness {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  const FileReport* file = nullptr;
};

std::vector<Badness> worst_of(const std::vector<FileReport>& files) {
  std::vector<Badness> worst;
  for (const FileReport& file : files) {
    const Badness bad{file.count(Severity::kError), file.count(Severity::kWarning), &file};
    if (bad.errors + bad.warnings > 0) worst.push_back(bad);
  }
  std::stable_sort(worst.begin(), worst.end(), [](const Badness& a, const Badness& b) {
    return std::tie(b.errors, b.warnings) < std::tie(a.errors, a.warnings);
  });
  if (worst.size() > kWorstFiles) worst.resize(kWorstFiles);
  return worst;
}

}  // namespace

std::string summary_text(const std::vector<FileReport>& files, const CheckSummary& summary) {
  std::string out =
      fmt::format("{}, {} in logs, {}\n", counted(summary.specs, "spec"),
                  counted(summary.entries, "entry"), counted(summary.work_items, "work item"));
  const auto to = std::back_inserter(out);
  const std::vector<RuleCount> rules = count_rules(files);
  if (!rules.empty()) out += '\n';
  for (const RuleCount& count : rules) {
    fmt::format_to(to, "{:>6}  {:<7}  {}  {} (in {})\n", count.findings,
                   rules::to_string(count.severity), count.rule->code, count.rule->name,
                   counted(count.files, "file"));
  }
  const std::vector<Badness> worst = worst_of(files);
  if (!worst.empty()) out += "\nerrors  warnings\n";
  for (const Badness& bad : worst) {
    fmt::format_to(to, "{:>6}  {:>8}  {}\n", bad.errors, bad.warnings, printable(bad.file->path));
  }
  return out + '\n' + totals_line(files, "file");
}

}  // namespace sdd::report
