// Merge: joins two versions of a spec that were made from one base.
//
//   Result<Merged> merged = merge(base, ours, theirs);       // the bytes of three whole documents
//   if (!merged) …                                           // one of them is no JSON (kDamaged)
//   if (merged->conflicts.empty()) write(merged->bytes);
//   for (const Conflict& conflict : merged->conflicts) …     // pointer, message, the three values
//
// Both sides' Changes against the base (spec/diff.h) are joined; theirs are made on the bytes of
// ours, so that whatever they do not mean keeps its spelling. Nodes go by id, members by name,
// lists by the identity of their items (spec/lists.h).
//
// What is settled without a conflict, although both sides changed it:
// - the same change on both sides
// - what is derived: counts and statuses above what changed are computed anew, progress_percentage
//   and current_phase too; of two last_updated the later stays. A phase that closes only by the
//   merge gets its children's latest completed_at, and waits for its journal entry
// - status: pending, in_progress, completed; the further one, when the other side was on its way
//   there. blocked stands outside
// - completion by both sides: the earlier completed_at, with its actual_hours, started_at,
//   status_note and journaled_at; the journal entries of both stay
// - new entries and revisions: behind those of the base, by time, ours first
//
// Everything else that both sides changed differently is a conflict: two values of one member, two
// nodes of one id, entries of one identity, a removal against a change. There the result holds what
// ours says, and it is valid JSON all the same; what does not touch a conflict is merged.
//
// merge(b, b, x) = x, merge(b, x, b) = x and merge(b, x, x) = x, byte for byte. Without a conflict
// merge(b, x, y) and merge(b, y, x) mean the same but for the order of what both added.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "spec/change.h"

namespace sdd::repair {

struct Conflict {
  std::string pointer;  // RFC 6901; of an item of a list: the list's, and "/-"
  std::string node;     // the id of the node it belongs to, or ""
  std::string message;  // what contradicts what; safe for a terminal
  // What each version says there, as JSON texts; "" for nothing.
  std::string base, ours, theirs;
};

struct Merged {
  std::string bytes;
  std::vector<Conflict> conflicts;  // in the order of their pointers
  spec::Changes taken;              // what was done to ours
};

// kDamaged, naming the version, when one of the three is no JSON document.
Result<Merged> merge(const std::string& base, const std::string& ours, const std::string& theirs);

}  // namespace sdd::repair
