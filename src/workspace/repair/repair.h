// Repair of one file: a spec that is no JSON, or lacks journal entries (SDD402) or updates (SDD901)
// that it should have, or a file of the memory bank with conflict markers; under its lock, with a
// copy of the damaged bytes, a receipt, and consent where something is lost.
//
//   RepairRequest request{.file = "billing-2026-02-11-001"};
//   Result<Repaired> repaired = repair_file(request, places);
//   switch (repaired->status) …
//     kClean      nothing was to be done
//     kRepaired   done; repaired->proof is the receipt
//     kPlanned    nothing was changed: a dry run, or something would be lost; whoever agrees asks
//                 again with request.accept_loss = repaired->receipt.plan
//     kRefused    nothing acceptable can be built: receipt.lost and findings say why
//
// An Error means that nothing was changed, unless its message says "applied". Except in a dry run
// the damaged bytes are copied to `.sdd/salvage/` before anything else is done.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "report/located.h"
#include "spec/update.h"
#include "workspace/locked_spec.h"
#include "workspace/repair/receipt.h"

namespace sdd::workspace {

struct RepairRequest {
  std::string file;               // a spec's id, or the path of a file
  std::string version;            // of sdd, for the receipt
  spec::Occasion occasion;        // of a note that says that an entry was lost: time, who signs
  std::string accept_loss;        // the plan that somebody agreed to
  std::vector<std::string> from;  // revisions or files that are asked first
  bool replay = false;            // bring back lost updates
  bool dry_run = false;           // takes no lock, keeps no copy
  bool without_lock = false;
  std::chrono::milliseconds lock_timeout{10'000};
};

struct Repaired {
  enum class Status { kRepaired, kPlanned, kRefused, kClean };

  Status status = Status::kClean;
  Receipt receipt;  // as far as it is known: of what would be done, unless kRepaired
  std::string before;
  std::string after;  // "" when there is no result
  std::string proof;  // path of the receipt; "" unless kRepaired
  // Of the result: what speaks against it (kRefused), or what follows from a loss (kPlanned).
  std::vector<report::Located> findings;
  std::vector<std::string> remarks;  // for the user
};

// "repaired", "planned", "refused", "clean".
const char* to_string(Repaired::Status status);

// Errors: those of LockedSpec; kNotFound for a `from` that is not there; kRefused when another
// program writes the file meanwhile; the system's.
Result<Repaired> repair_file(const RepairRequest& request, const Places& places);
// The same on another disk: for tests.
Result<Repaired> repair_file(const RepairRequest& request, const Places& places, Disk& disk);

}  // namespace sdd::workspace
