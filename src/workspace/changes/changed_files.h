// Which spec files and which files of the memory bank differ between two states.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "git/repository.h"
#include "json/limits.h"
#include "json/tree.h"
#include "rules/versions.h"
#include "spec/spec.h"
#include "workspace/changes/snapshot.h"
#include "workspace/layout.h"

namespace sdd::workspace {

// How the layout's folders are called in git: relative to its top level. A folder that is not there
// is "".
struct GitFolders {
  std::string root;  // with its slash at the end; "" = the top level itself
  std::string specs;
  std::string bank;
  std::string top;  // absolute, with its slash

  // A path relative to the top level as files write it: relative to the root, where it lies below
  // that, else absolute.
  std::string in_root(const std::string& path) const {
    return path.starts_with(root) ? path.substr(root.size()) : absolute(path);
  }
  std::string absolute(const std::string& path) const { return top + path; }
  // And back: a path as files write it; "" for one that leads out of the top level.
  std::string in_git(std::string_view path) const;
};
// Errors: kNotRepository when any of them lies outside of git's work tree.
Result<GitFolders> folders_in_git(const git::Repository& repository, const Layout& layout);

// A path below the specs folder as a spec file; nothing for any other file.
std::optional<SpecPath> spec_at(const GitFolders& folders, const std::string& path);
bool is_bank_file(const GitFolders& folders, std::string_view path);

// One version of a spec, read.
struct ReadSpec {
  std::string path;  // relative to the top level
  std::string id;
  std::string bytes;
  json::Tree tree;
  spec::Spec spec;
  bool whole = false;  // false: damaged

  rules::VersionedSpec view(const GitFolders& folders) const {
    return {folders.in_root(path), id, whole ? &spec : nullptr};
  }
};

// Reads one version; nullptr when there is no such file. `blob` as in git::PathChange. What is over
// the limits counts as damaged.
Result<std::unique_ptr<ReadSpec>> read_version(const std::string& path, const std::string& blob,
                                               const Snapshot& snapshot,
                                               const json::Limits& limits);

struct ChangedSpecs {
  std::vector<std::unique_ptr<ReadSpec>> before;
  std::vector<std::unique_ptr<ReadSpec>> now;
};
// Reads both versions of the specs among the changes.
Result<ChangedSpecs> read_changed_specs(const GitFolders& folders,
                                        const std::vector<git::PathChange>& changes,
                                        const Snapshot& before, const Snapshot& now,
                                        const json::Limits& limits);

}  // namespace sdd::workspace
