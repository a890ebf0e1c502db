#include "workspace/changes/news.h"

#include <set>
#include <utility>

#include "report/fingerprint.h"

namespace sdd::workspace {

std::size_t drop_known(std::vector<report::FileReport>& reports,
                       const std::vector<report::FileReport>& before, const FileName& name) {
  std::set<report::Fingerprint> known;
  for (const report::FileReport& report : before) {
    for (report::Fingerprint& print : report::fingerprints(name(report), report.findings)) {
      known.insert(std::move(print));
    }
  }
  std::size_t dropped = 0;
  for (report::FileReport& report : reports) {
    const auto prints = report::fingerprints(name(report), report.findings);
    std::vector<report::Located> kept;
    for (std::size_t i = 0; i < prints.size(); ++i) {
      if (!known.contains(prints[i])) {
        kept.push_back(std::move(report.findings[i]));
      } else if (report.findings[i].finding.severity != rules::Severity::kNote) {
        ++dropped;
      }
    }
    report.findings = std::move(kept);
  }
  return dropped;
}

}  // namespace sdd::workspace
