// Decimal: a JSON number exactly as written. 0.1 is a tenth, 9007199254740993 is itself, 1.0, 10e-1
// and 1 are the same number.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sdd::json {

class Decimal {
 public:
  // `text` is a number by the grammar of RFC 8259; an exponent beyond ±10^15 counts as that.
  explicit Decimal(std::string_view text);

  bool is_whole() const { return exponent_ >= 0; }
  // By value.
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) = default;
  // Equal numbers have equal hashes.
  std::uint64_t hash() const;

 private:
  friend class Divisor;

  // value = ±digits × 10^exponent. Zero: no digits, not negative, exponent 0.
  std::string digits_;  // neither starts nor ends with a 0
  std::int64_t exponent_ = 0;
  bool negative_ = false;
};

// What a multipleOf asks for.
class Divisor {
 public:
  // Nothing when `text` has more than 18 significant digits or is not above 0.
  static std::optional<Divisor> of(std::string_view text);
  // Whether `value` is a whole multiple; exact for any size of either.
  bool divides(const Decimal& value) const;

 private:
  std::uint64_t digits_ = 1;
  std::int64_t exponent_ = 0;
};

}  // namespace sdd::json
