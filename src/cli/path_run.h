// Running every rule over a repository, or over what some paths name in it: what `check` and `fix`
// share.
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/spec_run.h"

namespace sdd::cli {

// A path that is a folder is where the search for the root starts (none: the current folder). Files
// limit the reports to them: everything is looked at nevertheless, because what is wrong with one
// file may lie in another; those that are no part of the repository are checked alone. Nothing is
// settled yet. Errors: kNotFound for a path, kUsage for two folders; those of run_on_repository.
Result<SpecRun> run_on_paths(const Session& session, const Arguments& arguments,
                             const std::vector<std::string>& paths);

}  // namespace sdd::cli
