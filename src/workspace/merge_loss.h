// MergeLoss: what a merge commit lacks although one of its parents has it (SDD907).
//
//   auto checked = check_merge(layout, *repository, commit);
//   for (const report::FileReport& file : checked->reports) …
//   for (const std::string& line : checked->not_compared) …
//
// Looked for are journal entries, completed tasks (leaves: what stands above follows from them),
// whole specs, and the memory bank's entries with their ticks. Something is lost when a parent has
// it, the merge has it not, and no other parent removed it since a merge base of the two: had it in
// a base, and has it not. A spec is followed by its id through the status folders, an entry of the
// bank by title and Spec through its files.
//
// A merge of several branches is held against each of them. Where branches have several merge
// bases, what stands in any of them counts as known to both. What cannot be read is said: versions
// that are damaged, and commits that a shallow or partial clone does not have.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "git/repository.h"
#include "report/located.h"
#include "workspace/layout.h"

namespace sdd::workspace {

struct CheckedMerge {
  std::string commit;                       // its id
  std::vector<std::string> parents;         // likewise; fewer than two: it is no merge
  std::vector<report::FileReport> reports;  // files with a loss, or damaged by the merge
  std::vector<std::string> not_compared;    // why, a line each; safe for a terminal
  bool complete = true;  // false: a commit or object that is needed is not in this clone

  std::size_t losses() const;
};

// Errors: kNotFound for what names no commit; kNotRepository when specs and bank lie in no work
// tree of `repository`; what git says.
Result<CheckedMerge> check_merge(const Layout& layout, const git::Repository& repository,
                                 const std::string& revision);

// The merges among the commits of a range "A..B", newest first; of a single revision that commit,
// whatever it is. In a shallow clone also those at which history ends: they may have been merges.
Result<std::vector<std::string>> merges_in(const git::Repository& repository,
                                           const std::string& range);

}  // namespace sdd::workspace
