// Edit: a range of bytes and the text that takes its place. Whoever changes a file says so as a
// list of edits on the bytes as they were read; what lies outside of them stays byte for byte.
//
//   std::vector<Edit> edits = {{{120, 123}, "48"}, {{300, 300}, ",\n  \"a\": 1"}};
//   const std::vector<Edit> back = invert_edits(edits, bytes);     // undoes them
//   Result<std::string> changed = apply_edits(bytes, edits);
//   apply_edits(*changed, back) == bytes                           // always
//
// Edits come in any order; each speaks of the bytes before any of them was applied. An empty range
// inserts; several insertions at one place stand there in the order of the list, and in front of a
// text that replaces bytes from that place on.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "text/span.h"

namespace sdd {

struct Edit {
  Span span;         // of the bytes before; empty: an insertion
  std::string text;  // what stands there afterwards; empty: a deletion
  friend bool operator==(const Edit&, const Edit&) = default;
};

// The edits in the order of their places, as apply_edits() takes them.
std::vector<Edit> sorted(std::vector<Edit> edits);

// The bytes with all edits made. Refused (kRefused) when two of them speak of the same byte, one
// inserts inside a range that another replaces, or a range reaches beyond the bytes: then two
// wishes contradict each other, and neither is done.
// The text has room for `room` bytes more, for a parser that reads beyond its end.
Result<std::string> apply_edits(std::string_view bytes, const std::vector<Edit>& edits,
                                std::size_t room = 0);

// Whether apply_edits() gives `expected`, without making it; false also where it refuses the edits.
bool edits_give(std::string_view bytes, const std::vector<Edit>& edits, std::string_view expected);

// The edits on apply_edits(bytes, edits) that give `bytes` again. The edits must be such that
// apply_edits() takes them.
std::vector<Edit> invert_edits(const std::vector<Edit>& edits, std::string_view bytes);

}  // namespace sdd
