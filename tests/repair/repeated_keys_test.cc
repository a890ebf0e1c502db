#include "repair/repeated_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace sdd::repair {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Salvaged without_repeats(const std::string& bytes) {
  return without_repeated_keys({.stem = "demo-2026-01-02-001", .bytes = bytes});
}

TEST(RepeatedKeys, a_document_without_any_comes_back_as_it_is) {
  for (const char* bytes : {"{}", "[]\r\n", R"({"a": {"a": 1}, "A": 1, "b": ["a", "a"]})",
                            R"([{"ä": 1}, {"ä": 2}])", ""}) {
    const Salvaged salvaged = without_repeats(bytes);
    EXPECT_EQ(salvaged.bytes, bytes);
    EXPECT_EQ(salvaged.base, "file");
    EXPECT_EQ(salvaged.refusal, "");
    EXPECT_THAT(salvaged.dropped, IsEmpty()) << bytes;
    EXPECT_THAT(salvaged.recovered, IsEmpty()) << bytes;
  }
}

TEST(RepeatedKeys, of_members_that_mean_the_same_the_last_stays) {
  const std::string bytes =
      "{\"a\": 1,\r\n \"b\": {\"x\": 1, \"y\": 2},\r\n \"c\": \"ü\",\r\n"
      " \"b\": {\"y\": 2.0, \"\\u0078\": 1}}\r\n";
  const Salvaged salvaged = without_repeats(bytes);
  EXPECT_EQ(salvaged.refusal, "");
  EXPECT_EQ(salvaged.bytes,
            "{\"a\": 1,\r\n \"c\": \"ü\",\r\n \"b\": {\"y\": 2.0, \"\\u0078\": 1}}\r\n");
  ASSERT_THAT(salvaged.dropped, SizeIs(1));
  const Span dropped = salvaged.dropped[0].span;
  EXPECT_EQ(bytes.substr(dropped.begin, dropped.size()), R"("b": {"x": 1, "y": 2})");
  EXPECT_EQ(salvaged.dropped[0].why, "repeats the member 'b' behind it");
  ASSERT_THAT(salvaged.recovered, SizeIs(1));
  EXPECT_EQ(salvaged.recovered[0].source, "file");
  EXPECT_EQ(salvaged.recovered[0].span, (Span{0, bytes.size()}));
}

TEST(RepeatedKeys, a_key_that_stands_three_times_or_is_spelled_in_two_ways_stays_once) {
  const Salvaged salvaged = without_repeats(R"([{"a": 1, "\u0061": 1, "a": 1}])");
  EXPECT_EQ(salvaged.bytes, R"([{"a": 1}])");
  EXPECT_THAT(salvaged.dropped, SizeIs(2));
}

TEST(RepeatedKeys, what_stays_of_two_objects_has_no_key_twice_either) {
  const Salvaged salvaged =
      without_repeats(R"({"a": {"x": 1, "y": 2}, "a": {"y": 2, "x": 1, "x": 1}})");
  EXPECT_EQ(salvaged.refusal, "");
  EXPECT_EQ(salvaged.bytes, R"({"a": {"y": 2, "x": 1}})");
  EXPECT_THAT(salvaged.dropped, SizeIs(2));
}

TEST(RepeatedKeys, what_is_taken_away_is_not_looked_into) {
  EXPECT_EQ(without_repeats(R"({"a": {"x": 1, "x": 1}, "a": {"x": 1}})").bytes,
            R"({"a": {"x": 1}})");
  EXPECT_EQ(without_repeats(R"({"a": {"x": 1, "x": 2}, "a": {"x": 2}})").bytes,
            R"({"a": {"x": 2}})");
}

TEST(RepeatedKeys, what_is_taken_away_is_told_in_the_order_of_the_bytes) {
  const Salvaged salvaged = without_repeats(R"({"m": {"x": 1, "x": 1}, "z": 1, "z": 1})");
  ASSERT_THAT(salvaged.dropped, SizeIs(2));
  EXPECT_EQ(salvaged.dropped[0].span, (Span{7, 13}));
  EXPECT_EQ(salvaged.dropped[1].span, (Span{24, 30}));
}

TEST(RepeatedKeys, values_that_differ_are_a_conflict_and_the_salvage_is_refused) {
  const Salvaged salvaged = without_repeats(
      R"({"same": 1, "same": 1, "hierarchy": {"a/b": {"status": "pending", "status": null}}})");
  EXPECT_THAT(salvaged.refusal, HasSubstr("keys stand twice, with different values"));
  EXPECT_EQ(salvaged.bytes, "");
  EXPECT_THAT(salvaged.recovered, IsEmpty());
  ASSERT_THAT(salvaged.conflicts, SizeIs(1));
  EXPECT_EQ(salvaged.conflicts[0].pointer, "/hierarchy/a~1b/status");
  EXPECT_EQ(salvaged.conflicts[0].theirs, "\"pending\"");
  EXPECT_EQ(salvaged.conflicts[0].ours, "null");
  EXPECT_EQ(salvaged.conflicts[0].message,
            "the key stands twice, with different values: 'pending' in front, 'null' behind");
}

TEST(RepeatedKeys, a_conflict_of_objects_tells_the_first_members_that_differ) {
  const auto message = [](const std::string& front, const std::string& behind) {
    const Salvaged salvaged = without_repeats("{\"k\": " + front + ", \"k\": " + behind + "}");
    EXPECT_THAT(salvaged.conflicts, SizeIs(1));
    const std::string text = salvaged.conflicts.at(0).message;
    return text.substr(text.find(": ") + 2);
  };
  EXPECT_EQ(message(R"({"a": 1, "b": 2})", R"({"b": 3, "a": 1.0, "c": "x"})"),
            "b '2' in front, '3' behind and c nothing in front, 'x' behind");
  EXPECT_THAT(message(R"({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1})", "{}"),
              HasSubstr("d '1' in front, nothing behind and 2 more"));
  EXPECT_EQ(message("{}", "[]"), "'{}' in front, '[]' behind");
}

}  // namespace
}  // namespace sdd::repair
