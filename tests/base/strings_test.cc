#include "base/strings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace sdd {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Strings, decodes_each_length_of_utf8) {
  EXPECT_EQ(decode_utf8("a", 0).value, 0x61U);
  EXPECT_EQ(decode_utf8("é", 0).value, 0xE9U);
  EXPECT_EQ(decode_utf8("€", 0).value, 0x20ACU);
  EXPECT_EQ(decode_utf8("😀", 0).value, 0x1F600U);
  EXPECT_EQ(decode_utf8("a😀", 1).length, 4);
  EXPECT_TRUE(decode_utf8("\xF4\x8F\xBF\xBF", 0).valid);  // U+10FFFF, the last one
}

TEST(Strings, a_byte_that_is_no_utf8_stands_for_itself) {
  constexpr std::string_view kBad[] = {
      "\x80",              // a continuation without its first byte
      "\xC3",              // cut off
      "\xE2\x82",          // cut off later
      "\xF0\x9F\x98",      // and later
      "\xC0\xAF",          // '/' in two bytes
      "\xE0\x80\xAF",      // in three
      "\xF0\x80\x80\xAF",  // in four
      "\xED\xA0\x80",      // a surrogate
      "\xF4\x90\x80\x80",  // above U+10FFFF
      "\xFF",
  };
  for (const std::string_view bad : kBad) {
    const CodePoint point = decode_utf8(bad, 0);
    EXPECT_FALSE(point.valid) << printable(bad);
    EXPECT_EQ(point.length, 1) << printable(bad);
    EXPECT_EQ(point.value, static_cast<unsigned char>(bad[0])) << printable(bad);
    EXPECT_EQ(first_invalid_utf8("é" + std::string(bad)), 2U) << printable(bad);
  }
}

TEST(Strings, every_code_point_comes_back) {
  for (std::uint32_t value = 0; value <= 0x10FFFF; ++value) {
    std::string text;
    append_utf8(text, value);
    const CodePoint point = decode_utf8(text, 0);
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    ASSERT_EQ(point.value, surrogate ? 0xFFFDU : value);
    ASSERT_TRUE(point.valid && point.length == text.size()) << value;
  }
  std::string beyond;
  append_utf8(beyond, 0x110000);
  EXPECT_EQ(beyond, "\uFFFD");
}

TEST(Strings, counts_code_points_not_bytes) {
  EXPECT_EQ(count_code_points(""), 0U);
  EXPECT_EQ(count_code_points("aé€😀"), 4U);
  EXPECT_EQ(count_code_points("a\xFF\xC3"), 3U);
  EXPECT_EQ(first_invalid_utf8("aé€😀"), 10U);
}

TEST(Strings, nothing_printable_moves_the_cursor_or_turns_the_text) {
  EXPECT_EQ(printable("a\n\t\r"), "a\\n\\t\\r");
  EXPECT_EQ(printable("\x1b[31m"), "\\u001B[31m");
  EXPECT_EQ(printable(std::string_view("\0", 1)), "\\u0000");
  EXPECT_EQ(printable("\x7f"), "\\u007F");
  EXPECT_EQ(printable("\u009b"), "\\u009B");      // CSI as one character
  EXPECT_EQ(printable("a\u202eb"), "a\\u202Eb");  // right-to-left override
  EXPECT_EQ(printable("\u2066\u2069"), "\\u2066\\u2069");
  EXPECT_EQ(printable("\u200b\ufeff"), "\\u200B\\uFEFF");
  EXPECT_EQ(printable("\u2028"), "\\u2028");
  EXPECT_EQ(printable("\xff\xc3"), "\\xFF\\xC3");
  EXPECT_EQ(printable("aé€😀 \\"), "aé€😀 \\");
}

TEST(Strings, quotes_and_cuts_between_characters) {
  EXPECT_EQ(quote("é"), "'é'");
  EXPECT_EQ(quote(""), "''");
  EXPECT_EQ(quote("ééé", 3), "'ééé'");
  EXPECT_EQ(quote("éééé", 3), "'ééé…'");
  EXPECT_EQ(sdd::quote(std::string(200'000, 'x')).size(), 80 + 2 + std::string("…").size());
}

TEST(Strings, measures_how_far_two_words_are_apart) {
  EXPECT_EQ(edit_distance("", "", 3), 0U);
  EXPECT_EQ(edit_distance("pending", "pending", 3), 0U);
  EXPECT_EQ(edit_distance("pending", "pendin", 3), 1U);     // a letter less
  EXPECT_EQ(edit_distance("pending", "pendings", 3), 1U);   // one more
  EXPECT_EQ(edit_distance("pending", "panding", 3), 1U);    // another one
  EXPECT_EQ(edit_distance("pending", "pedning", 3), 1U);    // two swapped
  EXPECT_EQ(edit_distance("pending", "completed", 3), 4U);  // further than asked
  EXPECT_EQ(edit_distance("a", "abcdefgh", 3), 4U);
  EXPECT_EQ(edit_distance("", "ab", 0), 1U);
}

TEST(Strings, finds_the_names_that_may_be_meant) {
  const std::vector<std::string_view> statuses = {"pending", "in_progress", "completed", "blocked"};
  EXPECT_THAT(nearest("complete", statuses), ElementsAre("completed"));
  EXPECT_THAT(nearest("IN-PROGRESS", statuses), ElementsAre("in_progress"));
  EXPECT_THAT(nearest("finished", statuses), IsEmpty());
  EXPECT_THAT(nearest("", statuses), IsEmpty());
  EXPECT_THAT(nearest(std::string(100'000, 'p'), statuses), IsEmpty());
}

TEST(Strings, names_the_nearest_first_and_not_too_many) {
  const std::vector<std::string_view> ids = {"task-1-23", "task-1-2", "task-1-2", "task-2-2",
                                             "task-1-3"};
  EXPECT_THAT(nearest("task-1-2", ids, 3), ElementsAre("task-1-2", "task-1-23", "task-2-2"));
  EXPECT_THAT(nearest("task-1-2", ids, 1), ElementsAre("task-1-2"));
  EXPECT_THAT(nearest("task-1-2", ids, 0), IsEmpty());
}

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

TEST(Strings, joins_and_counts_as_people_write) {
  EXPECT_EQ(join_and({}), "");
  EXPECT_EQ(join_and({"a"}), "a");
  EXPECT_EQ(join_and({"a", "b"}), "a and b");
  EXPECT_EQ(join_and({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(counted(0, "error"), "0 errors");
  EXPECT_EQ(counted(1, "error"), "1 error");
  EXPECT_EQ(counted(2, "error"), "2 errors");
}

TEST(Strings, knows_digits_and_lower_case_of_ascii_only) {
  EXPECT_TRUE(all_digits("0123456789"));
  EXPECT_FALSE(all_digits(""));
  EXPECT_FALSE(all_digits("1a"));
  EXPECT_FALSE(all_digits("-1"));
  EXPECT_FALSE(all_digits("٣"));
  EXPECT_EQ(ascii_lower("AbZ[É"), "abz[É");
}

}  // namespace
}  // namespace sdd
