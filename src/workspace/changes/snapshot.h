// Snapshot: the files of a repository in one state: at a revision, in git's index, in the work
// tree.
//
//   const Snapshot staged(*repository, {.kind = git::State::Kind::kIndex});
//   auto bytes = staged.read("specs/active/billing-2026-02-11-001.json", limits.max_bytes);
//   if (bytes && !*bytes) …                       // there is no such file
//
// Paths are relative to git's top level, with `/`. One thread at a time. Nothing is kept: each
// question is asked again.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "git/repository.h"

namespace sdd::workspace {

class Snapshot {
 public:
  Snapshot(const git::Repository& repository, git::State state)
      : repository_(&repository), state_(std::move(state)), top_(repository.top_level()) {}

  const git::State& state() const { return state_; }

  // The bytes of a file, at most max_bytes + 1 of them; nothing when there is none. Errors: kIo,
  // kPermission, kNotFound for an object that the clone does not have.
  Result<std::optional<std::string>> read(const std::string& path, std::size_t max_bytes) const;
  // The same where the blob is known ("" = not).
  Result<std::optional<std::string>> read(const std::string& path, const std::string& blob,
                                          std::size_t max_bytes) const;
  // Whether there is a file or a folder. What cannot be asked is not there.
  bool exists(const std::string& path) const;
  // The files below a folder, in no order.
  Result<std::vector<git::TreeFile>> below(const std::string& folder) const;

 private:
  const git::Repository* repository_;
  git::State state_;
  std::filesystem::path top_;
};

}  // namespace sdd::workspace
