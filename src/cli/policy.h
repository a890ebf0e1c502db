// What the user says about findings, by options and by .sdd.toml: shared by every command that
// tells findings.
//
//   constexpr auto kOptions = with_finding_options(std::array{Option{"SPEC", …}, …});
//   …
//   const auto policy = policy_of(arguments, session.places(), layout);
//   … policy->selection, policy->limits for the rules, then workspace::settle(reports, *policy, …)
//   tell_baseline(session, *policy, *settled);
#pragma once

#include <array>
#include <cstddef>

#include "cli/command.h"
#include "workspace/settle.h"

namespace sdd::cli {

inline constexpr std::array kFindingOptions = {
    Option{"--select", Takes::kList, "CODES", "only these rules: codes, names or prefixes (SDD3)"},
    Option{"--ignore", Takes::kList, "CODES", "not these rules"},
    Option{"--severity", Takes::kList, "CODE=LEVEL", "a rule's level: error, warning or note"},
    Option{"--baseline", Takes::kValue, "FILE",
           "findings that are known and do not fail (else .sdd-baseline.json at the root)"},
    Option{"--no-baseline", Takes::kNothing, nullptr, "show what the baseline knows, too"},
    Option{"--write-baseline", Takes::kPerhaps, "[FILE]",
           "write what is found as the baseline: what is fixed goes, what is new comes"},
    Option{"--max-depth", Takes::kValue, "N", "brackets open at once in one file (512)"},
    Option{"--max-bytes", Takes::kValue, "N", "the size of one file (64 MiB)"},
    Option{"--max-nodes", Takes::kValue, "N", "nodes of one spec (100000)"},
};

// A command's own options, and these behind them.
template <std::size_t N>
constexpr std::array<Option, N + kFindingOptions.size()> with_finding_options(
    const std::array<Option, N>& own) {
  std::array<Option, N + kFindingOptions.size()> all{};
  for (std::size_t i = 0; i < N; ++i) all[i] = own[i];
  for (std::size_t i = 0; i < kFindingOptions.size(); ++i) all[N + i] = kFindingOptions[i];
  return all;
}

// What changed, and nothing else; for commands that look at many files.
inline constexpr std::array kChangeOptions = {
    Option{"--staged", Takes::kNothing, nullptr,
           "what is staged, as it is staged: only what changed against HEAD, and what links to it"},
    Option{"--since", Takes::kValue, "REV",
           "only what changed since the merge base with REV, and what links to it"},
};
template <std::size_t N>
constexpr std::array<Option, N + kChangeOptions.size()> with_change_options(
    const std::array<Option, N>& own) {
  std::array<Option, N + kChangeOptions.size()> all{};
  for (std::size_t i = 0; i < N; ++i) all[i] = own[i];
  for (std::size_t i = 0; i < kChangeOptions.size(); ++i) all[N + i] = kChangeOptions[i];
  return all;
}

// Joins both: an option beats the key of its name; --select sets the key `ignore` aside, too, and
// --severity speaks for its own rule only. `layout` is nullptr where there is no root. Errors:
// kUsage.
Result<workspace::Policy> policy_of(const Arguments& arguments, const workspace::Places& places,
                                    const workspace::Layout* layout);

// Says what came of the baseline: that it was written, or that findings of it are gone. `shown` is
// how its file is named.
void tell_baseline(const Session& session, const workspace::Policy& policy,
                   const workspace::Settled& settled, const std::string& shown);

}  // namespace sdd::cli
