// Time as files write it: RFC 3339 date-times, dates and times, and the one clock.
//
//   if (const auto at = parse_rfc3339("2026-02-11T17:51:29.533418Z")) …
//   format_rfc3339(now())      // "2026-02-11T17:51:29.533418Z": six digits and Z, always
//
// Strict on purpose: no zone, a blank for the `T`, the 30th of February, hour 24 are no times. `t`
// and `z` in lower case are (RFC 3339, 5.6). A second 60 is one only where a leap second can be:
// 23:59:60 UTC, and in a date-time on the last day of a month; it counts as the second after it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace sdd {

// Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted; negative before it.
struct Timestamp {
  std::int64_t microseconds = 0;
  friend constexpr auto operator<=>(Timestamp, Timestamp) = default;
};

// The instant a date-time names; nothing when `text` is none. Digits of the fraction behind the
// sixth are cut off.
std::optional<Timestamp> parse_rfc3339(std::string_view text);

// Whether `text` is a date-time, as parse_rfc3339 says; several times as fast for times as programs
// write them.
bool is_rfc3339(std::string_view text);

// Whether `text` is a full-date ("2026-02-11") that the calendar has.
bool is_rfc3339_date(std::string_view text);

// Whether `text` is a full-time ("17:51:29Z", "17:51:29.5+02:00"); the zone is not optional.
bool is_rfc3339_time(std::string_view text);

// "2026-02-11T17:51:29.533418Z". For the years 0000 to 9999, which is all parse_rfc3339 gives
// except within a day of either end.
std::string format_rfc3339(Timestamp time);

// The time now, or what $SDD_NOW (RFC 3339) says.
Timestamp now();

// An Error (kUsage) when $SDD_NOW is set and no RFC 3339 date-time: now() would not heed it.
Result<void> check_clock();

}  // namespace sdd
