#include "repair/seam_doubt.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

namespace sdd::repair {
namespace {

constexpr std::string_view kSeamLine = "  \"key\": \"some text that says little\",\n";

std::string lines_of_size(std::size_t size, std::string_view line) {
  std::string bytes = "{\n";
  while (bytes.size() + line.size() <= size) bytes += line;
  bytes.resize(size, '\n');
  return bytes;
}

// `text` takes the place of the bytes from `at` on, and so moves nothing.
std::string with_text_at(std::string bytes, std::size_t at, std::size_t length) {
  const std::string text = "\n  \"long\": \"" + std::string(length, 'x') + "\",\n";
  return bytes.replace(at, text.size(), text);
}

std::size_t offset_of_character(std::string_view bytes, std::size_t number) {
  std::size_t at = 0;
  for (std::size_t seen = 0; at < bytes.size(); ++at) {
    if ((static_cast<unsigned char>(bytes[at]) & 0xC0U) == 0x80U) continue;
    if (seen++ == number) break;
  }
  return at;
}

struct SeamValue {
  explicit SeamValue(std::string text) : bytes(std::move(text)) {
    json::Parser parser;
    EXPECT_TRUE(parser.parse(bytes, tree)) << bytes;
  }
  std::string bytes;
  json::Tree tree;
};

std::string pattern_of_text(const std::string& text) {
  return pattern_of(SeamValue(text).tree.root());
}

TEST(SeamDoubt, a_file_of_one_piece_has_no_seam) {
  EXPECT_TRUE(SeamDoubt("").none());
  const SeamDoubt whole(lines_of_size(8192, kSeamLine));
  EXPECT_TRUE(whole.none());
  EXPECT_FALSE(whole.is_likely({0, 8192}));
  EXPECT_FALSE(whole.is_possible({0, 8192}));
  EXPECT_FALSE(SeamDoubt(lines_of_size(8193, kSeamLine)).none());
}

TEST(SeamDoubt, a_file_without_an_indented_line_was_not_written_in_pieces) {
  EXPECT_TRUE(SeamDoubt(lines_of_size(20000, "\"key\": \"some text\",\n")).none());
  EXPECT_TRUE(SeamDoubt(lines_of_size(20000, "\"key\":  \"some text\",")).none());
  EXPECT_TRUE(SeamDoubt(lines_of_size(20000, "\t\"key\": \"some text\",\n")).none());
  EXPECT_FALSE(SeamDoubt(lines_of_size(20000, "\r\n  \"key\": \"some text\",")).none());
}

TEST(SeamDoubt, seams_are_likely_shortly_in_front_of_each_8_kib) {
  const SeamDoubt doubt(lines_of_size(20000, kSeamLine));
  EXPECT_TRUE(doubt.is_likely({8100, 8101}));
  EXPECT_TRUE(doubt.is_likely({8191, 8300}));
  EXPECT_FALSE(doubt.is_likely({8192, 8300}));
  EXPECT_FALSE(doubt.is_likely({7000, 7900}));
  EXPECT_TRUE(doubt.is_likely({16383, 16400}));
  EXPECT_FALSE(doubt.is_likely({16384, 20000}));
  EXPECT_TRUE(doubt.is_likely({0, 20000}));
}

TEST(SeamDoubt, a_seam_is_possible_as_far_in_front_as_the_longest_text_there_is_long) {
  const std::string plain = lines_of_size(20000, kSeamLine);
  const SeamDoubt short_texts(plain);
  EXPECT_FALSE(short_texts.is_possible({6300, 6400}));
  EXPECT_FALSE(short_texts.is_possible({8000, 8128}));
  EXPECT_TRUE(short_texts.is_possible({8128, 8129}));
  EXPECT_TRUE(short_texts.is_possible({8191, 8192}));
  EXPECT_FALSE(short_texts.is_possible({8192, 8300}));

  const SeamDoubt long_text(with_text_at(plain, 5900, 2000));
  EXPECT_TRUE(long_text.is_possible({6300, 6400}));
  EXPECT_FALSE(long_text.is_possible({6100, 6190}));
  EXPECT_FALSE(long_text.is_likely({6300, 6400}));

  const SeamDoubt far_from_the_seam(with_text_at(plain, 2000, 2000));
  EXPECT_FALSE(far_from_the_seam.is_possible({6300, 6400}));
}

TEST(SeamDoubt, what_is_not_known_of_one_seam_is_not_known_of_the_next) {
  const std::string plain = lines_of_size(20000, kSeamLine);
  EXPECT_FALSE(SeamDoubt(plain).is_possible({14400, 14500}));
  EXPECT_TRUE(SeamDoubt(with_text_at(plain, 5900, 2000)).is_possible({14400, 14500}));
}

TEST(SeamDoubt, pieces_are_counted_in_characters_too) {
  std::string umlauts;
  for (int i = 0; i < 40; ++i) umlauts += "ä";
  const std::string bytes = lines_of_size(20000, "  \"key\": \"" + umlauts + "\",\n");
  const std::size_t in_front = offset_of_character(bytes, 8180);
  const std::size_t behind = offset_of_character(bytes, 8192);
  EXPECT_GT(in_front, 14000U);
  const SeamDoubt doubt(bytes);
  EXPECT_TRUE(doubt.is_possible({in_front, in_front + 1}));
  EXPECT_TRUE(doubt.is_likely({in_front, in_front + 1}));
  EXPECT_FALSE(doubt.is_possible({behind, behind + 100}));
  // The texts there have 82 bytes and 42 characters.
  const std::size_t before = offset_of_character(bytes, 8115);
  EXPECT_FALSE(doubt.is_possible({before, before + 1}));
  EXPECT_TRUE(doubt.is_possible({8115, 8116}));
  EXPECT_TRUE(doubt.is_possible({8180, 8181}));
  EXPECT_FALSE(SeamDoubt(lines_of_size(20000, kSeamLine)).is_possible({in_front, behind}));
}

TEST(SeamDoubt, the_newest_time_is_the_latest_instant_that_stands_in_the_value) {
  const SeamValue times(R"({"a": "2026-01-02T05:00:00+02:00", "b": ["2026-02-30T00:00:00Z",
      {"c": "2026-01-02T04:00:00Z"}], "d": "2026-09-09", "e": 20270101})");
  EXPECT_EQ(newest_time(times.tree.root()), parse_rfc3339("2026-01-02T04:00:00Z"));
  EXPECT_EQ(newest_time(times.tree.root().find("a")), parse_rfc3339("2026-01-02T03:00:00Z"));
  EXPECT_EQ(newest_time(times.tree.root().find("d")), std::nullopt);
  EXPECT_EQ(newest_time({}), std::nullopt);
}

