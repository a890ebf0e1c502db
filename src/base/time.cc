#include "base/time.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <cstring>

#include "base/strings.h"

namespace sdd {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kDay = 24 * (60 * kMinute);
constexpr std::int64_t kLastMinute = kDay - kMinute;

// Takes `count` digits off the front of `text`; -1 when they are not there.
int take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return -1;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!is_digit(text[i])) return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char upper, char lower) {
  if (text.empty() || (text.front() != upper && text.front() != lower)) return false;
  text.remove_prefix(1);
  return true;
}

bool take(std::string_view& text, char c) { return take(text, c, c); }

// Days since the epoch of the full-date at the front of `text`.
std::optional<std::int64_t> take_date(std::string_view& text) {
  const int year = take_digits(text, 4);
  if (year < 0 || !take(text, '-')) return std::nullopt;
  const int month = take_digits(text, 2);
  if (month < 0 || !take(text, '-')) return std::nullopt;
  const int day = take_digits(text, 2);
  if (day < 0) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date}.time_since_epoch().count();
}

// Microseconds of the fraction at the front of `text`; 0 when there is none, -1 for a lone point.
std::int64_t take_fraction(std::string_view& text) {
  if (!take(text, '.')) return 0;
  std::int64_t value = 0;
  std::size_t digits = 0;
  while (digits < text.size() && is_digit(text[digits])) {
    if (digits < 6) value = value * 10 + (text[digits] - '0');
    ++digits;
  }
  if (digits == 0) return -1;
  text.remove_prefix(digits);
  for (std::size_t i = digits; i < 6; ++i) value *= 10;
  return value;
}

// Microseconds of the zone at the front of `text`, east positive.
std::optional<std::int64_t> take_zone(std::string_view& text) {
  if (take(text, 'Z', 'z')) return 0;
  const bool east = take(text, '+');
  if (!east && !take(text, '-')) return std::nullopt;
  const int hours = take_digits(text, 2);
  if (hours < 0 || hours > 23 || !take(text, ':')) return std::nullopt;
  const int minutes = take_digits(text, 2);
  if (minutes < 0 || minutes > 59) return std::nullopt;
  const std::int64_t offset = (std::int64_t{hours} * 60 + minutes) * kMinute;
  return east ? offset : -offset;
}

struct TimeOfDay {
  std::int64_t utc = 0;  // microseconds since midnight of the date as written; may leave the day
  bool leap = false;     // second 60
};

std::optional<TimeOfDay> take_time(std::string_view& text) {
  const int hour = take_digits(text, 2);
  if (hour < 0 || hour > 23 || !take(text, ':')) return std::nullopt;
  const int minute = take_digits(text, 2);
  if (minute < 0 || minute > 59 || !take(text, ':')) return std::nullopt;
  const int second = take_digits(text, 2);
  if (second < 0 || second > 60) return std::nullopt;
  const std::int64_t fraction = take_fraction(text);
  if (fraction < 0) return std::nullopt;
  const std::optional<std::int64_t> zone = take_zone(text);
  if (!zone) return std::nullopt;

  const std::int64_t start = (std::int64_t{hour} * 60 + minute) * kMinute - *zone;
  const bool leap = second == 60;
  if (leap && (start + kDay) % kDay != kLastMinute) return std::nullopt;
  return TimeOfDay{start + second * kSecond + fraction, leap};
}

// Whether a month begins `days` days after the epoch: the second before may be a leap second.
bool begins_month(std::int64_t days) {
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{static_cast<int>(days)}}};
  return date.day() == std::chrono::day{1};
}

std::int64_t floor_days(std::int64_t microseconds) {
  return microseconds / kDay - (microseconds % kDay < 0 ? 1 : 0);
}

