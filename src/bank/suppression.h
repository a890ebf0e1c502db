// Suppression: a person's word that a finding is known and meant, in place:
//
//   <!-- sdd: ignore SDD612 because the smoke test is repeated each week -->
//
// It is an HTML comment that begins a block. What it covers:
//   - the block that follows it (blank lines and other comments aside): an entry or another item
//     when a list of boxes follows, else the whole list, paragraph …
//   - the whole file, when nothing but comments and blanks stands before it and no list follows.
// Codes, names and prefixes of codes are told apart by whoever applies it; several are separated by
// blanks or commas. A reason is part of the form: without `because` and some text behind it the
// suppression is malformed, covers nothing, and should be told.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "bank/piece.h"

namespace sdd::bank {

struct Suppression {
  Piece comment;                        // from `<!--` to `-->`
  std::vector<std::string_view> codes;  // as written: "SDD612", "superseded-open-entry"
  Piece because;                        // the reason
  Piece covers;                         // where findings are suppressed

  bool is_malformed() const { return codes.empty() || because.empty(); }
};

// The suppression that a comment block is; nothing for other comments. `covers` is left empty.
std::optional<Suppression> suppression_of(Piece html);

}  // namespace sdd::bank
