// BankWork: what the updates of the memory bank share (workspace/update_bank.h): files under their
// locks with the documents they hold, a change of one of them judged before it is written, the same
// change done again on what another program wrote, the log.
//
//   BankWork work(updating);
//   work.open({log});                                // locks, settles, reads
//   if (work.answered()) return work.take();
//   auto changed = work.change(0, compute);          // edits, judged
//   … work.updated().changes.push_back(…) …
//   work.write(0, compute);  work.done(0);  return work.take();
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "text/edit.h"
#include "workspace/locked_files.h"
#include "workspace/repository.h"
#include "workspace/update_bank.h"

namespace sdd::workspace {

// A change of one file, and which entries it takes away and brings (whole texts). An entry that is
// changed is taken away and brought.
struct BankChange {
  std::vector<Edit> edits;
  std::vector<std::string> removed = {};
  std::vector<std::string> added = {};
  // Errors that entries bring along from where they stood before, by code.
  std::map<std::string, int> carried = {};
};

// Computes the change of a file. `again`: the bytes are what another program wrote meanwhile; what
// is so already is no change then. Errors: kRefused when that cannot be.
using BankCompute = std::function<Result<BankChange>(const BankDocument& document, bool again)>;

// The errors of 6xx, by code.
std::map<std::string, int> errors_of(const BankDocument& document);

// kDamaged for a file whose text is not to be trusted.
Result<void> check_whole(const BankDocument& document);

class BankWork {
 public:
  explicit BankWork(const BankUpdating& updating);

  // Absolute paths; the first is the one that if_match and request_id speak of.
  Result<void> open(const std::vector<std::filesystem::path>& files);
  // Whether the request was answered before; then take() has the answer.
  bool answered() const { return !updated_.answered.empty(); }

  const BankDocument& document(std::size_t index) const { return *documents_[index]; }
  // The log of a file, also in a dry run.
  Result<store::LogContent> log(std::size_t index);
  bool dry_run() const { return updating_.request.dry_run; }

  // Computes, applies and judges; the file is not touched yet.
  Result<void> change(std::size_t index, const BankCompute& compute);
  // Nothing in a dry run.
  Result<void> write(std::size_t index, const BankCompute& compute);
  Result<void> done(std::size_t index);
  // Acknowledges an update that an earlier death left.
  Result<void> done(std::size_t index, const std::string& id);

  // What the update is called in the logs.
  const std::string& id() const { return id_; }

  BankUpdated& updated() { return updated_; }
  // The answer, with everything that is known at the end.
  BankUpdated take();

 private:
  Result<void> read(std::size_t index);
  void describe();
  std::string changes_json() const;

  const BankUpdating& updating_;
  Disk own_disk_;
  Disk& disk_;
  std::optional<store::Home> home_;
  std::optional<LockedFiles> files_;
  std::deque<std::unique_ptr<BankDocument>> documents_;
  std::vector<bank::Kind> kinds_;
  std::string id_;
  BankUpdated updated_;
};

}  // namespace sdd::workspace
