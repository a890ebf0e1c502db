// The table of all rules, in the order of their codes.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "rules/rule.h"

namespace sdd::rules {

// Every rule, sorted by code.
std::span<const Rule* const> all_rules();

// The rule with this code ("SDD302", case ignored) or name ("completed-mismatch"); else nullptr.
const Rule* find_rule(std::string_view code_or_name);

// The error for a word that names no rule, with the nearest codes and names: kUsage.
Error unknown_rule(std::string_view word);

// The family's name by the digit behind "SDD": "bytes and JSON", "schema and identity" …
const char* family_name(const Rule& rule);

// What a run is for: which rules it runs (docs/rules says the same for each rule).
enum class Purpose { kValidate, kJournaling, kCheck };
bool belongs(const Rule& rule, Purpose purpose);

// A set of rules named by the user: codes, names and prefixes ("SDD3").
class Selection {
 public:
  // An empty `select` means all. Errors: kUsage for a word that names no rule, with candidates.
  static Result<Selection> of(const std::vector<std::string>& select,
                              const std::vector<std::string>& ignore);
  bool has(const Rule& rule) const;

 private:
  std::vector<bool> on_;  // by position in all_rules(); empty = all
};

}  // namespace sdd::rules
