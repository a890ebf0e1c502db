// Missing: what a spec that is whole lacks although it should have it: lost updates (SDD901), which
// the update log holds, and lost journal entries (SDD402), which some source may hold.
//
//   Result<RepairPlan> plan = plan_missing({.before = bytes, …});
//   if (plan->after == bytes && plan->lost.empty()) …      // it lacks nothing
//
// A lost update is made again, with its preconditions (`replay`); one that contradicts what stands
// there now is refused by its name, and so is one that may have been taken back on purpose. Counts
// and statuses above it are settled again.
//
// A lost entry is taken as a whole from the first source that has one for that node within two
// seconds of its journaled_at (without journaled_at: the newest one for it), and put into its place
// by time. Where no source has it, one note says so in its place, signed and dated now, as
// add-journal writes it; that stands in `written`, and needs consent.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "spec/update.h"
#include "workspace/layout.h"
#include "workspace/repair/plan.h"
#include "workspace/repair/sources.h"

namespace sdd::workspace {

struct MissingWish {
  const std::string& before;
  const SpecPath& place;
  const std::vector<FoundSource>& sources;
  std::filesystem::path specs_dir;  // "" when there is none
  spec::Occasion occasion;          // of the note
  bool replay = false;
};

struct MissingPlan {
  RepairPlan plan;
  // Lost updates that nobody asked to bring back.
  std::vector<repair::Lost> not_replayed;
};

// Errors: kDamaged when `before` is no JSON; kRefused when the file is damaged where something
// would be written; a log that cannot be read.
Result<MissingPlan> plan_missing(const MissingWish& wish);

}  // namespace sdd::workspace
