// Changing one spec so that nothing is lost: the lock, the log, the exchange, around what
// spec/update.h computes.
//
//   UpdateRequest request;
//   request.spec = "billing-2026-02-11-001";             // an id or a path
//   request.command = "complete-task";
//   request.compute = [&](const spec::Spec& spec, const SpecPath&) {
//     return spec::update(spec, spec::CompleteTask{.task = "task-1-1"}, occasion); };
//   Result<Updated> updated = update_spec(request, places);
//   updated->changes                       // empty: it was so already, nothing was written
//
// What an Ok means: the file holds the change, it has reached the disk, and the log says so. What
// an Error means: nothing was changed, unless the message says "applied".
//
// A writer that knows no lock may change the file at the same time: what it wrote is merged, or the
// update is refused (kRefused); it is never written over unread. Versions of others that could not
// be merged are kept, and named in `remarks`.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "spec/change.h"
#include "spec/update.h"
#include "text/edit.h"
#include "workspace/layout.h"
#include "workspace/locked_spec.h"
#include "workspace/open_spec.h"

namespace sdd::workspace {

struct Updated {
  SpecPath place;           // where the file lies now
  std::string shown;        // its path, relative to the root where it lies below it
  std::string spec_id;      // as the file says, else its name
  spec::Changes changes;    // what this update changed; not what others did meanwhile
  std::vector<Edit> edits;  // the same on `before`
  std::string before;
  std::string after;
  std::string revision;  // git blob id of the bytes that the file holds
  std::optional<std::int64_t> total_tasks;
  std::optional<std::int64_t> completed_tasks;
  std::vector<std::string> remarks;  // for the user: kept files, a window, a network
  bool moved = false;                // to another status folder
  bool merged = false;               // with what somebody else wrote meanwhile
  std::string answered;              // the request was answered before: this was the answer
};

struct UpdateRequest {
  std::string spec;     // SPEC argument
  std::string command;  // its name, for the lock's holder and the log
  std::vector<std::string> ids;
  // What to change; called under the lock, and again never.
  std::function<Result<spec::Update>(const spec::Spec& spec, const SpecPath& place)> compute;
  // Instead of `compute`, for who asks for the bytes, too. Then a byte order mark is taken off the
  // file, which else counts as damaged.
  std::function<Result<spec::Update>(const OpenSpec& opened)> compute_from = {};
  // Called with the file's bytes when everything has been checked and before anything is written.
  // An Error ends the update.
  std::function<Result<void>(std::string_view before, const LockedSpec& locked)> before_write = {};
  // Where the file is to go: the name of a status folder; "" = it stays.
  std::string move_to;
  // What the user will be told, as JSON on one line: kept in the log for whoever repeats the
  // request.
  std::function<std::string(const Updated& updated)> answer;

  std::chrono::milliseconds lock_timeout{10'000};
  std::string if_match;    // the revision that the file must have; "" = any
  std::string request_id;  // "" = none
  bool dry_run = false;    // compute and check, change nothing; takes no lock
  bool without_lock = false;
};

// Errors: those of resolve_spec; kBusy (with the holder); kDamaged for a file that is no JSON;
// kRefused, kNotFound, kUsage from `compute`; kRefused when `if_match` does not hold or another
// writer's change is in conflict; kPermission, kIo.
Result<Updated> update_spec(const UpdateRequest& request, const Places& places);
// The same on another disk: for tests.
Result<Updated> update_spec(const UpdateRequest& request, const Places& places, Disk& disk);

}  // namespace sdd::workspace
