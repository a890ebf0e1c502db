// The sides of a merge: what a commit's specs and memory bank say, read when asked. For
// merge_loss.cc only.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "bank/document.h"
#include "base/error.h"
#include "git/repository.h"
#include "json/limits.h"
#include "json/tree.h"
#include "spec/spec.h"
#include "text/source_text.h"

namespace sdd::workspace {

// One version of a spec.
struct SpecVersion {
  SpecVersion(const std::string& path, std::string bytes, const json::Limits& limits);

  SourceText source;
  json::Tree tree;
  spec::Spec spec;
  bool whole = false;                            // else nothing below is known
  std::map<std::string, std::uint32_t> entries;  // identity → position in spec.journal()
  std::set<std::string> completed_leaves;
};

// One version of a file of the bank.
struct BankVersion {
  BankVersion(const std::string& path, std::string bytes, const std::string& name);

  using Name = std::pair<std::string, std::string>;  // title and Spec
  SourceText source;
  bank::Document document;
  std::map<Name, const bank::TaskEntry*> entries;
};

// What several commits say; each blob is read once.
class Blobs {
 public:
  Blobs(const git::Repository& repository, const json::Limits& limits)
      : repository_(repository), limits_(limits) {}

  Result<std::shared_ptr<const SpecVersion>> spec(const git::TreeFile& file);
  Result<std::shared_ptr<const BankVersion>> bank(const git::TreeFile& file,
                                                  const std::string& name);

 private:
  const git::Repository& repository_;
  const json::Limits& limits_;
  std::map<std::string, std::shared_ptr<const SpecVersion>> specs_;
  std::map<std::string, std::shared_ptr<const BankVersion>> banks_;
};

// The files of one commit.
struct MergeSide {
  std::string commit;
  std::map<std::string, std::vector<git::TreeFile>> specs;  // by id
  std::map<std::string, git::TreeFile> bank;                // by name in the bank's folder
};

// A merge commit, its parents, and the merge bases of each two of them.
class MergeSides {
 public:
  // `specs`, `bank`: their folders, relative to the top level; nothing: there is none.
  MergeSides(const git::Repository& repository, std::optional<std::string> specs,
             std::optional<std::string> bank)
      : repository_(repository), specs_(std::move(specs)), bank_(std::move(bank)) {}

  bool has_folders() const { return specs_ || bank_; }

  // Errors: a commit or a tree that is not there; kNotFound for parents without a common ancestor
  // in a shallow clone.
  Result<void> read(const std::string& commit, const std::vector<std::string>& parents);

  const MergeSide& merge() const { return merge_; }
  const std::vector<MergeSide>& parents() const { return parents_; }

  // Whether another parent removed something: `has` it not, and a merge base of it and `parent` has
  // it.
  bool removed_elsewhere(std::size_t parent,
                         const std::function<bool(const MergeSide& side)>& has) const;

 private:
  Result<MergeSide> side_of(const std::string& commit) const;
  Result<void> read_bases(std::size_t one, std::size_t other);

  const git::Repository& repository_;
  const std::optional<std::string> specs_;
  const std::optional<std::string> bank_;
  MergeSide merge_;
  std::vector<MergeSide> parents_;
  // By the numbers of two parents, the smaller first.
  std::map<std::pair<std::size_t, std::size_t>, std::vector<MergeSide>> bases_;
};

}  // namespace sdd::workspace
