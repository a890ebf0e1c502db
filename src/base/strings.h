// Small things about text that the standard library lacks: UTF-8, names that are nearly right,
// and text from files made safe for a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sdd {

// One decoded code point and the bytes it took. A byte that begins no valid UTF-8 sequence
// (RFC 3629: no surrogates, no overlong forms) gives valid = false, value = that byte, length = 1.
struct CodePoint {
  std::uint32_t value = 0;
  std::uint8_t length = 1;
  bool valid = true;
};

// Decodes the code point at `at`; `at` must be below text.size().
CodePoint decode_utf8(std::string_view text, std::size_t at);

// Appends `value` as UTF-8; a surrogate or a value above U+10FFFF becomes U+FFFD.
void append_utf8(std::string& out, std::uint32_t value);

// The number of code points; a byte that is no UTF-8 counts as one.
std::size_t count_code_points(std::string_view text);

// The offset of the first byte that is no valid UTF-8, or text.size().
std::size_t first_invalid_utf8(std::string_view text);

// Whether a code point is a control, or changes how a line looks without being seen: C0, DEL, C1,
// zero-width characters, line separators, bidirectional controls, the byte order mark.
bool is_control(std::uint32_t value);

// `text` for a terminal: control characters (also C1, DEL, bidi controls and bytes that are no
// UTF-8) as \n, \t, \u001B, \xFF. Nothing a file holds can move the cursor.
std::string printable(std::string_view text);

// printable(text) in single quotes, cut to `max_code_points` with an ellipsis.
std::string quote(std::string_view text, std::size_t max_code_points = 80);

// Edit distance (insert, delete, replace, swap neighbours) of two texts in bytes, at most `limit`
// (a larger distance is reported as limit + 1).
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

// The candidates near enough to `word` to ask "did you mean", best first, at most `most`.
// Near: distance at most a third of the longer one, case ignored.
std::vector<std::string> nearest(std::string_view word,
                                 const std::vector<std::string_view>& candidates,
                                 std::size_t most = 3);

// For names that people shorten (spec ids): the nearest ones; where there is none, those that begin
// with `word`, in the order given, at most `most`. Case ignored; an empty word begins nothing.
std::vector<std::string> nearest_or_longer(std::string_view word,
                                           const std::vector<std::string_view>& candidates,
                                           std::size_t most = 3);

// "a, b and c"
std::string join_and(const std::vector<std::string>& words);

// "a, b or c"
std::string join_or(const std::vector<std::string>& words);

// The same for a path: never cut, because somebody may want to copy it.
std::string quoted_path(std::string_view path);

// "1 error", "2 errors", "2 entries"
std::string counted(std::size_t count, std::string_view noun);

// Whether `c` is an ASCII digit.
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Whether `text` is decimal digits only, and not empty.
bool all_digits(std::string_view text);

// `text` in ASCII lower case.
std::string ascii_lower(std::string_view text);

}  // namespace sdd
