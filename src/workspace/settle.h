// settle(): what the findings of a run come to, by what the user said: which rules count, how bad
// each is, what is suppressed, what the baseline knows. The last step before a report is printed;
// it works on finished reports, wherever they came from (specs, memory bank, links).
//
//   Policy policy = …;                           // options and .sdd.toml joined (cli/policy.h)
//   auto reports = check_specs(…);               // and those of the memory bank
//   auto settled = settle(reports, policy, {.layout = &layout, .purpose = Purpose::kCheck});
//   settled->gone                                // "3 findings of the baseline are gone"
//
// In this order, so that each sees what is left of the one before:
//   1. findings of rules that are not selected go (the rules have agreed on "one fault, one
//      finding" before: a rule that is off gives no word to the one it silenced);
//   2. suppressed findings go, idle suppressions are told (SDD810);
//   3. levels are set. A rule's level is set as a whole: a finding that the rule itself calls
//      milder than usual never gets worse than that;
//   4. fingerprints are made, where they are wanted: before the baseline acts, so that a finding
//      keeps its own whatever the baseline knows;
//   5. what the baseline knows is counted and goes. Notes count, too.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "report/located.h"
#include "rules/table.h"
#include "workspace/config.h"
#include "workspace/layout.h"

namespace sdd::workspace {

// What the user said about findings.
struct Policy {
  rules::Selection selection;
  Severities severities;  // later ones count
  std::string fail_on;    // "error", "warning", "never"; "" = as the command has it
  json::Limits limits;
  std::size_t max_nodes = rules::kMaxNodes;
  std::vector<std::string> required_metadata;  // SDD117
  std::filesystem::path baseline;              // the file to go by; empty = none
  bool write_baseline = false;                 // write it anew; it need not exist then
};

// What the run looked at, and how it shows things.
struct SettleRun {
  const Layout* layout = nullptr;  // nullptr: every file was named by its path, there is no root
  rules::Purpose purpose = rules::Purpose::kCheck;
  bool all_files = true;           // false: only the files of the reports
  bool history = false;            // whether the rules that compare revisions ran (SDD902–912)
  bool with_excerpts = false;      // as for report::locate
  bool with_fingerprints = false;  // fills report::Located::fingerprint
  // How a file is named in its report.
  std::function<std::string(const std::string&)> shown;
};

struct Settled {
  std::size_t suppressed = 0;
  std::size_t baselined = 0;
  std::size_t gone = 0;   // findings of the baseline that this run looked for and did not find
  std::size_t added = 0;  // findings that the baseline did not have
};

// How a file is known in every state: a spec's id, else its path below the root.
std::string name_of(const report::FileReport& report, const Layout* layout);

// Changes `reports` as said above; one for .sdd.toml may come last. Errors: a baseline that cannot
// be read or written (Baseline::read); the reports are then not to be used.
Result<Settled> settle(std::vector<report::FileReport>& reports, const Policy& policy,
                       const SettleRun& run);

}  // namespace sdd::workspace
