// What `sdd diff` says: the changes of one spec, or of the memory bank, as text and as JSON
// (schemas/output/diff.schema.json).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bank/diff.h"
#include "json/writer.h"
#include "report/located.h"
#include "spec/change.h"
#include "spec/story.h"

namespace sdd::report {

struct SpecDifference {
  std::string id;
  std::string path;                      // where it is now; of a removed spec: where it was
  std::string from;                      // where it was, when that is another place
  bool was_there = true;                 // before
  bool is_there = true;                  // after
  std::optional<Located> damage_before;  // then there is no story
  std::optional<Located> damage_after;   // likewise
  // Of the side that is there, when only one is; then nothing else is said.
  std::size_t nodes = 0;
  std::size_t entries = 0;
  spec::Changes changes;  // stated and derived; empty unless both sides are whole
  spec::Story story;

  bool damaged() const { return damage_before.has_value() || damage_after.has_value(); }
  // "added", "removed", "moved", "changed" or "damaged"
  const char* kind() const;
};

// A block: the path, and below it a line for each thing; empty when nothing changed its meaning.
std::string diff_text(const SpecDifference& spec);
// One line: the path and a summary.
std::string diff_stat(const SpecDifference& spec);
void write_difference(json::Writer& out, const SpecDifference& spec);

// The same for the changes of one file of the bank; all of them have its path.
std::string diff_text(const std::vector<bank::BankChange>& changes);
std::string diff_stat(const std::vector<bank::BankChange>& changes);
void write_difference(json::Writer& out, const bank::BankChange& change);

}  // namespace sdd::report
