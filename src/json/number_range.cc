// A real rounds to infinity when it is at least 2^1024 - 2^970, halfway between the largest double
// and the next that there would be; that number has 309 digits, kHalfway.
//
// 1. Bring both to 0.d1d2d3… * 10^scale with d1 not zero: the text's scale is its exponent plus the
//    digits in front of its point, less the zeros it begins with; kHalfway's is 309.
// 2. The larger scale is the larger number; equal scales compare digit by digit, missing digits
//    being zeros.
#include "json/number_range.h"

#include <cstddef>
#include <cstdint>

#include "base/strings.h"

namespace sdd::json {
namespace {

constexpr std::string_view kHalfway =
    "17976931348623158079372897140530341507993413271003782693617377898044496829276475094664901797"
    "75872070963302864166928879109465555478519404026306574886715058206819089020007083836762738548"
    "45817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711"
    "559699508093042880177904174497792";
static_assert(kHalfway.size() == 309);

constexpr std::int64_t kFarExponent = std::int64_t{1}
                                      << 40U;  // beyond any text that fits in memory

// The value of "+12", "-7", "0034", held within ±kFarExponent.
std::int64_t exponent_value(std::string_view text) {
  const bool negative = text.starts_with('-');
  std::int64_t value = 0;
  for (const char c : text) {
    if (is_digit(c) && value < kFarExponent) value = value * 10 + (c - '0');
  }
  return negative ? -value : value;
}

// Whether the digits of `text` from its first non-zero one on are at least those of kHalfway.
bool reaches_halfway(std::string_view text) {
  std::size_t next = 0;
  for (const char c : text) {
    if (!is_digit(c) || (next == 0 && c == '0')) continue;
    if (next == kHalfway.size()) return true;
    if (c != kHalfway[next]) return c > kHalfway[next];
    ++next;
  }
  return kHalfway.find_first_not_of('0', next) == std::string_view::npos;
}

}  // namespace

bool integer_in_range(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::string_view most = negative ? "9223372036854775808" : "18446744073709551615";
  return text.size() < most.size() || (text.size() == most.size() && text <= most);
}

bool real_in_range(std::string_view text) {
  const std::size_t mark = text.find_first_of("eE");
  const std::string_view digits = text.substr(0, mark);
  const std::size_t first = digits.find_first_of("123456789");
  if (first == std::string_view::npos) return true;
  const std::size_t point = digits.find('.');
  const std::size_t whole = point == std::string_view::npos ? digits.size() : point;
  std::int64_t scale = static_cast<std::int64_t>(whole) - static_cast<std::int64_t>(first);
  if (first > whole) ++scale;  // the point stands in front of the digit and is none itself
  if (mark != std::string_view::npos) scale += exponent_value(text.substr(mark + 1));
  const auto halfway = static_cast<std::int64_t>(kHalfway.size());
  return scale < halfway || (scale == halfway && !reaches_halfway(digits));
}

}  // namespace sdd::json
