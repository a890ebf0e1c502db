// Whether a number that RFC 8259 allows is one that 64 bits can hold: integers from -2^63 to
// 2^64-1, reals whose nearest double is finite. What simdjson refuses, decided without converting:
// no locale, no rounding of our own, linear in the text, however long it is.
#pragma once

#include <string_view>

namespace sdd::json {

// `text` is digits with an optional minus. "-0" is in range.
bool integer_in_range(std::string_view text);

// `text` is a JSON number with a fraction, an exponent, or both. False only where the value rounds
// to infinity; what rounds to zero is in range.
bool real_in_range(std::string_view text);

}  // namespace sdd::json
