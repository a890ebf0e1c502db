#include "json/pattern.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "json/pattern_cache.h"

namespace sdd::json {
namespace {

// "yes", "no", or why the pattern cannot be run.
std::string pattern_says(std::string_view source, std::string_view text) {
  const Translation translation = translate_pattern(source);
  if (translation.verdict == Translation::Verdict::kInvalid) {
    return "invalid: " + translation.problem;
  }
  if (translation.verdict == Translation::Verdict::kUnsupported) {
    return "unsupported: " + translation.problem;
  }
  const Pattern pattern(source, translation.re2);
  if (!pattern.trouble().empty()) return "trouble: " + pattern.trouble();
  return pattern.matches(text) ? "yes" : "no";
}

TEST(Pattern, finds_a_match_anywhere_unless_anchored) {
  EXPECT_EQ(pattern_says("b+", "abc"), "yes");
  EXPECT_EQ(pattern_says("^b", "abc"), "no");
  EXPECT_EQ(pattern_says("c$", "abc"), "yes");
  EXPECT_EQ(pattern_says("c$", "abc\n"), "no");
  EXPECT_EQ(pattern_says("", ""), "yes");
  const std::string_view marks = " !\"#%&',-/:;<=>@_`~\x7f";
  EXPECT_EQ(pattern_says(marks, "x !\"#%&',-/:;<=>@_`~\x7fx"), "yes");
  for (const char mark : std::string_view(" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")) {
    const std::string escaped = {'^', '[', '\\', mark, ']', '\\', mark, '$'};
    EXPECT_EQ(pattern_says(escaped, std::string(2, mark)), "yes") << mark;
    EXPECT_EQ(pattern_says(escaped, "xx"), "no") << mark;
  }
  EXPECT_EQ(pattern_says("a|^$", ""), "yes");
}

TEST(Pattern, reads_characters_as_code_points) {
  EXPECT_EQ(pattern_says("^.$", "🐲"), "yes");
  EXPECT_EQ(pattern_says("^[🐲é]{2}$", "é🐲"), "yes");
  EXPECT_EQ(pattern_says(R"(^\uD83D\uDC32$)", "🐲"), "yes");
  EXPECT_EQ(pattern_says(R"(^\u{1F432}$)", "🐲"), "yes");
  EXPECT_EQ(pattern_says(R"(^\u{000001F432}$)", "🐲"), "yes");
  EXPECT_EQ(pattern_says(R"(^\u00e9\xe9\cA\0$)", std::string_view("éé\x01\0", 6)), "yes");
}

TEST(Pattern, a_dot_is_no_line_end) {
  EXPECT_EQ(pattern_says("^.$", "\n"), "no");
  EXPECT_EQ(pattern_says("^.$", "\u2028"), "no");
  EXPECT_EQ(pattern_says("^.$", "\u0085"), "yes");
  EXPECT_EQ(pattern_says("^[^]$", "\n"), "yes");
  EXPECT_EQ(pattern_says("[]", "a"), "no");
}

TEST(Pattern, knows_the_white_space_of_ecma) {
  for (const char* space : {" ", "\t", "\v", "\u00a0", "\ufeff", "\u2003", "\u2029"}) {
    EXPECT_EQ(pattern_says(R"(^\s$)", space), "yes");
    EXPECT_EQ(pattern_says(R"(^[a\s]$)", space), "yes");
    EXPECT_EQ(pattern_says(R"(^\S$)", space), "no");
    EXPECT_EQ(pattern_says(R"(^[^\s]$)", space), "no");
    EXPECT_EQ(pattern_says(R"(^[\S\d]$)", space), "no");
  }
  EXPECT_EQ(pattern_says(R"(^\S$)", "\u2013"), "yes");
}

TEST(Pattern, classes_mean_what_ecma_means) {
  EXPECT_EQ(pattern_says(R"(^[\w-]+$)", "a-b_9"), "yes");
  EXPECT_EQ(pattern_says(R"(^[\w-.]+$)", "a-."), "yes");
  EXPECT_EQ(pattern_says(R"(^[a-\d]+$)", "a-7"), "yes");
  EXPECT_EQ(pattern_says(R"(^[a-\d]+$)", "b"), "no");
  EXPECT_EQ(pattern_says(R"(^[-a]+$)", "-a"), "yes");
  EXPECT_EQ(pattern_says(R"(^[a-]+$)", "-a"), "yes");
  EXPECT_EQ(pattern_says(R"(^[[:]+$)", "[:"), "yes");
  EXPECT_EQ(pattern_says(R"(^[\]\\\b\-^]+$)", "]\\\b-^"), "yes");
  EXPECT_EQ(pattern_says(R"(^[&&a]+$)", "&a"), "yes");
  EXPECT_EQ(pattern_says("[[:alpha:]]", "a").find("invalid: a ']' outside a class"), 0U);
  EXPECT_EQ(pattern_says("[z-a]", ""), "invalid: a range from high to low");
  EXPECT_EQ(pattern_says("[a", ""), "invalid: a class that is not closed");
  EXPECT_EQ(pattern_says("[a-", ""), "invalid: a class that is not closed");
  EXPECT_EQ(pattern_says("[\\", ""), "invalid: a '\\' at the end");
}

TEST(Pattern, knows_unicode_properties_by_long_and_short_names) {
  EXPECT_EQ(pattern_says(R"(^\p{Letter}\p{L}\p{Lu}\p{Uppercase_Letter}$)", "éaÉZ"), "yes");
  EXPECT_EQ(pattern_says(R"(^\p{gc=Nd}\p{digit}$)", "4৪"), "yes");
  EXPECT_EQ(pattern_says(R"(^\p{Script=Greek}\p{sc=Cyrillic}\P{Latin}$)", "αжж"), "yes");
  EXPECT_EQ(pattern_says(R"(^\p{LC}[\p{ASCII}]\P{ASCII}$)", "aaé"), "yes");
  EXPECT_EQ(pattern_says(R"(\p{Nonsense})", "").find("trouble"), 0U);
  EXPECT_EQ(pattern_says(R"(\p{scx=Greek})", ""), "unsupported: script extensions");
  EXPECT_EQ(pattern_says(R"(\pL)", ""), "invalid: a property without a name");
}

TEST(Pattern, groups_and_quantifiers) {
  EXPECT_EQ(pattern_says("^(a(?:b)(?<c_1>c))+$", "abcabc"), "yes");
  EXPECT_EQ(pattern_says("^a{2}b{1,}c{0,2}?$", "aabbcc"), "yes");
  EXPECT_EQ(pattern_says("^a{,2}$", "a{,2}"), "yes");
  EXPECT_EQ(pattern_says("^{x}$", "{x}"), "yes");
  EXPECT_EQ(pattern_says("^a{$", "a{"), "yes");
  EXPECT_EQ(pattern_says("a**", ""), "invalid: a '*' with nothing to repeat");
  EXPECT_EQ(pattern_says("^+", ""), "invalid: a '+' with nothing to repeat");
  EXPECT_EQ(pattern_says("(?:|*)", ""), "invalid: a '*' with nothing to repeat");
  EXPECT_EQ(pattern_says("a{3,2}", ""), "invalid: a repetition whose most is below its least");
  EXPECT_EQ(pattern_says("a{1001}", ""), "unsupported: a repetition above 1000");
  EXPECT_EQ(pattern_says("(a", ""), "invalid: a group that is not closed");
  EXPECT_EQ(pattern_says("a)", ""), "invalid: a ')' without '('");
  EXPECT_EQ(pattern_says("(?<1>a)", ""), "invalid: a group whose name is none");
}

TEST(Pattern, says_what_cannot_be_run) {
  EXPECT_EQ(pattern_says("a(?=b)", ""), "unsupported: look-ahead");
  EXPECT_EQ(pattern_says("(?<!a)b", ""), "unsupported: look-behind");
  EXPECT_EQ(pattern_says(R"((a)\1)", ""), "unsupported: a back-reference");
  EXPECT_EQ(pattern_says(R"((?<n>a)\k<n>)", ""), "unsupported: a back-reference");
  EXPECT_EQ(pattern_says(R"(\uD83D)", ""), "unsupported: half a surrogate pair");
  EXPECT_EQ(pattern_says(R"([\u{DC00}])", ""), "unsupported: half a surrogate pair");
  // Unsupported, and wrong behind that.
  EXPECT_EQ(pattern_says("(?=a)(", ""), "invalid: a group that is not closed");
}

TEST(Pattern, other_dialects_are_no_patterns) {
  for (const char* source : {"(?i)a", "(?P<n>a)", "(?#c)", "(?>a)", "\\A",   "\\Z",  "\\z",
                             "\\a",   "\\Qa\\E",  "\\h",   "\\x1",  "\\u12", "\\c1", "\\u{110000}",
                             "\\u{}", "\\k",      "\\",    "\\p{}", "\\01",  "(?"}) {
    EXPECT_FALSE(is_ecma_pattern(source)) << source;
  }
  for (const char* source : {"(?<=a+)b", "(?<n>a)\\k<n>", "\\-\\/\\\"\\_", "a]b"}) {
    EXPECT_EQ(is_ecma_pattern(source), std::string_view(source) != "a]b") << source;
  }
}

TEST(Pattern, is_linear) {
  const std::string text(200'000, 'a');
  EXPECT_EQ(pattern_says("^(a+)+$", text + "b"), "no");
  EXPECT_EQ(pattern_says("^(a|aa)*$", text), "yes");
  EXPECT_EQ(pattern_says(std::string(100'000, '('), "").substr(0, 7), "invalid");
  const std::string deep = std::string(201, '(') + std::string(201, ')');
  EXPECT_EQ(pattern_says(deep, ""), "unsupported: groups nested deeper than 200");
  EXPECT_EQ(pattern_says(std::string_view(deep).substr(1, 400), ""), "yes");
}

TEST(PatternCache, keeps_short_texts_apart) {
  PatternCache cache;
  EXPECT_EQ(cache.find(1, "a"), std::nullopt);
  cache.keep(1, "a", 5);
  EXPECT_EQ(cache.find(1, "a"), 5U);
  EXPECT_EQ(cache.find(2, "a"), std::nullopt);
  EXPECT_EQ(cache.find(1, "b"), std::nullopt);
  cache.keep(1, "", 0);
  EXPECT_EQ(cache.find(1, ""), 0U);
  const std::string longest(PatternCache::kLongest, 'x');
  cache.keep(1, longest, 1);
  EXPECT_EQ(cache.find(1, longest), 1U);
  cache.keep(1, longest + "x", 1);
  EXPECT_EQ(cache.find(1, longest + "x"), std::nullopt);
  for (std::uint64_t i = 0; i < 100'000; ++i) cache.keep(3, std::to_string(i), i);
  std::size_t kept = 0;
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    const auto found = cache.find(3, std::to_string(i));
    if (!found) continue;
    ++kept;
    EXPECT_EQ(*found, i);
  }
  EXPECT_GT(kept, 100U);
}

}  // namespace
}  // namespace sdd::json
