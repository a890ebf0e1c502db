// text_damage(): the damage of files that are no JSON. What the single kinds are: scan_test.cc.
#include <gtest/gtest.h>

#include <string>

#include "json/scan.h"

namespace sdd::json {
namespace {

TEST(TextDamage, judges_the_bytes_alone) {
  EXPECT_FALSE(text_damage(""));
  EXPECT_FALSE(text_damage(" \n"));
  EXPECT_FALSE(text_damage("# Title\n=======\n{\n"));
  EXPECT_EQ(text_damage(std::string("a\0b", 3))->kind, DamageKind::kNulHole);
  EXPECT_EQ(text_damage("<<<<<<< a\n=======\n>>>>>>> b\n")->kind, DamageKind::kConflictMarkers);
  EXPECT_EQ(text_damage("\xEF\xBB\xBF# a")->kind, DamageKind::kForeignEncoding);
  EXPECT_EQ(text_damage("# 12345678901234567890\xFF")->span, (Span{22, 23}));
  EXPECT_EQ(text_damage("aaaa", {.max_bytes = 3})->kind, DamageKind::kOverLimit);
  EXPECT_EQ(text_damage(std::string("a\0b", 3))->help, "");  // `sdd repair` is for specs
}

}  // namespace
}  // namespace sdd::json
