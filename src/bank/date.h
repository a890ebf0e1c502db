// Date: a day of the calendar, as the memory bank writes it: YYYY-MM-DD.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sdd::bank {

struct Date {
  std::int16_t year = 0;
  std::int8_t month = 1;
  std::int8_t day = 1;
  friend constexpr auto operator<=>(Date, Date) = default;
};

// The date that `text` begins with, when the calendar has it and no further digit follows it.
// "2026-10-09 (release pending)" gives the 9th of October.
std::optional<Date> leading_date(std::string_view text);

// "2026-10-09"
std::string to_string(Date date);

}  // namespace sdd::bank
