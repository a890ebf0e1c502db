// Merging Markdown of the memory bank: branch logs and current_tasks.md as lists of entries with an
// identity, so that two branches that each added an entry join without a conflict.
//
//   const BankMerged merged = merge_bank({&base, ours, theirs}, bank::Kind::kLog);
//   if (merged.conflicts.empty()) write(merged.bytes);
//
//   if (auto sides = split_conflicts(bytes)) …      // a file with <<<<<<< ======= >>>>>>>
//
// An entry is the same one where title and Spec are the same (of several alike, the n-th). An entry
// that one side added, changed or removed is so in the result; both sides' new entries stay, in
// their order and in their section, ours first. Entries keep their bytes.
//
// A conflict: both changed one entry differently, one changed what the other removed, both added
// one entry with different words, or both changed what is no entry. Without a base every entry that
// only one side has counts as new. On conflict there is no result, but with Markers there is one in
// which every such entry stands as git would leave it, both versions between markers, and all
// others are merged; unless both changed what is no entry.
//
// Blank lines are no difference.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bank/document.h"

namespace sdd::repair {

struct BankVersions {
  const std::string* base = nullptr;  // nullptr: not known
  const std::string& ours;
  const std::string& theirs;
};

struct BankConflict {
  std::string title;    // of the entry; "" = not about an entry
  std::string message;  // safe for a terminal
  // What each side says, whole; "" = nothing.
  std::string ours;
  std::string theirs;
};

// The lines `<<<<<<< ours`, `=======` and `>>>>>>> theirs`.
struct Markers {
  std::size_t width = 7;  // of the first word, in characters
};

struct BankMerged {
  std::string bytes;  // on conflict empty where there are no markers, or no place for them
  std::vector<BankConflict> conflicts;
};

// `markers`: nullptr for a result without conflicts only.
BankMerged merge_bank(const BankVersions& versions, bank::Kind kind,
                      const Markers* markers = nullptr);

// The versions that a file with conflict markers was made from.
struct ConflictSides {
  std::string ours;
  std::string theirs;
  std::optional<std::string> base;  // when every conflict has its `|||||||` part
};
// Nothing when there are no conflict markers, or their order is not right.
std::optional<ConflictSides> split_conflicts(const std::string& bytes);

}  // namespace sdd::repair
