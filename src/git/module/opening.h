// Opening a repository as git does: with what it tells its hooks by the environment.
#pragma once

#include <git2.h>

#include <filesystem>

#include "base/error.h"
#include "git/module/owned.h"

namespace sdd::git {

// Repository extensions that make no difference to who only reads, and that libgit2 would refuse.
// Once, after libgit2 was initialised.
void allow_extensions();

// The repository that `folder` lies in, or that GIT_DIR names when it lies in none. Errors: as
// git::open_repository.
Result<Owned<git_repository, git_repository_free>> open_as_git_does(
    const std::filesystem::path& folder);

}  // namespace sdd::git
