// Diff: what one version of a spec says that another does not, as Changes.
//
//   const Changes changes = diff(before, after);
//   apply_changes(bytes_of_before, changes)          // means what `after` means
//
// Objects are compared member by member, whatever the order of the members; lists (spec/lists.h) as
// ordered sets of their items; everything else as one value. So a change of layout, of key order or
// of the spelling of a number is no Change. Removals stand in front of what is set, that in front
// of what is added; additions that stand in the midst of what was there before say behind what.
//
// Which Changes are derived: total_tasks and completed_tasks of every node, the status of a node
// that has children in both versions (unless it is blocked in one of them), last_updated,
// progress_percentage, current_phase, and a status of the document that repeats the root's.
//
// Linear in both documents. Items of a list that change places cost a walk along the list each; a
// long list that was shuffled is compared as one value. A list in which one item stands twice is
// compared all the same: see lists.h.
#pragma once

#include "spec/change.h"
#include "spec/spec.h"

namespace sdd::spec {

// Both may have any faults; what is no object is compared as one value.
Changes diff(const Spec& before, const Spec& after);

// The Changes that are not derived.
Changes stated_only(const Changes& changes);

}  // namespace sdd::spec
