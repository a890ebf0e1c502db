#include "base/strings.h"

#include <gtest/gtest.h>

namespace sdd {
namespace {

TEST(NearestOrLonger, gives_near_names_else_those_that_begin_alike) {
  const std::vector<std::string_view> ids = {"billing-2026-02-11-001", "Billing-2026-03-01-002",
                                             "berths-2026-02-11-001", "bill"};
  using Names = std::vector<std::string>;
  EXPECT_EQ(nearest_or_longer("billing", ids),
            (Names{"billing-2026-02-11-001", "Billing-2026-03-01-002"}));
  EXPECT_EQ(nearest_or_longer("billing-2026-02-11-010", ids).front(), "billing-2026-02-11-001");
  EXPECT_EQ(nearest_or_longer("bil", ids), Names{"bill"});
  EXPECT_EQ(nearest_or_longer("", ids), Names{});
  EXPECT_EQ(nearest_or_longer("quay", ids), Names{});
}

TEST(Printable, shows_what_could_move_a_cursor_or_hide) {
  EXPECT_EQ(printable("a\x1b[31mb\n\t\r"), "a\\u001B[31mb\\n\\t\\r");
  EXPECT_EQ(printable("\xC2\x9B"
                      "31m"),
            "\\u009B31m");
  EXPECT_EQ(printable("\xE2\x80\xAE"
                      "cod"),
            "\\u202Ecod");
  EXPECT_EQ(printable("\xFFz"), "\\xFFz");
  EXPECT_EQ(printable("Пирс \xE2\x80\xA6"), "Пирс \xE2\x80\xA6");
}

}  // namespace
}  // namespace sdd
