// Updates: what each command that changes a spec writes into it, as Changes. Pure functions: time
// and author are told, nothing is read or written.
//
//   const Occasion occasion{.now = now(), .author = "Codex"};
//   Result<Update> update = spec::update(spec, CompleteTask{.task = "task-1-1"}, occasion);
//   update->changes                               // empty: it is so already, nothing to do
//   edits_for(spec.tree(), update->changes)       // spec/change.h
//
// Whatever an update changes, afterwards the counts and the status of every node above it are
// right, and so are progress_percentage and current_phase where they stand. Nodes that stop being
// complete lose completed_at, needs_journaling and journaled_at; phases and groups that become
// complete get them. last_updated becomes the update's time.
//
// Errors. kNotFound: there is no such node (with the nearest names). kRefused: a precondition does
// not hold, or the file is damaged where the update would write. kUsage: an argument is not one of
// the known words. Faults elsewhere in the file do not matter.
//
// Texts (titles, contents, notes) must be valid UTF-8; what is not becomes U+FFFD.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "spec/change.h"
#include "spec/spec.h"

namespace sdd::spec {

struct Occasion {
  Timestamp now;
  // Write exactly `now` ($SDD_NOW). Else each time written is later than every time in the file
  // that does not lie more than a day ahead of now.
  bool exact = false;
  std::string author;
};

struct Update {
  Changes changes;
  Timestamp at;                      // the time that was written
  std::vector<std::string> remarks;  // what the user should be told
};

// TASK has no children: the status of others follows from theirs.
struct UpdateStatus {
  std::string task;
  Status status = Status::kPending;
  std::optional<std::string> note = {};
};

struct CompleteTask {
  std::string task;
  std::optional<std::string> note = {};
  std::optional<std::string> journal_title = {};
  std::optional<std::string> journal_content = {};
  std::string entry_type = "status_change";
  std::optional<std::string> bump = {};     // "major" or "minor"
  std::optional<std::string> version = {};  // instead of `bump`
};

struct MarkBlocked {
  std::string task;
  std::string reason;
  std::string type = "dependency";  // kBlockerTypes
  std::optional<std::string> ticket = {};
};

struct UnblockTask {
  std::string task;
  std::optional<std::string> resolution = {};
};

struct AddJournal {
  std::string title;
  std::string content;
  std::optional<std::string> task = {};
  std::string entry_type = "note";
  bool force = false;  // also about a task that is not there
};

// An entry for each of the tasks, or for every completed one that waits for its entry.
struct BulkJournal {
  std::optional<std::vector<std::string>> tasks = {};
};

struct AddRevision {
  std::string version;
  std::string changes;
};

struct AddAssumption {
  std::string text;
};

struct AddVerification {
  std::string node;
  std::string verdict;  // kVerdicts
  std::optional<std::string> command = {}, output = {}, issues = {}, notes = {};
};

// progress_percentage and current_phase, also where they do not stand yet.
struct SyncMetadata {};

// The spec goes from one status folder to another. With `finished` only when nothing is open.
struct MoveSpec {
  std::string from;  // "pending", "active" …; "" when it lies elsewhere
  std::string to;
  bool finished = false;
};

struct AddTask {
  std::string parent;
  std::string title;
  std::string type = "task";  // task, subtask or verify
  std::optional<std::string> file_path = {}, category = {}, description = {};
};

struct SetMetadata {
  std::string node;
  std::string key;
  std::string json;  // a JSON text
};

using Operation = std::variant<UpdateStatus, CompleteTask, MarkBlocked, UnblockTask, AddJournal,
                               BulkJournal, AddRevision, AddAssumption, AddVerification,
                               SyncMetadata, MoveSpec, AddTask, SetMetadata>;

Result<Update> update(const Spec& spec, const Operation& operation, const Occasion& occasion);

// The id that AddTask gives the new node.
std::string new_task_id(const Spec& spec, const AddTask& task);

}  // namespace sdd::spec
