// scan(): why bytes are no JSON, in a user's words, and which damage it is (SDD001 to SDD009,
// SDD011).
//
//   if (!parser.parse(bytes, tree)) {
//     std::optional<Damage> damage = scan(bytes);   // never nullopt here
//     source.position(damage->span.begin)           // line and column
//   }
//
// scan() is asked only when simdjson refuses a file, so it may take its time; it still is linear,
// keeps nothing but the open brackets and the seams, takes any bytes, and cannot fail. It says
// nullopt for exactly what simdjson's DOM and json::Parser accept under the same Limits: one
// document with nothing behind it, valid UTF-8, no unpaired surrogate escape, integers from -2^63
// to 2^64-1, reals that do not round to infinity, at most max_depth levels of values.
//
// One file, one damage. Which one, where several fit:
//   1. over max_bytes (kOverLimit): the bytes are not looked at
//   2. nothing but blanks, or a byte order mark and blanks (kEmpty)
//   3. a byte order mark, UTF-16, UTF-32 (kForeignEncoding): the bytes mean something else
//   4. NUL bytes anywhere, also in strings (kNulHole): other faults are likely the hole's
//   5. conflict markers (kConflictMarkers)
//   6. the place where the grammar stops, or the text and its indentation part (kTruncated,
//      kTrailing, kInterleaved, kSyntax, kOverLimit: see scan.cc for how they are told apart)
//   7. but invalid UTF-8 in front of that place (kInvalidUtf8). Behind it, it is the same damage: a
//      character cut by the file's end is kTruncated, one cut by the first document's end
//      kTrailing, one cut by a seam kInterleaved
//   8. a flaw inside a string or number in front of that place: yields to kTruncated and
//      kInterleaved, else the earlier one wins
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/limits.h"
#include "text/span.h"

namespace sdd::json {

enum class DamageKind : std::uint8_t {
  kEmpty,            // SDD001
  kTruncated,        // SDD002
  kTrailing,         // SDD003
  kInterleaved,      // SDD004
  kNulHole,          // SDD005
  kConflictMarkers,  // SDD006
  kInvalidUtf8,      // SDD007
  kForeignEncoding,  // SDD008
  kSyntax,           // SDD009
  kOverLimit,        // SDD011
};

// The rule's name: "empty-file", "truncated-write" …
const char* to_string(DamageKind kind);

struct Damage {
  DamageKind kind = DamageKind::kSyntax;
  Span span;            // the bytes that the finding points at
  std::string message;  // what is wrong, safe for a terminal
  std::string help;     // what to do; may be empty
  // Every damaged range that is known, in order: all NUL runs, all conflict blocks, all runs of bad
  // bytes, the trailing fragment, the cut lexeme, the bytes in which the suspected seam lies. More
  // seams than the first may exist: json/seams.h.
  std::vector<Span> ranges;
  // kTrailing: where the first document ends, behind its last byte. bytes[0, document_end) is a
  // document that json::Parser reads. Else 0.
  std::size_t document_end = 0;
};

std::optional<Damage> scan(std::string_view bytes, const Limits& limits = {});

// The damage of a text that is no JSON, such as Markdown: over max_bytes, a foreign encoding, NUL
// bytes, conflict markers, invalid UTF-8; in this order the first that fits. No bytes, or only
// blanks, are no damage.
std::optional<Damage> text_damage(std::string_view bytes, const Limits& limits = {});

}  // namespace sdd::json
