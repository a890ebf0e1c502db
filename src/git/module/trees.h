// What stands in commits, trees and the index: the part of git/repository.h about many files.
#pragma once

#include <git2.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "git/module/owned.h"
#include "git/repository.h"

namespace sdd::git {

// kNotFound for what names no commit, or none that has a tree here.
Result<Owned<git_commit, git_commit_free>> commit_of(git_repository* repository,
                                                     const std::string& revision);
Result<Owned<git_tree, git_tree_free>> tree_of(git_repository* repository,
                                               const std::string& revision);
// As it lies on the disk now.
Result<Owned<git_index, git_index_free>> index_of(git_repository* repository);

// What the functions of git::Repository promise.
Result<std::vector<std::string>> walk_between(git_repository* repository,
                                              const std::vector<std::string>& without,
                                              const std::string& to, std::size_t most);
Result<std::vector<std::string>> merge_bases_of(git_repository* repository, const std::string& a,
                                                const std::string& b);
Result<std::vector<TreeFile>> files_of(git_repository* repository, const State& state,
                                       const std::string& below);
Result<std::vector<PathChange>> changes_between(git_repository* repository, const State& from,
                                                const State& to,
                                                const std::vector<std::string>& below);
Result<std::vector<std::string>> conflicts_of(git_repository* repository);

}  // namespace sdd::git
