// Structure: how far bytes read as JSON, and what stands where that ends.
//
//   const Structure seen = read_structure(bytes, max_depth);
//   switch (seen.stop) …
//
// A push-down automaton over the lexemes: one pass, memory for the open brackets only (at most
// max_depth), any bytes. It stops at the first token that cannot stand where it stands, and says
// what could have. Flaws inside a lexeme that leave the rest readable (an escape, a number's range)
// do not stop it; the first one is kept.
//
// Besides, it compares each line's indentation with the number of open brackets. In a file that
// was pretty-printed both go in step; where brackets were lost or doubled they part, often long
// before the grammar notices. `out_of_step` is where the last such stretch began, if it lasts until
// the stop.
//
// And it tries whether the stop looks like a slip of a person: whether, after one small correction
// (a comma less, a comma more, a word taken as a value), the text goes on in step.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "json/lexeme.h"
#include "text/span.h"

namespace sdd::json {

// What may come next. Closing brackets are allowed where a container may end.
enum class Expect : std::uint8_t {
  kRoot,
  kFirstKey,       // behind '{': a key or '}'
  kKey,            // behind ',' in an object
  kColon,          // behind a key
  kMemberValue,    // behind ':'
  kFirstElement,   // behind '[': a value or ']'
  kElement,        // behind ',' in an array
  kCommaInObject,  // behind a member: ',' or '}'
  kCommaInArray,   // behind an element: ',' or ']'
  kEnd,            // behind the root: nothing
};

enum class Stop : std::uint8_t {
  kComplete,    // one document, nothing behind it (`flaw` may be set all the same)
  kTrailing,    // one document, and bytes behind it that are not blank
  kCut,         // the file ends before the root does
  kUnexpected,  // a lexeme that cannot stand there, or that is none
  kTooDeep,     // a value at a level below max_depth
};

// What a person may have done where the grammar stops; kNone: none of the known slips.
enum class Slip : std::uint8_t {
  kNone,
  kTrailingComma,
  kExtraComma,
  kComment,
  kSingleQuotes,
  kCurlyQuotes,
  kWord,     // True, None, NaN, yes …
  kKeyWord,  // a key without quotes
  kNoComma,
  kNoColon,
  kNoValue,
  kOpenString,
  kQuoteInString,
  kWrongBracket,
  kNumber,
};

struct FlawedLexeme {
  Flaw flaw = Flaw::kNone;
  Span at;
};

struct Structure {
  Stop stop = Stop::kComplete;
  Expect expected = Expect::kRoot;  // at the stop
  Span found;         // the lexeme at the stop; kTrailing: all bytes behind; kCut: what is cut
  FlawedLexeme flaw;  // the first flaw in front of the stop that did not stop
  FlawedLexeme stopping_flaw;     // kUnexpected: what is wrong with the lexeme itself, if anything
  Slip slip = Slip::kNone;        // kUnexpected
  bool slip_goes_on = false;      // one small correction, and the text goes on in step
  std::size_t document_end = 0;   // kComplete, kTrailing: offset behind the root
  std::size_t open_brackets = 0;  // at the stop
  std::size_t tokens = 0;         // structurals as simdjson counts them; kComplete only

  bool pretty_printed = false;  // by two blanks a level, nearly all lines in front of the stop
  Span line;                    // from the last place surely whole (a line's begin) to the stop
  // From the line in front of the first line out of step to that line's first lexeme.
  std::optional<Span> out_of_step;
};

// Levels count from 1 (the root); a value at level max_depth + 1 is too deep. An empty container at
// level max_depth is not: that is how simdjson counts.
Structure read_structure(std::string_view bytes, std::size_t max_depth);

// What is wrong with the lexeme at `found.begin`, guessed from what was expected. Used by
// read_structure; for a stop of kind kUnexpected only.
Slip slip_at(std::string_view bytes, Expect expected, Span found, Flaw flaw);

}  // namespace sdd::json
