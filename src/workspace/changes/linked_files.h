// What links to a change, and what the change links to: as much of a repository as the rules about
// links (SDD4xx to SDD8xx over several files) need to judge the files that changed and those that
// name them.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "json/limits.h"
#include "rules/repository.h"
#include "workspace/changes/bank_state.h"
#include "workspace/changes/changed_files.h"
#include "workspace/changes/snapshot.h"

namespace sdd::workspace {

struct Changed {
  std::vector<std::string> bank_files;  // of the memory bank, there now; relative to the top level
  std::vector<rules::SpecFacts> specs;  // there now
  std::vector<std::string> spec_ids;    // whose facts differ from before, gone ones included
};

struct LinkedFiles {
  std::unique_ptr<rules::Repository> view;
  std::set<std::size_t> told;        // files of the bank: changed, or naming something that changed
  std::set<std::string> told_specs;  // paths relative to the root, likewise
};

// Errors: what git says about an object that is missing.
Result<LinkedFiles> find_linked(const GitFolders& folders, const Snapshot& snapshot,
                                BankState& bank, Changed changed, const std::string& root,
                                const json::Limits& limits);

}  // namespace sdd::workspace
