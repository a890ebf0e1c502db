#include "bank/date.h"

#include <fmt/core.h>

#include "base/strings.h"
#include "base/time.h"

namespace sdd::bank {

std::optional<Date> leading_date(std::string_view text) {
  constexpr std::size_t kLength = 10;
  if (!is_rfc3339_date(text.substr(0, kLength))) return std::nullopt;
  if (text.size() > kLength && is_digit(text[kLength])) return std::nullopt;
  const auto number = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (const char digit : text.substr(from, count)) value = value * 10 + (digit - '0');
    return value;
  };
  return Date{static_cast<std::int16_t>(number(0, 4)), static_cast<std::int8_t>(number(5, 2)),
              static_cast<std::int8_t>(number(8, 2))};
}

std::string to_string(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

}  // namespace sdd::bank
