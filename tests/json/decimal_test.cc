#include "json/decimal.h"

#include <gtest/gtest.h>

#include <string>

namespace sdd::json {
namespace {

// "<", "=", ">" between two numbers.
char decimal_order(const char* a, const char* b) {
  const auto order = Decimal(a) <=> Decimal(b);
  return std::is_lt(order) ? '<' : std::is_gt(order) ? '>' : '=';
}

bool decimal_divides(const char* divisor, const char* value) {
  const auto made = Divisor::of(divisor);
  return made && made->divides(Decimal(value));
}

TEST(Decimal, compares_by_value) {
  for (const char* one : {"1", "1.0", "1e0", "10e-1", "0.1E+1", "100e-2", "1.000"}) {
    EXPECT_EQ(decimal_order(one, "1"), '=') << one;
    EXPECT_EQ(Decimal(one).hash(), Decimal("1").hash()) << one;
    EXPECT_TRUE(Decimal(one) == Decimal("1")) << one;
  }
  for (const char* zero : {"0", "-0", "0.0", "-0.000e9", "0e-99999999999999999999"}) {
    EXPECT_EQ(decimal_order(zero, "0"), '=') << zero;
    EXPECT_EQ(Decimal(zero).hash(), Decimal("0").hash()) << zero;
  }
  EXPECT_EQ(decimal_order("9007199254740993", "9007199254740992"), '>');
  EXPECT_EQ(decimal_order("0.1", "0.1000000000000000000000000001"), '<');
  EXPECT_EQ(decimal_order("-1", "1"), '<');
  EXPECT_EQ(decimal_order("-2", "-1"), '<');
  EXPECT_EQ(decimal_order("-0.1", "0"), '<');
  EXPECT_EQ(decimal_order("0", "-0.1"), '>');
  EXPECT_EQ(decimal_order("9", "10"), '<');
  EXPECT_EQ(decimal_order("-9", "-10"), '>');
  EXPECT_EQ(decimal_order("1e308", "9.99e307"), '>');
  EXPECT_EQ(decimal_order("1e-400", "0"), '>');
  EXPECT_EQ(decimal_order("123", "12.4e1"), '<');
}

TEST(Decimal, knows_whole_numbers) {
  for (const char* whole : {"0", "-0.0", "7", "1.0", "1.50e1", "1e300", "120e-1"}) {
    EXPECT_TRUE(Decimal(whole).is_whole()) << whole;
  }
  for (const char* broken : {"0.5", "15e-1", "1e-300", "-2.25"}) {
    EXPECT_FALSE(Decimal(broken).is_whole()) << broken;
  }
}

TEST(Divisor, divides_exactly) {
  EXPECT_TRUE(decimal_divides("0.01", "4.02"));
  EXPECT_TRUE(decimal_divides("0.0001", "0.0075"));
  EXPECT_FALSE(decimal_divides("0.0001", "0.00751"));
  EXPECT_TRUE(decimal_divides("0.1", "0.3"));
  EXPECT_TRUE(decimal_divides("7", "0"));
  EXPECT_TRUE(decimal_divides("7", "-21"));
  EXPECT_FALSE(decimal_divides("7", "-22"));
  EXPECT_TRUE(decimal_divides("10", "1e1"));
  EXPECT_FALSE(decimal_divides("10", "1"));
  EXPECT_TRUE(decimal_divides("0.5", "1e308"));
  EXPECT_FALSE(decimal_divides("0.123456789", "1e308"));
  EXPECT_TRUE(decimal_divides("1e308", "1e308"));
  EXPECT_FALSE(decimal_divides("1e308", "5e307"));
  EXPECT_TRUE(decimal_divides("999999999999999999", "1999999999999999998"));
  EXPECT_TRUE(decimal_divides("3", "111111111111111111111111111111111111111111111111111"));
  EXPECT_FALSE(decimal_divides("3", "111111111111111111111111111111111111111111111111112"));
  EXPECT_TRUE(decimal_divides("8", "1e999999999999"));
}

TEST(Divisor, has_eighteen_digits_at_most) {
  EXPECT_TRUE(Divisor::of("123456789012345678").has_value());
  EXPECT_TRUE(Divisor::of("1234567890123456780000.0").has_value());
  EXPECT_FALSE(Divisor::of("1234567890123456789").has_value());
  EXPECT_FALSE(Divisor::of("0").has_value());
  EXPECT_FALSE(Divisor::of("-1").has_value());
}

}  // namespace
}  // namespace sdd::json
