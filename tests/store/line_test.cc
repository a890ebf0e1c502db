#include "store/line.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace sdd::store {
namespace {

std::string line_without_end(std::string line) {
  EXPECT_TRUE(line.ends_with('\n'));
  line.pop_back();
  return line;
}

TEST(Line, is_one_object_with_a_checksum) {
  const std::string line =
      LineWriter().text("a", "x").number("n", -5).texts("l", {"p", "q"}).raw("j", "[1]").sealed();
  EXPECT_EQ(line, "{\"a\":\"x\",\"n\":-5,\"l\":[\"p\",\"q\"],\"j\":[1],\"checksum\":\"" +
                      line.substr(line.size() - 19));
  std::string a;
  std::int64_t n = 0;
  std::vector<std::string> l;
  std::string j;
  const std::string whole = line_without_end(line);
  auto in = LineReader::open(whole);
  ASSERT_TRUE(in);
  EXPECT_TRUE(in->next_is("a"));
  EXPECT_FALSE(in->next_is("n"));
  EXPECT_TRUE(in->text("a", a) && in->number("n", n) && in->texts("l", l) && in->raw("j", j));
  EXPECT_TRUE(in->at_end());
  EXPECT_EQ(a, "x");
  EXPECT_EQ(n, -5);
  EXPECT_EQ(l, (std::vector<std::string>{"p", "q"}));
  EXPECT_EQ(j, "[1]");
}

TEST(Line, any_text_comes_back) {
  std::string all;
  for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
  for (const std::string& text :
       {all, std::string(), std::string("\"\\\"\\"), std::string("Привет, \xF0\x9F\x98\x80"),
        std::string(",\"checksum\":\"0123456789abcdef\"}")}) {
    const std::string line = line_without_end(LineWriter().text("t", text).sealed());
    EXPECT_EQ(line.find('\n'), std::string::npos);
    auto in = LineReader::open(line);
    std::string back;
    ASSERT_TRUE(in && in->text("t", back) && in->at_end()) << line;
    EXPECT_EQ(back, text);
  }
}

TEST(Line, wrong_bytes_are_replaced) {
  auto line = line_without_end(LineWriter().text("t", "a\xFFz").sealed());
  auto in = LineReader::open(line);
  std::string back;
  ASSERT_TRUE(in && in->text("t", back));
  EXPECT_EQ(back, "a\xEF\xBF\xBDz");
}

TEST(Line, numbers_reach_both_ends) {
  for (const std::int64_t number : {std::numeric_limits<std::int64_t>::min(),
                                    std::numeric_limits<std::int64_t>::max(), std::int64_t{0}}) {
    const std::string line = line_without_end(LineWriter().number("n", number).sealed());
    auto in = LineReader::open(line);
    std::int64_t back = 1;
    ASSERT_TRUE(in && in->number("n", back) && in->at_end());
    EXPECT_EQ(back, number);
  }
}

TEST(Line, a_changed_byte_is_noticed_wherever_it_is) {
  const std::string line =
      line_without_end(LineWriter().text("id", "one").number("n", 7).raw("j", "{}").sealed());
  ASSERT_TRUE(LineReader::open(line));
  for (std::size_t at = 0; at < line.size(); ++at) {
    for (const char other : {'\0', 'x', '0', '"', ' '}) {
      std::string changed = line;
      if (changed[at] == other) continue;
      changed[at] = other;
      EXPECT_FALSE(LineReader::open(changed)) << at << " " << changed;
    }
    EXPECT_FALSE(LineReader::open(line.substr(0, at)));
    EXPECT_FALSE(LineReader::open(line.substr(at + 1)));
  }
  EXPECT_FALSE(LineReader::open(line + " "));
  EXPECT_FALSE(LineReader::open(line + line));
}

TEST(Line, other_members_than_expected_are_refused_for_good) {
  const std::string line =
      line_without_end(LineWriter().text("a", "x").number("b", 1).texts("c", {}).sealed());
  const auto reader = [&] { return *LineReader::open(line); };
  std::string text = "untouched";
  std::int64_t number = 0;
  std::vector<std::string> texts;
  LineReader wrong_name = reader();
  EXPECT_FALSE(wrong_name.text("z", text));
  EXPECT_FALSE(wrong_name.text("a", text));
  LineReader wrong_kind = reader();
  EXPECT_FALSE(wrong_kind.number("a", number));
  EXPECT_EQ(text, "untouched");
  LineReader in = reader();
  EXPECT_TRUE(in.text("a", text));
  EXPECT_FALSE(in.at_end());
  EXPECT_TRUE(in.number("b", number));
  EXPECT_TRUE(in.texts("c", texts));
  EXPECT_TRUE(in.at_end());
  EXPECT_FALSE(in.number("d", number));
  EXPECT_FALSE(in.at_end());
  LineReader half_name = reader();
  EXPECT_FALSE(half_name.next_is("aa"));
  EXPECT_FALSE(half_name.next_is(""));
}

}  // namespace
}  // namespace sdd::store
