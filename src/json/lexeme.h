// Lexemes of JSON (RFC 8259) as they stand in bytes that may be broken: strings, and runs of other
// bytes that should be a number, true, false or null.
//
//   Lexeme string = lex_string(bytes, at);   // bytes[at] is the opening quote
//   Lexeme scalar = lex_scalar(bytes, at);   // anything that is no quote, bracket, colon or comma
//   if (string.flaw != Flaw::kNone) …        // what is wrong with it, and in which bytes
//
// A lexeme always ends behind at least one byte, inside the bytes, and never on a later line than
// it began: a raw line end cannot stand in a JSON string, so it ends a string that was never
// closed. Bytes that are no UTF-8 are let through; the whole file is checked for them elsewhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/span.h"

namespace sdd::json {

enum class Flaw : std::uint8_t {
  kNone,
  // The lexeme ends all the same, and the text behind it can be read on.
  kControl,       // a control character in a string; `at` is that byte
  kEscape,        // a backslash with something unknown behind it; `at` is the escape
  kSurrogate,     // \uD800 … \uDFFF without its other half; `at` is the escape
  kIntegerRange,  // does not fit in 64 bits, signed or unsigned
  kRealRange,     // rounds to more than the largest double
  // The lexeme is not what it should be.
  kOpenString,  // the line ends, or the file, before the string's closing quote
  kNumberForm,  // begins like a number, and is none: 01, 1., +1, 0x10
  kBareWord,    // no number, no literal
};

// Whether `c` is white space (RFC 8259, 2).
constexpr bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

struct Lexeme {
  std::size_t end = 0;  // offset behind the last byte of the lexeme
  Flaw flaw = Flaw::kNone;
  Span at;  // the flawed bytes; empty without a flaw
};

// The string whose opening quote stands at `begin`. Several flaws: the first one is told, but
// kOpenString before any other.
Lexeme lex_string(std::string_view bytes, std::size_t begin);

// The run of bytes from `begin` up to the next blank, quote, bracket, colon or comma. Ranges are
// those of simdjson's DOM: integers from -2^63 to 2^64-1, reals whose nearest double is finite
// (1e-400 is 0).
Lexeme lex_scalar(std::string_view bytes, std::size_t begin);

// Whether `text` is the beginning of a number or a literal, and so may have been cut off there.
bool may_be_cut_scalar(std::string_view text);

}  // namespace sdd::json