// Eight digits, or what stands between them, at once: `shape` has a 0 for a digit, else the
// character that must stand there.
bool has_shape(const char* text, const char (&shape)[9]) {
  constexpr std::uint64_t kEach = 0x0101010101010101U;
  std::uint64_t word = 0;
  std::uint64_t wanted = 0;
  std::memcpy(&word, text, sizeof word);
  std::memcpy(&wanted, shape, sizeof wanted);
  // Digits differ from '0' in the lower four bits only, and 6 added to them does not reach the
  // fifth; other characters must not differ at all.
  const std::uint64_t difference = word ^ wanted;
  const std::uint64_t zeros = wanted ^ (kEach * '0');
  const std::uint64_t other = ((zeros + kEach * 0x7F) | zeros) >> 7U & kEach;  // not a 0 there
  const std::uint64_t too_much = (difference + kEach * 6) & (kEach * 0xF0);
  return ((difference & (kEach * 0xF0)) | too_much) == 0 && (difference & (other * 0xFF)) == 0;
}

// Of two digits.
int value_at(std::string_view text, std::size_t at) {
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

// `2026-02-11T17:51:29Z` or with six digits behind a point, on a day that every month has.
bool is_usual_time(std::string_view text) {
  constexpr std::size_t kWhole = sizeof "2026-02-11T17:51:29Z" - 1;
  constexpr std::size_t kExact = sizeof "2026-02-11T17:51:29.533418Z" - 1;
  if (text.size() != kWhole && text.size() != kExact) return false;
  const char* end = text.data() + text.size();
  if (!has_shape(text.data(), "0000-00-") || !has_shape(text.data() + 8, "00T00:00")) return false;
  if (!has_shape(end - 8, text.size() == kExact ? ".000000Z" : "0:00:00Z")) return false;
  if (text.size() == kExact && !has_shape(end - 11, ":00.0000")) return false;
  const int month = value_at(text, 5);
  const int day = value_at(text, 8);
  return month >= 1 && month <= 12 && day >= 1 && day <= 28 && value_at(text, 11) <= 23 &&
         value_at(text, 14) <= 59 && value_at(text, 17) <= 59;
}

// Of what is_usual_time() says yes to.
Timestamp usual_time(std::string_view text) {
  const std::chrono::sys_days day{std::chrono::year{value_at(text, 0) * 100 + value_at(text, 2)} /
                                  std::chrono::month{static_cast<unsigned>(value_at(text, 5))} /
                                  std::chrono::day{static_cast<unsigned>(value_at(text, 8))}};
  const std::int64_t minutes = value_at(text, 11) * 60 + value_at(text, 14);
  std::int64_t at =
      day.time_since_epoch().count() * kDay + minutes * kMinute + value_at(text, 17) * kSecond;
  if (text[19] == '.') {
    at += value_at(text, 20) * 10'000 + value_at(text, 22) * 100 + value_at(text, 24);
  }
  return {at};
}

}  // namespace

bool is_rfc3339(std::string_view text) {
  return is_usual_time(text) || parse_rfc3339(text).has_value();
}

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
  if (is_usual_time(text)) return usual_time(text);
  const std::optional<std::int64_t> days = take_date(text);
  if (!days || !take(text, 'T', 't')) return std::nullopt;
  const std::optional<TimeOfDay> time = take_time(text);
  if (!time || !text.empty()) return std::nullopt;
  const std::int64_t at = *days * kDay + time->utc;
  if (time->leap && !begins_month(floor_days(at))) return std::nullopt;
  return Timestamp{at};
}

bool is_rfc3339_date(std::string_view text) { return take_date(text) && text.empty(); }

bool is_rfc3339_time(std::string_view text) { return take_time(text) && text.empty(); }

std::string format_rfc3339(Timestamp time) {
  const std::int64_t days = floor_days(time.microseconds);
  const std::int64_t rest = time.microseconds - days * kDay;
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{static_cast<int>(days)}}};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     rest / (60 * kMinute), rest / kMinute % 60, rest / kSecond % 60,
                     rest % kSecond);
}

Timestamp now() {
  if (const char* set = std::getenv("SDD_NOW"); set != nullptr) {
    if (const auto time = parse_rfc3339(set)) return *time;
  }
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count()};
}

Result<void> check_clock() {
  const char* set = std::getenv("SDD_NOW");
  if (set == nullptr || parse_rfc3339(set)) return {};
  return fail(ErrorKind::kUsage, fmt::format("SDD_NOW is {}, which is no RFC 3339 date-time such "
                                             "as 2026-02-11T17:51:29Z",
                                             quote(set)));
}

}  // namespace sdd
