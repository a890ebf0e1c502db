#include "text/source_text.h"

#include <gtest/gtest.h>

#include <string>

namespace sdd {
namespace {

SourceText source_of(std::string bytes) { return {"a.json", std::move(bytes)}; }

TEST(SourceText, counts_lines_and_columns_from_one) {
  const SourceText text = source_of("ab\ncd\n");
  EXPECT_EQ(text.position(0), (Position{1, 1}));
  EXPECT_EQ(text.position(1), (Position{1, 2}));
  EXPECT_EQ(text.position(2), (Position{1, 3}));  // the line's end belongs to the line
  EXPECT_EQ(text.position(3), (Position{2, 1}));
  EXPECT_EQ(text.position(6), (Position{3, 1}));
}

TEST(SourceText, columns_are_code_points) {
  const SourceText text = source_of("é€😀x\n😀y");
  EXPECT_EQ(text.position(2), (Position{1, 2}));
  EXPECT_EQ(text.position(5), (Position{1, 3}));
  EXPECT_EQ(text.position(9), (Position{1, 4}));
  EXPECT_EQ(text.position(15), (Position{2, 2}));
}

TEST(SourceText, a_byte_that_is_no_utf8_is_a_column) {
  const SourceText text = source_of("\xFF\xFE\xC3x");
  EXPECT_EQ(text.position(3), (Position{1, 4}));
}

TEST(SourceText, columns_far_into_a_long_line_are_told_in_any_order) {
  std::string bytes = "first\n";
  while (bytes.size() < 300'000) bytes += "x€\xFFé";
  bytes += "\nlast";
  const SourceText text = source_of(bytes);
  std::uint32_t chance = 7;
  for (int round = 0; round < 300; ++round) {
    chance = chance * 1664525U + 1013904223U;
    // Seven bytes and four characters a piece.
    const std::size_t piece = (chance >> 8U) % 42'000;
    EXPECT_EQ(text.position(6 + 7 * piece), (Position{2, 1 + 4 * piece}));
    EXPECT_EQ(text.position(6 + 7 * piece + 4), (Position{2, 1 + 4 * piece + 2}));
  }
  EXPECT_EQ(text.position(bytes.size()), (Position{3, 5}));
  EXPECT_EQ(text.position(2), (Position{1, 3}));
}

TEST(SourceText, an_offset_behind_the_end_is_the_end) {
  const SourceText text = source_of("ab\ncd");
  EXPECT_EQ(text.position(5), (Position{2, 3}));
  EXPECT_EQ(text.position(6), (Position{2, 3}));
  EXPECT_EQ(text.position(std::string::npos), (Position{2, 3}));
}

TEST(SourceText, a_carriage_return_belongs_to_the_lines_end) {
  const SourceText text = source_of("ab\r\ncd\r\n\r\nx\ry");
  EXPECT_EQ(text.line(1), "ab");
  EXPECT_EQ(text.line(2), "cd");
  EXPECT_EQ(text.line(3), "");
  EXPECT_EQ(text.line(4), "x\ry");  // alone it ends no line
  EXPECT_EQ(text.position(4), (Position{2, 1}));
  EXPECT_EQ(text.line_span(2), (Span{4, 6}));
}

TEST(SourceText, the_last_line_needs_no_end) {
  EXPECT_EQ(source_of("ab\ncd").line(2), "cd");
  EXPECT_EQ(source_of("ab\ncd\n").line(2), "cd");
  EXPECT_EQ(source_of("ab\ncd\n").line(3), "");
  EXPECT_EQ(source_of("ab\ncd\n").line_span(3), (Span{6, 6}));
}

TEST(SourceText, an_empty_file_has_one_empty_line) {
  for (const SourceText& text : {source_of(""), SourceText()}) {
    EXPECT_EQ(text.position(0), (Position{1, 1}));
    EXPECT_EQ(text.position(7), (Position{1, 1}));
    EXPECT_EQ(text.line(1), "");
    EXPECT_EQ(text.line_span(1), (Span{0, 0}));
  }
}

TEST(SourceText, a_line_that_is_not_there_is_empty) {
  const SourceText text = source_of("ab\ncd");
  EXPECT_EQ(text.line(0), "");
  EXPECT_EQ(text.line(3), "");
  EXPECT_EQ(text.line_span(3), (Span{5, 5}));
}

TEST(SourceText, keeps_path_and_bytes_as_they_are) {
  const std::string bytes("a\0b", 3);
  const SourceText text("dir/a.json", bytes);
  EXPECT_EQ(text.path(), "dir/a.json");
  EXPECT_EQ(text.bytes(), bytes);
  EXPECT_EQ(text.position(2), (Position{1, 3}));
}

}  // namespace
}  // namespace sdd
