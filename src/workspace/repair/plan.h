// Plans: what a repair would write, computed before anything is.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bank/document.h"
#include "base/error.h"
#include "json/limits.h"
#include "repair/salvage.h"
#include "spec/change.h"
#include "workspace/repair/receipt.h"
#include "workspace/repair/sources.h"

namespace sdd::workspace {

struct RepairPlan {
  std::string refusal;  // not empty: there is no result
  std::string after;
  std::string agreed_on;  // what a consent is about, when that is not `after`: no time stands in it
  std::string base;       // id of the source that the result was built on
  std::string base_bytes;  // the result may have the faults that these have; "" for none
  std::vector<repair::Recovered> recovered;
  std::vector<repair::Dropped> dropped;
  std::vector<repair::Lost> lost;
  std::vector<repair::Lost> doubts;
  spec::Changes derived;
  spec::Changes written;  // stands in no source
  spec::Changes changes;  // for the update log; what was salvaged is not listed there
};

// Of a spec that is damaged.
RepairPlan plan_salvage(const std::string& stem, const std::string& damaged,
                        const json::Limits& limits, const std::vector<FoundSource>& sources);

// Of a file of the memory bank with conflict markers. Its pieces are runs of lines:
// "/lines/3-7" of the result stand in one piece in the damaged file. Refused with the lines that
// contradict each other, or when the result would have errors that neither side has.
RepairPlan plan_bank_merge(bank::Kind kind, const std::string& damaged,
                           const std::vector<FoundSource>& sources);

// Fills in what a plan comes to: the sources and which of them are used, each piece with its hash,
// the plan's own hash. `shown`: a path as the user should see it.
void describe(const RepairPlan& plan, const std::vector<FoundSource>& sources,
              const std::string& before,
              const std::function<std::string(const std::string&)>& shown, Receipt& receipt);

}  // namespace sdd::workspace
