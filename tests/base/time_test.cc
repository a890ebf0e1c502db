#include "base/time.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace sdd {
namespace {

// The text of `time` in our own form, or "none".
std::string time_as_written(const std::string& text) {
  const auto time = parse_rfc3339(text);
  return time ? format_rfc3339(*time) : "none";
}

TEST(Time, reads_and_writes_date_times) {
  EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:00Z"), Timestamp{0});
  EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:01.5Z"), Timestamp{1'500'000});
  EXPECT_EQ(parse_rfc3339("1969-12-31T23:59:59.999999Z"), Timestamp{-1});
  EXPECT_EQ(parse_rfc3339("2026-02-11T17:51:29.533418Z"), Timestamp{1770832289533418});
  EXPECT_EQ(time_as_written("2026-02-11T17:51:29.533418Z"), "2026-02-11T17:51:29.533418Z");
  EXPECT_EQ(time_as_written("2026-02-11t17:51:29z"), "2026-02-11T17:51:29.000000Z");
  EXPECT_EQ(time_as_written("1969-12-31T23:59:59.999999Z"), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(time_as_written("0000-01-01T00:00:00Z"), "0000-01-01T00:00:00.000000Z");
  EXPECT_EQ(time_as_written("9999-12-31T23:59:59Z"), "9999-12-31T23:59:59.000000Z");
}

TEST(Time, cuts_the_fraction_at_the_microsecond) {
  EXPECT_EQ(time_as_written("1985-04-12T00:59:59.999999999999999Z"), "1985-04-12T00:59:59.999999Z");
  EXPECT_EQ(time_as_written("1985-04-12T00:59:59.00000049Z"), "1985-04-12T00:59:59.000000Z");
  EXPECT_EQ(time_as_written("1985-04-12T00:59:59.1" + std::string(100'000, '7') + "Z"),
            "1985-04-12T00:59:59.177777Z");
}

TEST(Time, takes_the_offset_away) {
  EXPECT_EQ(time_as_written("2026-03-01T01:30:00+02:00"), "2026-02-28T23:30:00.000000Z");
  EXPECT_EQ(time_as_written("2025-12-31T23:30:00-23:59"), "2026-01-01T23:29:00.000000Z");
  EXPECT_EQ(time_as_written("2026-02-11T17:51:29-00:00"), "2026-02-11T17:51:29.000000Z");
}

TEST(Time, knows_leap_seconds) {
  EXPECT_EQ(time_as_written("1998-12-31T23:59:60Z"), "1999-01-01T00:00:00.000000Z");
  EXPECT_EQ(time_as_written("1998-12-31T15:59:60.123-08:00"), "1999-01-01T00:00:00.123000Z");
  EXPECT_EQ(time_as_written("1999-01-01T01:29:60+01:30"), "1999-01-01T00:00:00.000000Z");
  for (const char* wrong : {"1998-12-31T23:58:60Z", "1998-12-31T22:59:60Z", "1998-12-31T23:59:61Z",
                            "1998-12-30T23:59:60Z", "2016-12-31T24:59:60+01:00"}) {
    EXPECT_EQ(time_as_written(wrong), "none") << wrong;
  }
  EXPECT_TRUE(is_rfc3339_time("00:29:60-23:30"));
  EXPECT_FALSE(is_rfc3339_time("23:59:60+01:00"));
}

TEST(Time, refuses_what_is_no_date_time) {
  for (const char* wrong : {"",
                            "2026-02-11",
                            "2026-02-11T17:51:29",
                            "2026-02-11 17:51:29Z",
                            "2026-02-30T00:00:00Z",
                            "2026-13-01T00:00:00Z",
                            "2026-00-01T00:00:00Z",
                            "2026-01-00T00:00:00Z",
                            "2026-02-11T24:00:00Z",
                            "2026-02-11T17:60:00Z",
                            "2026-02-11T17:51:29+1:00",
                            "2026-02-11T17:51:29+01",
                            "2026-02-11T17:51:29+24:00",
                            "2026-02-11T17:51:29+01:60",
                            "2026-02-11T17:51:29.Z",
                            "2026-02-11T17:51:29Z ",
                            " 2026-02-11T17:51:29Z",
                            "2026-02-11T17:51:29Z\n",
                            "2026-02-11T17:51:29+01:00Z",
                            "26-02-11T17:51:29Z",
                            "+2026-02-11T17:51:29Z",
                            "2026-2-11T17:51:29Z",
                            "1963-06-1৪T00:00:00Z"}) {
    EXPECT_EQ(time_as_written(wrong), "none") << wrong;
  }
}

TEST(Time, knows_the_calendar) {
  EXPECT_TRUE(is_rfc3339_date("2024-02-29"));
  EXPECT_TRUE(is_rfc3339_date("0400-02-29"));
  EXPECT_FALSE(is_rfc3339_date("2100-02-29"));
  EXPECT_FALSE(is_rfc3339_date("2023-02-29"));
  EXPECT_FALSE(is_rfc3339_date("2024-02-29Z"));
  EXPECT_TRUE(is_rfc3339_time("17:51:29.5+02:00"));
  EXPECT_FALSE(is_rfc3339_time("17:51:29"));
}

TEST(Time, every_day_comes_back) {
  constexpr std::int64_t kDayInMicroseconds = 86'400'000'000;
  for (std::int64_t day = -719'528; day < 2'932'897; day += 13) {
    const Timestamp time{day * kDayInMicroseconds + 1};
    ASSERT_EQ(parse_rfc3339(format_rfc3339(time)), time) << day;
  }
}

TEST(Time, the_clock_can_be_set) {
  unsetenv("SDD_NOW");
  EXPECT_GT(now(), *parse_rfc3339("2024-01-01T00:00:00Z"));
  EXPECT_TRUE(check_clock().has_value());
  setenv("SDD_NOW", "2026-02-11T17:51:29.5Z", 1);
  EXPECT_EQ(format_rfc3339(now()), "2026-02-11T17:51:29.500000Z");
  EXPECT_TRUE(check_clock().has_value());
  setenv("SDD_NOW", "yesterday", 1);
  EXPECT_GT(now(), *parse_rfc3339("2024-01-01T00:00:00Z"));
  ASSERT_FALSE(check_clock().has_value());
  EXPECT_EQ(check_clock().error().message,
            "SDD_NOW is 'yesterday', which is no RFC 3339 date-time such as 2026-02-11T17:51:29Z");
  unsetenv("SDD_NOW");
}

// The quick answer about usual times is the exact one's.
TEST(Rfc3339, is_told_quickly_and_alike) {
  const std::string seeds[] = {"2026-02-11T17:51:29Z", "2026-02-11T17:51:29.533418Z",
                               "2026-12-28T23:59:59Z", "2026-02-29T00:00:60.000000Z"};
  const std::string letters = "0123456789-:.TZtz+/@ \x7f\xb0\xff";
  std::uint32_t chance = 1;
  const auto below = [&](std::size_t count) {
    chance = chance * 1664525U + 1013904223U;
    return (chance >> 8U) % count;
  };
  std::size_t times = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text = seeds[below(4)];
    for (std::size_t change = below(4); change > 0; --change) {
      text[below(text.size())] = letters[below(letters.size())];
    }
    const bool is_time = parse_rfc3339(text).has_value();
    EXPECT_EQ(is_rfc3339(text), is_time) << text;
    // In lower case a time is not a usual one.
    std::string exact = text;
    if (exact.back() == 'Z') exact.back() = 'z';
    EXPECT_EQ(parse_rfc3339(exact), parse_rfc3339(text)) << text;
    times += is_time ? 1 : 0;
  }
  EXPECT_GT(times, 2'000U);
  EXPECT_LT(times, 18'000U);
}

}  // namespace
}  // namespace sdd
