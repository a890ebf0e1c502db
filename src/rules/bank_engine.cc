#include "rules/bank_engine.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "bank/outline.h"
#include "json/scan.h"
#include "text/source_text.h"

namespace sdd::rules {
namespace {

template <class Subject>
void run_each(const Subject& subject, Report& report) {
  for (const Rule* rule : all_rules()) {
    const auto* check = std::get_if<void (*)(const Subject&, Report&)>(&rule->check);
    if (check == nullptr) continue;
    report.set_rule(rule);
    (*check)(subject, report);
  }
}

std::optional<json::Damage> damage_of(const SourceText& source, const bank::Document& document) {
  std::optional<json::Damage> damage = json::text_damage(source.bytes());
  if (damage || document.complete()) return damage;
  return json::Damage{
      json::DamageKind::kOverLimit,
      {0, 0},
      fmt::format("the file has more than {} lines and list markers", bank::kMaxBlocks),
      "",
      {},
      0};
}

}  // namespace

std::vector<Finding> check_document(const SourceText& source, const bank::Document& document,
                                    const BankOptions& options) {
  std::vector<Finding> findings;
  Report report(nullptr, findings);
  if (const auto damage = damage_of(source, document)) {
    run_each(DamagedFile{source, *damage}, report);
  } else if (document.kind() != bank::Kind::kGuidance) {
    run_each(BankFile{source, document, options.exists}, report);
  }
  if (report.overflowed()) {
    Finding& rest = findings.emplace_back();
    rest.rule = &kOverLimit;
    rest.message = fmt::format("more than {} findings: the others are not told", kMaxFindings);
  }
  std::erase_if(findings, [&](const Finding& f) { return !options.selection.has(*f.rule); });
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::make_tuple(a.span.begin, std::string_view(a.rule->code)) <
           std::make_tuple(b.span.begin, std::string_view(b.rule->code));
  });
  return findings;
}

bool is_damaged_text(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.rule->code[3] == '0'; });
}

}  // namespace sdd::rules
