// Journal: which entries belong to which node, when they were written, and whether a node and the
// journal say the same about its completion.
//
//   spec::Journal journal(spec);
//   switch (journal.fault_of(node)) …                      // at most one fault a node
//   for (std::uint32_t i = journal.first_of(node); i != kNoEntry; i = journal.next_of(i))
//     spec.journal()[i]                                    // its entries, in file order
//
// How a node is journaled: its completion sets `completed_at` and `needs_journaling: true`; the
// entry that names it sets that to false and adds `journaled_at`, a moment later (never more than
// two seconds in 54,800 real nodes: kSameMoment). A task that is reopened and completed again keeps
// its older entries; those count for the earlier completion, not for this one.
//
// Each time is parsed once. Everything is linear in the file; a journal of 100,000 entries is as
// cheap as a hierarchy of as many nodes. A Journal points into its Spec and lives no longer.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "spec/spec.h"

namespace sdd::spec {

// A position in Spec::journal() that stands for no entry.
inline constexpr std::uint32_t kNoEntry = UINT32_MAX;

// Programs write an entry and the times of its node a moment apart.
inline constexpr std::int64_t kSameMoment = 2'000'000;  // microseconds

enum class JournalFault : std::uint8_t {
  kNone,
  // Completed, needs_journaling is true, and no entry names it at or after completed_at.
  kUnjournaled,
  // The same, but there is such an entry: the flag is out of date.
  kStaleFlag,
  // It says that it was journaled (needs_journaling is false, or it has a journaled_at), and no
  // entry of that time names it; where it tells no time, no entry at all. Whatever its status.
  kLostEntry,
  // A completed leaf with neither flag nor entry.
  kNoTrace,
};

// When things happened to a node; empty where it tells no time, or one that cannot be read.
struct NodeTimes {
  std::optional<Timestamp> started, completed, journaled;
};

class Journal {
 public:
  Journal() = default;
  explicit Journal(const Spec& spec) { read(spec); }

  // Forgets what it held and reads another spec; the buffers stay.
  void read(const Spec& spec);

  // When an entry was written; empty where it tells no time that can be read.
  std::optional<Timestamp> time(std::uint32_t entry) const;

  // The entries whose task_id names the node, in file order. Of two nodes with one id the last has
  // them (see Node::hidden).
  std::uint32_t first_of(const Node& node) const { return first_[spec_->index_of(node)]; }
  std::uint32_t next_of(std::uint32_t entry) const { return next_[entry]; }

  // An entry written at that moment whose task_id names no node, or is no text: perhaps the one
  // that is missing elsewhere. kNoEntry: there is none. Logarithmic.
  std::uint32_t stray_at(Timestamp moment) const;

  // Never about a node that readers do not see. An unknown type is left to SDD209.
  JournalFault fault_of(const Node& node) const;

 private:
  struct Stray {
    Timestamp at;
    std::uint32_t entry = kNoEntry;
  };

  bool has_entry(const Node& node) const { return first_of(node) != kNoEntry; }
  bool has_entry_since(const Node& node, std::optional<Timestamp> completed) const;
  bool keeps_its_word(const Node& node) const;

  const Spec* spec_ = nullptr;
  std::vector<Timestamp> times_;      // as in Spec::journal(); kNever: not told
  std::vector<std::uint32_t> next_;   // likewise
  std::vector<std::uint32_t> first_;  // by node index
  std::vector<Stray> strays_;         // by time
};

// The times of a node's metadata.
NodeTimes times_of(const Node& node);

// Whether the node says that its completion is in the journal.
bool says_journaled(const Node& node);

// Nodes of type task, subtask, verify and research that wait for their entry (kUnjournaled), in
// file order. Linear time.
std::vector<const Node*> unjournaled(const Spec& spec);

}  // namespace sdd::spec
