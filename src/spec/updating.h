// Updating: what the updates of spec/update.h have in common. For the sources of update.cc only.
//
//   Updating updating(spec, occasion);
//   Result<const Node*> node = updating.find("task-1-1");
//   updating.draft().set_text(node_path(**node, "status"), "completed");
//   updating.roll_up({.node = …, .status = Status::kCompleted});
//   return updating.finish();
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spec/draft.h"
#include "spec/roll_up.h"
#include "spec/settle.h"
#include "spec/update.h"

namespace sdd::spec {

// The answer of an update that is not made: kRefused.
inline tl::unexpected<Error> refuse(std::string message) {
  return fail(ErrorKind::kRefused, std::move(message));
}

class Updating {
 public:
  Updating(const Spec& spec, const Occasion& occasion);

  const Spec& spec() const { return spec_; }
  Draft& draft() { return draft_; }
  Timestamp at() const { return update_.at; }
  const std::string& time() const { return time_; }  // `at`, as it is written
  void remark(std::string text) { update_.remarks.push_back(std::move(text)); }

  // The node, or kNotFound with the nearest ids; kRefused when it is no object.
  Result<const Node*> find(std::string_view id) const;

  // Where the spec's own metadata has that member, or should have it: in `metadata`, unless the
  // document itself has it.
  Path own_metadata(std::string_view member) const;

  // Writes an entry at the end of the journal; `task` may be empty.
  void add_entry(std::string_view type, std::string_view title, std::string_view content,
                 std::string_view task);
  // Says in the node that it was journaled now.
  void mark_journaled(const Node& node);

  // Brings every node above into step with the change that is being made, and what follows at the
  // spec. `journal`: phases and groups that it completes get their entry at once.
  void roll_up(const Supposed& supposed, bool journal = false);

  // Writes last_updated where anything changed.
  Result<Update> finish();

 private:
  void roll_up_node(const Node& node, const Recount& should, bool journal);

  const Spec& spec_;
  const Occasion& occasion_;
  Draft draft_;
  Update update_;
  std::string time_;
};

// The moment that an update writes (contract of Occasion::exact).
Timestamp moment_of(const Spec& spec, const Occasion& occasion, std::vector<std::string>& remarks);

// One function for each kind of Operation.
Result<Update> run(const Spec& spec, const UpdateStatus& wish, const Occasion& occasion);
Result<Update> run(const Spec& spec, const CompleteTask& wish, const Occasion& occasion);
Result<Update> run(const Spec& spec, const MarkBlocked& wish, const Occasion& occasion);
Result<Update> run(const Spec& spec, const UnblockTask& wish, const Occasion& occasion);
Result<Update> run(const Spec& spec, const AddJournal& wish, const Occasion& occasion);
Result<Update> run(const Spec& spec, const BulkJournal& wish, const Occasion& occasion);
Result<Update> run(const Spec& spec, const AddRevision& wish, const Occasion& occasion);
Result<Update> run(const Spec& spec, const AddAssumption& wish, const Occasion& occasion);
Result<Update> run(const Spec& spec, const AddVerification& wish, const Occasion& occasion);
Result<Update> run(const Spec& spec, const SyncMetadata& wish, const Occasion& occasion);
Result<Update> run(const Spec& spec, const MoveSpec& wish, const Occasion& occasion);
Result<Update> run(const Spec& spec, const AddTask& wish, const Occasion& occasion);
Result<Update> run(const Spec& spec, const SetMetadata& wish, const Occasion& occasion);

// The names of nodes in a message: at most five, and how many more.
std::string names_of(const std::vector<const Node*>& nodes);

// Writes a revision; kRefused when that version exists. Used by complete-task, too.
Result<void> write_revision(Updating& updating, std::string_view version, std::string_view author,
                            std::string_view changes);
// The version behind the one that stands: "major" or "minor".
Result<std::string> bumped_version(const Spec& spec, std::string_view bump);

}  // namespace sdd::spec
