#include "rules/bytes/damage.h"

#include "base/strings.h"

namespace sdd::rules {

void report_damage(const DamagedFile& file, json::DamageKind kind, Report& report) {
  const json::Damage& damage = file.damage;
  if (damage.kind != kind) return;
  Finding& finding = report.add(damage.span, damage.message);
  finding.help = damage.help;
  for (const Span range : damage.ranges) {
    if (range == damage.span) continue;
    finding.related.push_back({range, counted(range.size(), "byte") + " from here belong to it"});
    if (finding.related.size() == 8) break;
  }
  // The one encoding that can be left behind without touching a letter.
  constexpr std::size_t kMark = 3;
  if (kind == json::DamageKind::kForeignEncoding && damage.span.end == kMark &&
      damage.ranges.size() == 1 && damage.ranges.front() == damage.span) {
    finding.fix = Fix{Safety::kSafe, "remove the byte order mark"};
    finding.fix->edits.push_back({{0, kMark}, ""});
  }
}

}  // namespace sdd::rules
