// BankState: the memory bank in one state, read as far as somebody asks: which of its files name
// something, and what they say.
//
//   BankState bank(folders, snapshot, limits);
//   auto files = bank.naming({"billing-2026-02-11-001"});   // positions
//   const BankDocument* document = bank.document(files->front());
//
// Bytes are read once, when first needed, and stay; a document is parsed when it is asked for.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "workspace/changes/changed_files.h"
#include "workspace/changes/snapshot.h"
#include "workspace/repository.h"

namespace sdd::workspace {

class BankState {
 public:
  BankState(const GitFolders& folders, const Snapshot& snapshot, std::size_t max_bytes)
      : folders_(folders), snapshot_(snapshot), max_bytes_(max_bytes) {}

  // Lists the files; once, before anything else. Errors: what git says.
  Result<void> list();

  std::size_t size() const { return files_.size(); }
  // Relative to git's top level.
  const std::string& path(std::size_t file) const { return files_[file].path; }
  bank::Kind kind(std::size_t file) const;
  std::optional<std::size_t> at(std::string_view path) const;

  // The files whose bytes have one of the names in them, in the order of their paths. Files that
  // cannot be read have none.
  std::vector<std::size_t> naming(const std::vector<std::string>& names);
  // What a file says; nullptr when it cannot be read.
  const BankDocument* document(std::size_t file);

 private:
  struct File {
    std::string path;
    std::string blob;
    std::optional<std::string> bytes;
    bool was_read = false;
    std::unique_ptr<BankDocument> document;
  };
  const std::string* bytes(File& file);

  const GitFolders& folders_;
  const Snapshot& snapshot_;
  std::size_t max_bytes_;
  std::vector<File> files_;
};

}  // namespace sdd::workspace
