#include "rules/table.h"

#include <algorithm>

#include "base/strings.h"

namespace sdd::rules {

namespace {

#define SDD_RULE(rule) &rule,
constexpr const Rule* kRules[] = {
#include "rules/table.inc"
};
#undef SDD_RULE

bool names(std::string_view word, const Rule& rule) {
  if (word == rule.name) return true;
  const std::string_view code = rule.code;
  const auto same = [](char a, char b) { return (a & ~0x20) == (b & ~0x20); };
  return word.size() >= 4 && word.size() <= code.size() &&
         std::equal(word.begin(), word.begin() + 3, code.begin(), same) &&
         std::equal(word.begin() + 3, word.end(), code.begin() + 3);
}

// Sets the rules that each word names. Fails at a word that names none.
Result<std::vector<bool>> named_by(const std::vector<std::string>& words) {
  std::vector<bool> on(std::size(kRules), false);
  for (const std::string& word : words) {
    bool any = false;
    for (std::size_t i = 0; i < std::size(kRules); ++i) {
      if (!names(word, *kRules[i])) continue;
      on[i] = true;
      any = true;
    }
    if (!any) return tl::unexpected(unknown_rule(word));
  }
  return on;
}

}  // namespace

std::span<const Rule* const> all_rules() { return kRules; }

const Rule* find_rule(std::string_view code_or_name) {
  for (const Rule* rule : kRules) {
    if (code_or_name.size() == 6 || code_or_name == rule->name) {
      if (names(code_or_name, *rule)) return rule;
    }
  }
  return nullptr;
}

Error unknown_rule(std::string_view word) {
  std::vector<std::string_view> candidates;
  for (const Rule* rule : kRules) {
    candidates.emplace_back(rule->code);
    candidates.emplace_back(rule->name);
  }
  return {ErrorKind::kUsage, "no rule is named " + quote(word), nearest(word, candidates)};
}

const char* family_name(const Rule& rule) {
  switch (rule.code[3]) {
    case '0':
      return "bytes and JSON";
    case '1':
      return "schema and identity";
    case '2':
      return "hierarchy and nodes";
    case '3':
      return "counts and status";
    case '4':
      return "journaling";
    case '5':
      return "dependencies and node metadata";
    case '6':
      return "task entries";
    case '7':
      return "work items";
    case '8':
      return "cross-links";
    default:
      return "concurrency and history";
  }
}

Result<Selection> Selection::of(const std::vector<std::string>& select,
                                const std::vector<std::string>& ignore) {
  Selection selection;
  if (select.empty() && ignore.empty()) return selection;
  selection.on_.assign(std::size(kRules), true);
  if (!select.empty()) {
    auto on = named_by(select);
    if (!on) return tl::unexpected(on.error());
    selection.on_ = std::move(*on);
  }
  auto off = named_by(ignore);
  if (!off) return tl::unexpected(off.error());
  for (std::size_t i = 0; i < selection.on_.size(); ++i) {
    if ((*off)[i]) selection.on_[i] = false;
  }
  return selection;
}

bool belongs(const Rule& rule, Purpose purpose) {
  const char family = rule.code[3];
  const std::string_view code = rule.code;
  switch (purpose) {
    case Purpose::kCheck:
      return true;
    case Purpose::kValidate: {
      // Of the journaling rules those that are no mere to-do.
      constexpr std::string_view kFaults[] = {"SDD402", "SDD404", "SDD405", "SDD407",
                                              "SDD408", "SDD410", "SDD411"};
      if (family == '4')
        return std::find(std::begin(kFaults), std::end(kFaults), code) != std::end(kFaults);
      return family <= '5' || code == "SDD901";
    }
    case Purpose::kJournaling: {
      constexpr std::string_view kAsked[] = {"SDD401", "SDD402", "SDD403",
                                             "SDD406", "SDD409", "SDD412"};
      return family == '0' ||
             std::find(std::begin(kAsked), std::end(kAsked), code) != std::end(kAsked);
    }
  }
  return false;
}

bool Selection::has(const Rule& rule) const {
  if (on_.empty()) return true;
  for (std::size_t i = 0; i < std::size(kRules); ++i) {
    if (kRules[i] == &rule) return on_[i];
  }
  return false;
}

}  // namespace sdd::rules
