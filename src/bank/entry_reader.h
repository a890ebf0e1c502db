// Reads task entries out of the blocks of a file. For document.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "bank/blocks.h"
#include "bank/entry.h"
#include "bank/piece.h"

namespace sdd::bank {

// A list item that begins with a box.
struct BoxItem {
  Piece mark;     // "[x]"
  Piece content;  // what follows on the paragraph of the box, trimmed; may be empty
  bool ticked = false;
};

// The box of the list item at `index`, or nothing when it begins with none.
std::optional<BoxItem> box_of(std::string_view bytes, const Blocks& blocks, std::size_t index);

// The field that a bullet holds; one without key when it has none.
Field field_of(std::string_view bytes, const Block& item);

// An entry that is still without its spans: its fields and irregularities stand at the end of the
// lists given to read().
struct ReadEntry {
  TaskEntry entry;
  std::size_t fields = 0;          // how many were added
  std::size_t irregularities = 0;  // likewise
  bool has_entry_field = false;    // a plain Owner, Summary, Done or Started
  bool has_known_field = false;    // any key of Key
};

// Reads the box item at `index` as an entry, appending its fields and irregularities.
ReadEntry read_entry(std::string_view bytes, const Blocks& blocks, std::size_t index,
                     const BoxItem& box, std::vector<Field>& fields,
                     std::vector<Irregularity>& irregularities);

}  // namespace sdd::bank
