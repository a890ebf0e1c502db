// Story: what happened between two versions of a spec, in the order in which people ask for it:
// which tasks moved on, what was written into the journal, which nodes came and went, how far it
// is.
//
//   const Story story = story_of(&before, &after, diff(before, after));
//   for (const std::string& line : story.lines()) …    // "task-3-2: in_progress → completed"
//   story.summary()                                    // "1 status, journal +1, counts 48/49 →
//   49/49"
//
// Left out is what follows from what is told: derived changes (spec/diff.h), the times and flags of
// a node that changed its status or got an entry, and what lists of children say about nodes that
// came or went. Everything else is in `others`: nothing that was stated is passed over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "spec/change.h"
#include "spec/spec.h"

namespace sdd::spec {

struct StatusStep {
  std::string node;
  std::string before;  // as it stands there; "" when no text does
  std::string after;
};

struct EntryNote {
  std::string timestamp, type, title, task;  // "": not said
};

struct NodeNote {
  std::string id, type, title;
};

struct RootCounts {
  std::optional<std::int64_t> completed, total;  // of the root; empty: it does not say
  friend bool operator==(const RootCounts&, const RootCounts&) = default;
};

struct Story {
  std::vector<StatusStep> statuses;  // of nodes whose status is stated, in the order of the file
  std::vector<EntryNote> entries_added, entries_removed, entries_changed;
  std::vector<NodeNote> nodes_added, nodes_removed;
  Changes others;
  RootCounts before, after;

  bool empty() const;
  // Safe for a terminal.
  std::vector<std::string> lines() const;
  std::string summary() const;
};

// `changes`: diff(before, after). nullptr: the spec was not there, or is not any more.
Story story_of(const Spec* before, const Spec* after, const Changes& changes);

}  // namespace sdd::spec
