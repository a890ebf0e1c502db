// Checking what changed between two states of a repository, and what links to it: `--staged`,
// `--since`, the hooks. The cost grows with the change, not with the repository.
//
//   ChangeScope scope{*repository, before, now, *layout, branch};
//   auto checked = check_changes(scope, run);
//   checked->reports                    // of the files that changed, and those that link to them
//
// What is looked at:
// - every spec that changed, as `check` would look at it, and against the version that it continues
//   (SDD902 to SDD906, SDD910, SDD911);
// - every Markdown file of the memory bank that changed, and entries that are gone (SDD909,
// SDD912);
// - links from and to what changed. The bank's files are searched for the names of changed specs
//   and work items; those that have one are read, and what they link to. A finding in a file that
//   neither changed nor names something that did is not told.
//
// Purposes other than kCheck look at specs alone, without their history.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "git/repository.h"
#include "workspace/changes/snapshot.h"
#include "workspace/check_specs.h"
#include "workspace/layout.h"
#include "workspace/repository.h"

namespace sdd::workspace {

struct ChangeScope {
  const git::Repository& repository;
  Snapshot before;
  Snapshot now;
  const Layout& layout;
  std::string branch = {};  // that the change is made on; "" = not known
  bool history = true;      // false: the rules that compare both states do not run
  // Looks at the same files as they were before, without history: to know what is new.
  bool backwards = false;
};

// Of `run`, `linked`, `read`, `lost_updates` and `jobs` are not asked. Errors: kNotRepository when
// the specs lie outside of git's work tree; what git says (kNotFound for objects that are missing).
Result<RepositoryCheck> check_changes(const ChangeScope& scope, CheckRun run);

}  // namespace sdd::workspace