TEST(SeamDoubt, what_is_fresh_tells_a_time_of_the_last_ten_minutes_or_later) {
  const auto newest = parse_rfc3339("2026-01-02T10:10:00Z");
  const auto fresh = [&](const std::string& time) {
    return is_fresh(SeamValue("[\"" + time + "\"]").tree.root(), newest);
  };
  EXPECT_TRUE(fresh("2026-01-02T10:00:00Z"));
  EXPECT_FALSE(fresh("2026-01-02T09:59:59.999999Z"));
  EXPECT_TRUE(fresh("2026-01-02T11:00:00Z"));
  EXPECT_FALSE(fresh("no time"));
  const SeamValue value(R"(["2026-01-02T10:10:00Z"])");
  EXPECT_FALSE(is_fresh(value.tree.root(), std::nullopt));
}

TEST(SeamDoubt, a_pattern_is_type_status_and_the_names_of_members_and_metadata) {
  const std::string usual =
      R"({"type": "task", "status": "pending", "metadata": {"a": 1, "b": 2}})";
  const std::string pattern = pattern_of_text(usual);
  EXPECT_EQ(pattern_of_text(
                R"({"metadata": {"b": [], "a": {"c": 3}}, "status": "pending", "type": "task"})"),
            pattern);
  for (const char* other :
       {R"({"type": "task", "status": "completed", "metadata": {"a": 1, "b": 2}})",
        R"({"type": "verify", "status": "pending", "metadata": {"a": 1, "b": 2}})",
        R"({"type": "task", "status": "pending", "metadata": {"a": 1}})",
        R"({"type": "task", "status": "pending", "metadata": {"a": 1, "b": 2}, "b": 2})", "{}"}) {
    EXPECT_NE(pattern_of_text(other), pattern) << other;
  }
  EXPECT_EQ(pattern_of_text("{}"), pattern_of_text("[1]"));
}

}  // namespace
}  // namespace sdd::repair
