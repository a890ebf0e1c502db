// Plans: what a repair would write, computed before anything is.
#pragma once

#include <optional>
#include <string>
#include <vector>

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
  std::string base;        // id of the source that the result was built on
  std::string base_bytes;  // the result may have the faults that these have; "" for none
  std::vector<repair::Recovered> recovered;
  std::vector<repair::Dropped> dropped;
  std::vector<repair::Lost> lost;
  spec::Changes derived;
  spec::Changes written;  // stands in no source
  spec::Changes changes;  // for the update log; what was salvaged is not listed there
};

// Of a spec that is damaged.
RepairPlan plan_salvage(const std::string& stem, const std::string& damaged,
                        const json::Limits& limits, const std::vector<FoundSource>& sources);

}  // namespace sdd::workspace
