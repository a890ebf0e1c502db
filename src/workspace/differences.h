// Differences: what the files that differ between two states say differently.
//
//   const auto compared = compare(layout, *repository, comparison);
//   const Differences differences = differences_of(*compared, limits);
//
// A spec that is damaged on one side is told as damaged, with the finding; nothing else of it is
// said. What means the same (another layout, another order of members) is no difference.
#pragma once

#include <vector>

#include "bank/diff.h"
#include "json/limits.h"
#include "report/diff_text.h"
#include "workspace/compare.h"

namespace sdd::workspace {

struct Differences {
  std::vector<report::SpecDifference> specs;  // by path
  std::vector<bank::BankChange> bank;         // by path

  // Whether a side of any spec is damaged.
  bool damaged() const;
};

Differences differences_of(const Compared& compared, const json::Limits& limits);

}  // namespace sdd::workspace
