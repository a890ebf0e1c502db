// MergeFile: joins two versions of any file of a repository, as git's merge driver needs it: what
// the file is, its path says.
//
//   const auto merged = merge_file(path, {base, ours, theirs}, {.width = 7});
//   if (!merged) …                       // kDamaged: one of the three, and which
//   switch (merged->outcome) …
//
// A spec (`*.json` in a status folder, or a JSON document with a `hierarchy`) is joined by merge();
// on conflict the bytes are valid JSON and say what ours says. A branch log and current_tasks.md
// are joined by merge_bank(); on conflict markers stand around the entries. Everything else is not
// ours to join, nor is a file of the memory bank of which both sides changed what is no entry:
// kText, and git's own way is the right one.
//
// An empty base means that both sides added the file. Then what both say is taken for the base;
// where they say something different, it is a conflict.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "repair/merge.h"
#include "repair/merge_bank.h"

namespace sdd::repair {

struct FileVersions {
  const std::string& base;  // empty: there was none
  const std::string& ours;
  const std::string& theirs;
};

struct FileMerge {
  enum class Outcome : std::uint8_t { kMerged, kConflict, kText };
  Outcome outcome = Outcome::kText;
  std::string bytes;                   // unless kText
  std::vector<std::string> conflicts;  // what contradicts what, a line each; safe for a terminal
};

// `path`: relative to the top level, "" where it is not known. Errors: kDamaged.
Result<FileMerge> merge_file(std::string_view path, const FileVersions& versions,
                             const Markers& markers);

// merge() of two specs that have no base: nodes, entries and members that only one side has are
// new, two different values of one member are a conflict. kDamaged as merge() says it.
Result<Merged> merge_unrelated(const std::string& ours, const std::string& theirs);

}  // namespace sdd::repair
