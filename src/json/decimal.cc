#include "json/decimal.h"

#include <functional>

namespace sdd::json {
namespace {

constexpr std::int64_t kLargestExponent = 1'000'000'000'000'000;

std::int64_t read_exponent(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  std::int64_t value = 0;
  for (const char c : text) {
    value = value * 10 + (c - '0');
    if (value > kLargestExponent) {
      value = kLargestExponent;
      break;
    }
  }
  return negative ? -value : value;
}

__extension__ using Wide = unsigned __int128;

std::uint64_t multiply_modulo(std::uint64_t a, std::uint64_t b, std::uint64_t modulus) {
  return static_cast<std::uint64_t>(Wide{a} * b % modulus);
}

// 10^exponent modulo `modulus`, in as many steps as the exponent has bits.
std::uint64_t power_of_ten_modulo(std::int64_t exponent, std::uint64_t modulus) {
  std::uint64_t result = 1 % modulus;
  std::uint64_t factor = 10 % modulus;
  for (auto rest = static_cast<std::uint64_t>(exponent); rest != 0; rest >>= 1U) {
    if ((rest & 1U) != 0) result = multiply_modulo(result, factor, modulus);
    factor = multiply_modulo(factor, factor, modulus);
  }
  return result;
}

}  // namespace

Decimal::Decimal(std::string_view text) : negative_(text.starts_with('-')) {
  if (negative_) text.remove_prefix(1);
  if (const std::size_t e = text.find_first_of("eE"); e != std::string_view::npos) {
    exponent_ = read_exponent(text.substr(e + 1));
    text = text.substr(0, e);
  }
  const std::size_t point = text.find('.');
  digits_ = text.substr(0, point);
  if (point != std::string_view::npos) {
    const std::string_view fraction = text.substr(point + 1);
    digits_ += fraction;
    exponent_ -= static_cast<std::int64_t>(fraction.size());
  }
  digits_.erase(0, digits_.find_first_not_of('0'));
  if (digits_.empty()) {
    exponent_ = 0;
    negative_ = false;
    return;
  }
  const std::size_t end = digits_.find_last_not_of('0') + 1;
  exponent_ += static_cast<std::int64_t>(digits_.size() - end);
  digits_.resize(end);
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  // Zero has no digits: it stands between the negative and the others.
  const auto sign = [](const Decimal& d) { return d.digits_.empty() ? 0 : d.negative_ ? -1 : 1; };
  if (sign(a) != sign(b) || a.digits_.empty()) return sign(a) <=> sign(b);
  const Decimal& large = a.negative_ ? b : a;
  const Decimal& small = a.negative_ ? a : b;
  const auto magnitude = [](const Decimal& d) {
    return d.exponent_ + static_cast<std::int64_t>(d.digits_.size());
  };
  if (magnitude(large) != magnitude(small)) return magnitude(large) <=> magnitude(small);
  return large.digits_.compare(small.digits_) <=> 0;
}

std::uint64_t Decimal::hash() const {
  const std::uint64_t digits = std::hash<std::string_view>{}(digits_);
  return (digits * 31 + static_cast<std::uint64_t>(exponent_)) * 2 + (negative_ ? 1 : 0);
}

std::optional<Divisor> Divisor::of(std::string_view text) {
  const Decimal value(text);
  constexpr std::size_t kMostDigits = 18;
  if (value.negative_ || value.digits_.empty() || value.digits_.size() > kMostDigits) {
    return std::nullopt;
  }
  Divisor divisor;
  divisor.digits_ = 0;
  for (const char c : value.digits_) {
    divisor.digits_ = divisor.digits_ * 10 + static_cast<std::uint64_t>(c - '0');
  }
  divisor.exponent_ = value.exponent_;
  return divisor;
}

bool Divisor::divides(const Decimal& value) const {
  if (value.digits_.empty()) return true;
  // The digits of the value do not end with 0: they are no multiple of any power of ten.
  if (value.exponent_ < exponent_) return false;
  std::uint64_t rest = 0;
  for (const char c : value.digits_) {
    rest = (multiply_modulo(rest, 10, digits_) + static_cast<std::uint64_t>(c - '0')) % digits_;
  }
  const std::uint64_t power = power_of_ten_modulo(value.exponent_ - exponent_, digits_);
  return multiply_modulo(rest, power, digits_) == 0;
}

}  // namespace sdd::json
