// Claim: a count that an entry says of a spec, such as "SDD-spec (49/49)" or "spec progress is now
// 29/29 (100%)".
//
// Most N/M in a memory bank are test counts, HTTP codes and rates. A claim is only what follows
// SDD, SDD spec, SDD-spec, SDD-спек, SDD status consistency or spec progress (case ignored), with
// nothing but `is`, `now`, `:`, `(` and blanks in between.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "bank/piece.h"

namespace sdd::bank {

struct Claim {
  Piece counts;  // "49/49"
  std::int64_t completed = 0;
  std::int64_t total = 0;
  std::optional<std::int64_t> percent;  // "(100%)" behind the counts
  Piece spec;  // the id, or path, of the spec named nearest before (else behind) in the
               // same field; empty: the claim is about the entry's SDD Spec
  std::uint32_t entry = 0;  // index of the entry that it stands in
};

// Appends the claims of `text`, which is a title or the value of a field of entry number `entry`.
void find_claims(Piece text, std::size_t entry, std::vector<Claim>& claims);

// The first spec that `text` names: a path below a specs folder or an id
// (`{feature}-{YYYY-MM-DD}-{digits}`), wherever it stands; an empty piece: none.
Piece spec_named_in(Piece text);

}  // namespace sdd::bank
