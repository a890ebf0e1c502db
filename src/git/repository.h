// Repository: what git knows, read-only. libgit2 stands in a module that is loaded when a command
// first asks; a run that asks nothing pays nothing for it.
//
//   Result<std::unique_ptr<git::Repository>> repository = git::open_repository(folder);
//   if (!repository) …                         // kNotRepository: no git here; kIo: git cannot be
//   asked repository->holds_blob(store::git_blob_id(bytes))
//
// One thread at a time. Nothing is written but the repository's own configuration, by set_config():
// not the index, not the work tree, no reference. As git
// does, a repository that belongs to another user is not opened (`safe.directory`).
//
// What git tells its hooks by the environment (GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE,
// GIT_OBJECT_DIRECTORY, GIT_ALTERNATE_OBJECT_DIRECTORIES) holds for the repository that it speaks
// about: that of GIT_DIR, else of the current folder. Another one is read as it lies on the disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/time.h"

namespace sdd::git {

// A version of a file, as a commit holds it.
struct FileVersion {
  std::string commit;  // its id; `git show COMMIT:PATH` prints the version
  std::string path;    // relative to the top level
  std::string blob;
  bool ours = false;  // reachable from HEAD
};

// A file of a revision or of the index.
struct TreeFile {
  std::string path;  // relative to the top level
  std::string blob;  // its id
};

// A file that differs between two states. Blob ids; "": it is not there, or (in the work tree)
// nobody has computed it.
struct PathChange {
  std::string path;
  std::string before;
  std::string after;
  bool is_there = true;  // after
};

// A state of the files: a revision, or what `git add` put into the index, or the work tree.
struct State {
  enum class Kind : std::uint8_t { kRevision, kIndex, kWorkTree };
  Kind kind = Kind::kRevision;
  std::string revision = {};  // "": no files at all, as before the first commit
};

class Repository {
 public:
  Repository() = default;
  Repository(const Repository&) = delete;
  Repository& operator=(const Repository&) = delete;
  virtual ~Repository() = default;

  // The work tree's folder, without symbolic links; empty in a bare repository.
  virtual std::filesystem::path top_level() const = 0;
  // The branch that is checked out, without "refs/heads/", also one without commits; "" when HEAD
  // is detached.
  virtual Result<std::string> branch() const = 0;
  // Whether the object store has a blob of this id (40 hexadecimal digits, as `git hash-object`
  // names bytes without filters).
  virtual Result<bool> holds_blob(const std::string& id) const = 0;
  // The id of HEAD:path, `path` relative to the top level; "" when HEAD has no such file.
  virtual Result<std::string> head_blob(const std::string& path) const = 0;
  // The bytes of a blob. kNotFound when the object store has none of this id (a partial clone).
  virtual Result<std::string> blob(const std::string& id) const = 0;
  // The id of the index's entry for a path; "" when there is none. `stage`: 0, or of an unfinished
  // merge 1 (base), 2 (ours), 3 (theirs).
  virtual Result<std::string> index_blob(const std::string& path, int stage) const = 0;
  // The id of REVISION:path; "" when that revision has no such file. kNotFound for what names no
  // revision.
  virtual Result<std::string> blob_at(const std::string& revision,
                                      const std::string& path) const = 0;
  // The versions of a file that may have lain under any of `paths`, newest commit first, each blob
  // once: at most `most`, and none that only a commit behind the 20,000th holds. Those that HEAD
  // reaches, and with `everywhere` behind them those of all other branches, tags and stashes.
  virtual Result<std::vector<FileVersion>> versions(const std::vector<std::string>& paths,
                                                    std::size_t most, bool everywhere) const = 0;
  // The folders of the repository's other work trees that are there, sorted.
  virtual Result<std::vector<std::filesystem::path>> other_worktrees() const = 0;
  // The id of the commit that a revision names, through tags. kNotFound for what names none.
  virtual Result<std::string> commit(const std::string& revision) const = 0;
  // The ids of a commit's parents; in a shallow clone its last commits have none. kNotFound.
  virtual Result<std::vector<std::string>> parents(const std::string& commit) const = 0;
  // The commits that the references with this beginning ("refs/heads/") name, each once.
  virtual Result<std::vector<std::string>> tips(const std::string& prefix) const = 0;
  // The best common ancestor of two commits; "" when they have none.
  virtual Result<std::string> merge_base(const std::string& a, const std::string& b) const = 0;
  // All best common ancestors: more than one where branches were merged across.
  virtual Result<std::vector<std::string>> merge_bases(const std::string& a,
                                                       const std::string& b) const = 0;
  // The commits that `to` reaches and none of `without` does, newest first, at most `most`.
  virtual Result<std::vector<std::string>> commits_between(const std::vector<std::string>& without,
                                                           const std::string& to,
                                                           std::size_t most) const = 0;
  // The files of a revision or of the index (not of an unfinished merge's stages) below a folder
  // ("": all), sorted by path. What is no file (a submodule) is not among them.
  virtual Result<std::vector<TreeFile>> files(const State& state,
                                              const std::string& below) const = 0;
  // The files below any of the folders ("": all) that differ, sorted by path. `from` is a revision.
  // Of the work tree also those that git does not track, apart from ignored ones. Errors: kNotFound
  // for what names no revision; kIo for objects that are not there.
  virtual Result<std::vector<PathChange>> changes(const State& from, const State& to,
                                                  const std::vector<std::string>& below) const = 0;
  // The paths that an unfinished merge left in conflict, sorted.
  virtual Result<std::vector<std::string>> conflicted() const = 0;
  // Whether history ends somewhere because the clone is shallow.
  virtual bool is_shallow() const = 0;
  // git's folder of this work tree ("…/.git"), and the one that all work trees share.
  virtual std::filesystem::path git_dir() const = 0;
  virtual std::filesystem::path common_dir() const = 0;
  // A value of git's configuration as it holds in this repository ("core.hooksPath"); nothing when
  // it is not set.
  virtual Result<std::optional<std::string>> config(const std::string& name) const = 0;
  // Writes a value to this repository's own configuration, or takes it out: the one thing that is
  // ever written. Errors: kIo.
  virtual Result<void> set_config(const std::string& name,
                                  const std::optional<std::string>& value) const = 0;
  // When HEAD moved last (commit, checkout, reset, rebase, pull …), to whole seconds: the newest
  // line of its reflog. Nothing when there is none.
  virtual Result<std::optional<Timestamp>> head_moved() const = 0;
};

// The repository that `folder` lies in. Errors: kNotRepository; kPermission for one that belongs to
// somebody else; kIo when the module is not there or libgit2 cannot read the repository.
Result<std::unique_ptr<Repository>> open_repository(const std::filesystem::path& folder);

// git's user.name as it holds in `folder`, whether or not that lies in a repository; "" when it is
// not set. Errors: kIo.
Result<std::string> user_name(const std::filesystem::path& folder);

}  // namespace sdd::git
