// CatchUp: what has to follow when a fix has changed some nodes, so that it brings no new
// contradiction: the counts above them, a parent that would lag behind, progress_percentage.
//
//   // `spec`: after the fixes' own changes
//   const CaughtUp caught = catch_up(spec, {{"task-1-1", 0, …}}, status_of_root_before);
//   for (const Followed& each : caught.changes) …        // and for which fix
//
// It does less than settle(): only nodes above those that were touched, a count only where it is
// surely wrong then, a status only where the children have gone further. A parent that is completed
// over open work stays (SDD305: a person decides), and so does a blocked one.
//
// A phase or group that closes gets needs_journaling true and the latest completed_at among its
// children; none where that would lie before its started_at, or no child says one.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "spec/change.h"
#include "spec/spec.h"

namespace sdd::spec {

// A node that a fix changed.
struct Touched {
  std::string id;
  std::size_t by = 0;     // which fix it was
  bool statuses = false;  // its status, type or children changed
  bool closed = false;    // its status became completed
};

struct Followed {
  Change change;
  std::size_t by = 0;  // the first of the fixes below
};

struct CaughtUp {
  std::vector<Followed> changes;  // to be made on `spec`, all at once
  // A count above a touched node is wrong, and what it should be hangs on something that is not
  // known, such as a status that is no status.
  bool unknown = false;
};

// `root_was`: the root's status before the fixes. Linear in the spec.
CaughtUp catch_up(const Spec& spec, const std::vector<Touched>& touched,
                  std::optional<Status> root_was);

}  // namespace sdd::spec
