// LostUpdates: finds updates that the update log acknowledges and the file does not show (SDD901).
//
//   const LostUpdates lost(specs_dir);                 // one for a run; "" when there is none
//   for (each file) found = lost.find(place, source, spec);   // from any thread
//
// An update is lost when none of what it stated holds any more, or when a journal entry or revision
// that it added is gone; unless
// - nobody else changed the file since (breaches.h);
// - git holds what stood there after each such change (checkout, restore, stash), or HEAD moved
//   after the update (commit, rebase, pull: what stood in the work tree then was looked at);
// - a later update of the log changed the same;
// - it was forgotten (`sdd history --forget`).
// A part of an update that was changed by hand while the rest stays is no loss. Where it cannot be
// told (lines of the log are missing behind the update, git cannot be asked or explains one change
// and not another) the finding is a note.
//
// An update does not end this: it goes on from what it finds, and what was lost before it stays
// lost.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "git/repository.h"
#include "rules/finding.h"
#include "spec/change.h"
#include "spec/spec.h"
#include "store/update_log.h"
#include "text/source_text.h"
#include "workspace/breaches.h"
#include "workspace/layout.h"

namespace sdd::workspace {

struct LostUpdate {
  store::Update update;
  std::size_t at = 0;  // its place in the log
  spec::Changes lost;  // those of its changes that are not in the file
  std::string doubt;   // why it cannot be told for sure that it was not meant; "" when it can
};

// Of a log and a document: the updates that the document lacks, oldest first, before anything but
// both is asked. Pure.
std::vector<LostUpdate> missing_updates(const store::LogContent& log, json::Value document);

class LostUpdates {
 public:
  explicit LostUpdates(std::filesystem::path specs_dir);

  // The updates that are lost, in the log's order. Errors: a log that cannot be read.
  Result<std::vector<LostUpdate>> look(const SpecPath& place, const std::string& bytes,
                                       const spec::Spec& spec) const;

  // At most one finding for each of them, in the log's order. `source` is the file at `place`,
  // whose document is `spec`.
  std::vector<rules::Finding> find(const SpecPath& place, const SourceText& source,
                                   const spec::Spec& spec) const;

 private:
  struct Verdict;

  Result<std::vector<LostUpdate>> judged(const std::filesystem::path& file,
                                         const store::LogContent& log, const std::string& bytes,
                                         const spec::Spec& spec) const;
  bool may_have_log(const SpecPath& place) const;
  Verdict ask_git(const std::filesystem::path& folder, const std::vector<Breach>& breaches,
                  const std::string& bytes) const;

  std::filesystem::path specs_dir_;
  std::unordered_set<std::string> logs_;  // names in the log folder of specs_dir_
  mutable std::mutex one_at_a_time_;      // libgit2's objects are for one thread
  mutable std::filesystem::path asked_;   // the folder that repository_ was opened for
  mutable std::optional<Result<std::unique_ptr<git::Repository>>> repository_;
};

}  // namespace sdd::workspace
