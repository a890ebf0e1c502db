// Compare: the specs and files of the memory bank that differ between two states of a git
// repository (a revision, the index, the work tree), with the bytes of both sides.
//
//   const auto compared = compare(layout, *repository, {.from = …, .to = …});
//   for (const ComparedSpec& spec : compared->specs) …       // by id; before and after
//   for (const ComparedFile& file : compared->bank) …
//
// A spec is the same one where its id (the file's name) is the same: one that moved to another
// status folder is no removal. Of several with one id those under the same path belong together.
// Cost grows with what differs, not with the repository.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "git/repository.h"
#include "workspace/layout.h"

namespace sdd::workspace {

struct Version {
  std::string path;  // as the user should see it
  std::string bytes;
};

struct ComparedSpec {
  std::string id;
  std::optional<Version> before;  // nothing: it was not there
  std::optional<Version> after;   // nothing: it is not there any more

  const std::string& path() const { return after ? after->path : before->path; }
  bool moved() const { return before && after && before->path != after->path; }
};

struct ComparedFile {
  std::string name;  // relative to the bank's folder
  std::string path;  // as the user should see it
  std::optional<Version> before;
  std::optional<Version> after;
};

struct StatePair {
  git::State from;  // a revision
  git::State to;
};

struct Compared {
  std::vector<ComparedSpec> specs;  // by path
  std::vector<ComparedFile> bank;   // by path
};

// Errors: kNotRepository when specs and bank lie in no work tree of `repository`; what git says;
// the system's for a file of the work tree.
Result<Compared> compare(const Layout& layout, const git::Repository& repository,
                         const StatePair& comparison);

// `folder` relative to the repository's top level ("" for that itself); nothing when it lies
// outside, or is empty.
std::optional<std::string> below_top(const git::Repository& repository,
                                     const std::filesystem::path& folder);

// The id of a spec by its path below the specs folder ("active/x.json"); "" for what is no spec.
std::string spec_id_of(std::string_view path_in_specs);

}  // namespace sdd::workspace
