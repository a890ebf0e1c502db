// Damage that can be seen in bytes alone, whatever they were meant to mean: no JSON and no Markdown
// is known here.
//
//   if (auto encoding = foreign_encoding(bytes)) …   // a byte order mark, UTF-16, UTF-32
//   for (Span run : nul_runs(bytes)) …               // holes
//   for (Span block : conflict_blocks(bytes)) …      // an unfinished merge
//
// Every function takes any bytes, needs one pass over them, and gives spans in bytes that lie
// inside them. Lists are bounded: where there are more than kMostDamageRanges ranges, the last one
// reaches from its begin to the end of the last damage, so that nothing damaged lies outside.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "text/span.h"

namespace sdd {

inline constexpr std::size_t kMostDamageRanges = 4096;

// Whether there is nothing but blanks (space, tab, LF, CR), or nothing at all.
bool is_blank_text(std::string_view bytes);

// An encoding that is not plain UTF-8.
struct ForeignEncoding {
  std::string_view name;     // "UTF-8 with a byte order mark", "UTF-16 (little endian)" …
  std::size_t mark = 0;      // length of the byte order mark in bytes; 0 without one
  bool only_a_mark = false;  // what follows the mark is UTF-8: dropping the mark is the cure
};

// The foreign encoding of the file, or nothing for UTF-8 and for what cannot be told (Latin-1).
// UTF-16 and UTF-32 without a mark are told by their zero bytes: the first 2 KiB must decode, begin
// with ASCII, be ASCII for the most part, and hold no zero character. A NUL hole in UTF-8 does not
// look like that.
std::optional<ForeignEncoding> foreign_encoding(std::string_view bytes);

// All runs of NUL bytes, in order.
std::vector<Span> nul_runs(std::string_view bytes);

// All runs of bytes that are no UTF-8 (RFC 3629: no surrogates, no overlong forms), in order.
std::vector<Span> invalid_utf8_runs(std::string_view bytes);

// All blocks from a `<<<<<<<` line over a `=======` line to a `>>>>>>>` line, these lines included
// (line ends not). Markers stand at line starts, are exactly seven characters long, and a blank or
// the line's end follows them. Markers in another order are no conflict: `=======` alone underlines
// a Markdown heading.
std::vector<Span> conflict_blocks(std::string_view bytes);

// Where the last character begins, when the bytes end in the middle of a UTF-8 sequence that is
// right so far; else bytes.size().
std::size_t cut_character(std::string_view bytes);

// Appends `range`, or stretches the last one when the list is full.
void add_damage_range(std::vector<Span>& ranges, Span range);

}  // namespace sdd
