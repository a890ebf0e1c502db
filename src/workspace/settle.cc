#include "workspace/settle.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "report/fingerprint.h"
#include "rules/rule.h"
#include "store/hash.h"
#include "workspace/baseline.h"
#include "workspace/suppression.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

using report::FileReport;

bool compares_revisions(const rules::Rule& rule) {
  const std::string_view code = rule.code;
  return "SDD902" <= code && code <= "SDD912" && code != "SDD908";
}

bool rule_ran(const rules::Rule& rule, const Policy& policy, const SettleRun& run) {
  return rules::belongs(rule, run.purpose) && policy.selection.has(rule) &&
         (run.history || !compares_revisions(rule));
}

// The path below the root; the report's own where nothing else is known.
std::string path_of(const FileReport& report, const Layout* layout) {
  if (report.file.empty()) return report.path;
  return layout != nullptr ? layout->shown(report.file) : report.file;
}

void set_levels(std::vector<FileReport>& reports, const Severities& severities) {
  if (severities.empty()) return;
  for (FileReport& report : reports) {
    for (report::Located& located : report.findings) {
      rules::Finding& finding = located.finding;
      const auto set = std::find_if(severities.rbegin(), severities.rend(),
                                    [&](const auto& one) { return one.first == finding.rule; });
      if (set == severities.rend()) continue;
      const bool milder = finding.severity < finding.rule->severity;
      finding.severity = milder ? std::min(finding.severity, set->second) : set->second;
    }
  }
}

void add_fingerprints(FileReport& report, const std::string& name) {
  const std::vector<report::Fingerprint> prints = report::fingerprints(name, report.findings);
  for (std::size_t i = 0; i < prints.size(); ++i) {
    const report::Fingerprint& print = prints[i];
    std::string text;
    for (const std::string& part : {print.file, print.code, print.at, print.names}) {
      text += part + '\n';
    }
    constexpr std::size_t kDigits = 32;
    report.findings[i].fingerprint =
        store::sha256(text + std::to_string(print.nth)).substr(0, kDigits);
  }
}

Result<Baseline> read_baseline(const Policy& policy) {
  auto baseline = Baseline::read(policy.baseline);
  if (baseline || baseline.error().kind != ErrorKind::kNotFound) return baseline;
  if (policy.write_baseline) return Baseline();
  baseline.error().message += "; --write-baseline writes it";
  return baseline;
}

}  // namespace

// A spec that lies in a status folder is known by its id, whatever the folder.
std::string name_of(const report::FileReport& report, const Layout* layout) {
  const fs::path file = report.file.empty() ? report.path : report.file;
  if (file.extension() == ".json") {
    rules::Place place = rules::place_of(file.string());
    const bool at_home = layout == nullptr || report.file.empty() ||
                         file.parent_path().parent_path() == layout->specs_dir();
    if (!place.status_folder.empty() && at_home) return std::move(place.stem);
  }
  return path_of(report, layout);
}

Result<Settled> settle(std::vector<FileReport>& reports, const Policy& policy,
                       const SettleRun& run) {
  const Config& config = config_of(run.layout);
  const auto name = [&](const FileReport& report) { return name_of(report, run.layout); };
  const auto path = [&](const FileReport& report) { return path_of(report, run.layout); };
  const auto ran = [&](const rules::Rule& rule) { return rule_ran(rule, policy, run); };
  for (FileReport& report : reports) {
    std::erase_if(report.findings, [&](const report::Located& located) {
      return !policy.selection.has(*located.finding.rule);
    });
  }
  Settled settled;
  settled.suppressed =
      suppress(reports, {config, name, path, ran, run.all_files, run.with_excerpts,
                         config.folder.empty() ? "" : run.shown(config.file().string())});
  set_levels(reports, policy.severities);
  if (run.with_fingerprints) {
    for (FileReport& report : reports) add_fingerprints(report, name(report));
  }
  if (policy.baseline.empty()) return settled;

  auto baseline = read_baseline(policy);
  if (!baseline) return tl::unexpected(baseline.error());
  const auto code_ran = [&](std::string_view code) {
    const rules::Rule* rule = rules::find_rule(code);
    return rule != nullptr && ran(*rule);
  };
  const BaselineScope scope{name, code_ran, run.all_files};
  const Comparison known =
      policy.write_baseline ? baseline->renew(reports, scope) : baseline->compare(reports, scope);
  if (policy.write_baseline) {
    const auto written = baseline->write(policy.baseline);
    if (!written) return tl::unexpected(written.error());
  }
  settled.baselined = known.baselined;
  settled.gone = known.gone;
  settled.added = known.added;
  return settled;
}

}  // namespace sdd::workspace
