#include <algorithm>
#include <tuple>
#include <utility>

#include "rules/repository.h"
#include "rules/table.h"

namespace sdd::rules {

Finding& LinkReport::push(const std::string& path, Span span, std::string message) {
  const std::size_t count = counts_[path]++;
  if (count > kMaxFindings) return beyond_ = Finding{};
  Found& found = found_.emplace_back();
  found.path = path;
  found.finding.rule = rule_;
  found.finding.severity = rule_->severity;
  found.finding.message = std::move(message);
  found.finding.span = span;
  if (count < kMaxFindings) return found.finding;
  found.finding.rule = &kOverLimit;
  found.finding.severity = kOverLimit.severity;
  found.finding.span = {};
  found.finding.message = "more than " + std::to_string(kMaxFindings) +
                          " findings about links: the others are not told";
  return beyond_ = Finding{};
}

Finding& LinkReport::add(const BankView& file, Span span, std::string message) {
  return push(file.path, span, std::move(message));
}

Finding& LinkReport::add(const SpecFacts& spec, std::string message) {
  Finding& finding = push(spec.path, spec.link, std::move(message));
  finding.pointer = spec.link_pointer;
  return finding;
}

Finding& LinkReport::add(const std::string& path, std::string message) {
  return push(path, {}, std::move(message));
}

std::vector<LinkReport::Found> check_links(const Repository& repository,
                                           const Selection& selection) {
  LinkReport report;
  for (const Rule* rule : all_rules()) {
    const auto* check = std::get_if<void (*)(const Repository&, LinkReport&)>(&rule->check);
    if (check == nullptr || !selection.has(*rule)) continue;
    report.set_rule(rule);
    (*check)(repository, report);
  }
  std::vector<LinkReport::Found> found = std::move(report.found());
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::make_tuple(std::string_view(a.path), a.finding.span.begin,
                           std::string_view(a.finding.rule->code)) <
           std::make_tuple(std::string_view(b.path), b.finding.span.begin,
                           std::string_view(b.finding.rule->code));
  });
  return found;
}

}  // namespace sdd::rules
