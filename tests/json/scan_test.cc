#include "json/scan.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <map>

#include "json/older_writer.h"
#include "json/seams.h"
#include "support.h"

namespace sdd::json {
namespace {

using test::Random;

std::string scan_name(std::string_view bytes) {
  const std::optional<Damage> damage = scan(bytes);
  return damage ? to_string(damage->kind) : "none";
}

// simdjson's DOM parser with the limit of ours.
class ScanOracle {
 public:
  ScanOracle() {
    const auto error = parser_.allocate(std::size_t{1} << 20U, Limits{}.max_depth);
    EXPECT_EQ(error, simdjson::SUCCESS);
  }
  bool accepts(std::string_view bytes) {
    return parser_.parse(bytes.data(), bytes.size(), true).error() == simdjson::SUCCESS;
  }

 private:
  simdjson::dom::parser parser_;
};

void expect_inside(const Damage& damage, std::size_t size) {
  const auto inside = [size](Span span) { return span.begin <= span.end && span.end <= size; };
  EXPECT_TRUE(inside(damage.span));
  EXPECT_LE(damage.document_end, size);
  std::size_t last = 0;
  for (const Span range : damage.ranges) {
    EXPECT_TRUE(inside(range));
    EXPECT_GE(range.begin, last);
    last = range.begin;
  }
}

struct ScanCase {
  std::string bytes;
  std::string kind;
  std::string message;
  std::size_t begin;
  std::size_t end;
};

TEST(Scan, names_the_damage_and_its_place) {
  using std::string_literals::operator""s;
  const std::vector<ScanCase> cases = {
      {"", "empty-file", "the file is empty", 0, 0},
      {" \r\n\t", "empty-file", "the file holds nothing but blanks", 0, 4},
      {"\xEF\xBB\xBF \n", "empty-file", "the file holds nothing but blanks", 0, 5},
      {"\xEF\xBB\xBF{}", "foreign-encoding",
       "the file is UTF-8 with a byte order mark, not plain UTF-8", 0, 3},
      {"{\0\"\0a\0\"\0:\0001\0}\0"s, "foreign-encoding",
       "the file is UTF-16 (little endian), not plain UTF-8", 0, 4},
      {"\0\0\0[\0\0\0]"s, "foreign-encoding", "the file is UTF-32 (big endian), not plain UTF-8", 0,
       4},
      {"\xFE\xFF\0[\0]"s, "foreign-encoding", "the file is UTF-16 (big endian), not plain UTF-8", 0,
       2},
      {"\0\0\0"s, "nul-hole", "a hole of 3 NUL bytes", 0, 3},
      {"{\"a\": \"b\0\0c\"}"s, "nul-hole", "a hole of 2 NUL bytes", 8, 10},
      {"[\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> x\n]", "conflict-markers",
       "1 conflict of an unfinished merge", 2, 36},
      {"{\"a\": {\"b\": 1", "truncated-write", "the document is cut off here, with 2 brackets open",
       12, 13},
      {"{\"a\": \"abc", "truncated-write", "the document is cut off here, with 1 bracket open", 9,
       10},
      {"{\"a\": \"\xD0", "truncated-write", "the document is cut off here, with 1 bracket open", 7,
       8},
      {"[tru", "truncated-write", "the document is cut off here, with 1 bracket open", 3, 4},
      {"[-", "truncated-write", "the document is cut off here, with 1 bracket open", 1, 2},
      {"\"abc", "truncated-write", "the document is cut off here, inside its only value", 3, 4},
      {"{}\n}", "trailing-fragment",
       "a complete document ends in front of this, 1 byte of another follow", 3, 4},
      {"{\"a\": 1}\xB6 b\"}", "trailing-fragment",
       "a complete document ends in front of this, 5 bytes of another follow", 8, 13},
      {"{} // done", "syntax-error", "expected nothing behind the document, found a comment", 3, 4},
      {"[\"\xFF\"]", "invalid-utf8", "byte 0xFF at offset 2 is no valid UTF-8", 2, 3},
      {"[\"\xED\xA0\x80\"]", "invalid-utf8", "byte 0xED at offset 2 is no valid UTF-8", 2, 3},
      {"{\"a\": 1,}", "syntax-error", "expected a key in double quotes after ',', found '}'", 8, 9},
      {"[1,]", "syntax-error", "expected a value after ',', found ']'", 3, 4},
      {"[1,,2]", "syntax-error", "expected a value after ',', found ','", 3, 4},
      {"{\"a\" 1}", "syntax-error", "expected ':' after the key, found '1'", 5, 6},
      {"{\"a\", 1}", "syntax-error", "expected ':' after the key, found ','", 4, 5},
      {"{\"a\": 1 \"b\": 2}", "syntax-error", "expected ',' or '}' after a member, found '\"b\"'",
       8, 11},
      {"[\"a\" \"b\"]", "syntax-error", "expected ',' or ']' after an element, found '\"b\"'", 5,
       8},
      {"{\"a\": }", "syntax-error", "expected a value after ':', found '}'", 6, 7},
      {"{\"a\": True}", "syntax-error", "expected a value after ':', found 'True'", 6, 10},
      {"{a: 1}", "syntax-error", "expected a key in double quotes or '}' after '{', found 'a'", 1,
       2},
      {"{'a': 1}", "syntax-error", "expected a key in double quotes or '}' after '{', found ''a''",
       1, 4},
      {"[1] x", "trailing-fragment",
       "a complete document ends in front of this, 1 byte of another follow", 4, 5},
      {"[1}", "syntax-error", "expected ',' or ']' after an element, found '}'", 2, 3},
      {"// x\n{}", "syntax-error", "expected a value, found '//'", 0, 2},
      {"{\"a\": \"b\n\"}", "syntax-error", "the text '\"b' is not closed on its line", 6, 8},
      {"{\"a\": \"the \"big\" one\"}", "syntax-error",
       "expected ',' or '}' after a member, found 'big'", 12, 15},
      {"[\"a\tb\"]", "syntax-error", "control character '\\t' in a text", 3, 4},
      {"[\"\x1B[0m\"]", "syntax-error", "control character '\\u001B' in a text", 2, 3},
      {"[\"\\x\"]", "syntax-error", "unknown escape '\\x' in a text", 2, 4},
      {"[\"\\ud83d\"]", "syntax-error", "unpaired surrogate escape '\\ud83d' in a text", 2, 8},
      {"[\"\\udc00\\ud83d\"]", "syntax-error", "unpaired surrogate escape '\\udc00' in a text", 2,
       8},
      {"[01]", "syntax-error", "'01' is no JSON number", 1, 3},
      {"[+1]", "syntax-error", "'+1' is no JSON number", 1, 3},
      {"[1.]", "syntax-error", "'1.' is no JSON number", 1, 3},
      {"[18446744073709551616]", "over-limit",
       "the number '18446744073709551616' does not fit in 64 bits", 1, 21},
      {"[-9223372036854775809]", "over-limit",
       "the number '-9223372036854775809' does not fit in 64 bits", 1, 21},
      {"[1e400]", "over-limit", "the number '1e400' is larger than any double", 1, 6},
      // A flaw yields to damage, not to a slip behind it.
      {"[1e400, \"a", "truncated-write", "the document is cut off here, with 1 bracket open", 9,
       10},
      {"[1e400,]", "over-limit", "the number '1e400' is larger than any double", 1, 6},
      {"[1e400] []", "over-limit", "the number '1e400' is larger than any double", 1, 6},
  };
  for (const ScanCase& one : cases) {
    const std::optional<Damage> damage = scan(one.bytes);
    ASSERT_TRUE(damage) << one.bytes;
    EXPECT_EQ(to_string(damage->kind), one.kind) << one.bytes;
    EXPECT_EQ(damage->message, one.message) << one.bytes;
    EXPECT_EQ(damage->span, (Span{one.begin, one.end}))
        << one.bytes << " " << damage->span.begin << " " << damage->span.end;
    expect_inside(*damage, one.bytes.size());
  }
}

TEST(Scan, says_what_to_do_about_a_slip) {
  const std::map<std::string, std::string> helps = {
      {"[1,]", "remove the comma in front of ']'"},
      {"[1,,2]", "remove one of the two commas"},
      {"[1 /* x */]", "JSON has no comments: remove it"},
      {"{a: 1}", "put the key in double quotes"},
      {"['a']", "JSON texts stand in plain double quotes"},
      {"[\xE2\x80\x9Cx\xE2\x80\x9D]", "JSON texts stand in plain double quotes"},
      {"[None]", "write null"},
      {"[FALSE]", "write false in lower case"},
      {"[NaN]", "JSON has no NaN and no infinity: write null or a text"},
      {"[yes]", "put the word in double quotes"},
      {"[1 2]", "put a comma in front of it"},
      {"{\"a\" 1}", "put ':' between the key and its value"},
      {"{\"a\":}", "write the value, or remove the key"},
      {"[\"a\n]",
       "put the closing '\"' where the text ends; a line break inside a text is written \\n"},
      {"[\"a\"b\"]", "a double quote inside a text is written \\\""},
      {"[01]", "JSON numbers look like -12, 0.5 or 1e9; put anything else in double quotes"},
      {"[\"\t\"]", "write it as \\t"},
      {"[\"\\d\"]", "a backslash is written \\\\"},
      {"{", "`sdd repair` can bring back what is whole"},
      {"{}{}", "`sdd repair` can bring back what is whole"},
  };
  for (const auto& [bytes, help] : helps) {
    const std::optional<Damage> damage = scan(bytes);
    ASSERT_TRUE(damage) << bytes;
    EXPECT_EQ(damage->help, help) << bytes;
  }
}

TEST(Scan, keeps_the_limits) {
  const auto nested = [](std::size_t depth, const std::string& inside) {
    return std::string(depth, '[') + inside + std::string(depth, ']');
  };
  EXPECT_FALSE(scan(nested(511, "1")));
  EXPECT_FALSE(scan(nested(512, "")));
  const std::optional<Damage> deep = scan(nested(600, ""));
  ASSERT_TRUE(deep);
  EXPECT_EQ(deep->kind, DamageKind::kOverLimit);
  EXPECT_EQ(deep->span, (Span{512, 513}));
  EXPECT_EQ(scan_name(nested(512, "1")), "over-limit");
  EXPECT_EQ(scan_name(std::string(10'000'000, '[')), "over-limit");
  EXPECT_EQ(scan_name(std::string(512, '[')), "truncated-write");
  EXPECT_EQ(to_string(scan("[1, 2]", Limits{5, 512})->kind), std::string("over-limit"));
  EXPECT_FALSE(scan("[1, 2]", Limits{6, 512}));
  std::string dense = "[0";
  for (int i = 0; i < 200'000; ++i) dense += ",0";
  EXPECT_EQ(scan_name(dense + "]"), "over-limit");
  EXPECT_EQ(scan_name("[1" + std::string(1'000'000, '0') + "]"), "over-limit");
  EXPECT_FALSE(scan("[\"" + std::string(1'000'000, 'x') + "\"]"));
}

TEST(Scan, tells_where_the_first_document_ends) {
  const std::optional<Damage> damage = scan("{\"a\": [1]}\n  \"b\": 2\n}\n");
  ASSERT_TRUE(damage);
  EXPECT_EQ(damage->document_end, 10U);
  ASSERT_EQ(damage->ranges.size(), 1U);
  EXPECT_EQ(damage->ranges[0], (Span{13, 22}));
}

TEST(Scan, lists_every_hole) {
  using std::string_literals::operator""s;
  const std::optional<Damage> damage = scan("{\"a\0\": \0\0 1}\0"s);
  ASSERT_TRUE(damage);
  EXPECT_EQ(damage->ranges, (std::vector<Span>{{3, 4}, {7, 9}, {12, 13}}));
  EXPECT_EQ(damage->message, "3 holes, 4 NUL bytes in all");
}

// What simdjson takes as a number, at the edges of 64 bits and of a double.
TEST(Scan, draws_the_same_line_through_the_numbers_as_simdjson) {
  ScanOracle oracle;
  std::vector<std::string> numbers = {"0",
                                      "-0",
                                      "00",
                                      "-",
                                      "+1",
                                      ".5",
                                      "1.",
                                      "1.e5",
                                      "1e",
                                      "1e+",
                                      "0e999999999999999999999",
                                      "0.0e400",
                                      "18446744073709551615",
                                      "18446744073709551616",
                                      "9223372036854775808",
                                      "-9223372036854775808",
                                      "-9223372036854775809",
                                      "99999999999999999999",
                                      "1e308",
                                      "1e309",
                                      "1e-400",
                                      "-1e400",
                                      "1e99999999999999999999",
                                      "1e-99999999999999999999",
                                      "1.7976931348623157e308",
                                      "1.7976931348623158e308",
                                      "1.7976931348623159e308",
                                      "-1.7976931348623159E+308",
                                      "0." + std::string(400, '0') + "1e708",
                                      "0." + std::string(400, '0') + "1e710",
                                      "1" + std::string(308, '0') + ".0",
                                      "1" + std::string(309, '0') + ".0",
                                      "1e0000000000000000400",
                                      "0.1e-0",
                                      "1e05",
                                      "1E5",
                                      "-0e1",
                                      "1e1.5",
                                      "1-1",
                                      "0x10",
                                      "1_000",
                                      "1f",
                                      "Infinity",
                                      "-Infinity"};
  const std::string half =
      "17976931348623158079372897140530341507993413271003782693617377898044496829276475094664901797"
      "7"
      "58720709633028641669288791094655554785194040263065748867150582068190890200070838367627385484"
      "5"
      "81771153176447573027006985557136695962284291481986083493647529271907416844436551070434271155"
      "9"
      "699508093042880177904174497792";
  numbers.push_back(half + ".0");
  numbers.push_back(half + "e0");
  numbers.push_back("-" + half + ".0");
  numbers.push_back(half.substr(0, 308) + "1.9999999999999");
  numbers.push_back("0." + half + "e309");
  numbers.push_back("0.000" + half.substr(0, 308) + "1e312");
  numbers.push_back(half.substr(0, 1) + "." + half.substr(1) + "000e308");
  for (const std::string& number : numbers) {
    EXPECT_EQ(!scan("[" + number + "]"), oracle.accepts("[" + number + "]")) << number;
    EXPECT_EQ(!scan(number), oracle.accepts(number)) << number;
  }
}

std::string scan_random_json(Random& random, std::size_t depth) {
  static const std::vector<std::string> kScalars = {"1",
                                                    "-0",
                                                    "1.5e3",
                                                    "true",
                                                    "false",
                                                    "null",
                                                    "\"\"",
                                                    "\"a\\n\\u00e9\\ud83d\\ude00\"",
                                                    "\"\xC3\xA9\xF0\x9F\x98\x80\"",
                                                    "18446744073709551615",
                                                    "1.7976931348623157e308",
                                                    "\"\\\"\\\\/\""};
  if (depth == 0 || random.chance(30)) return kScalars[random.below(kScalars.size())];
  const bool object = random.chance(50);
  const std::string blank = random.chance(50) ? "" : random.chance(50) ? " " : "\n  ";
  std::string text = object ? "{" : "[";
  for (std::size_t n = random.below(4), i = 0; i < n; ++i) {
    if (i > 0) text += ",";
    text += blank;
    if (object) text += "\"k" + std::to_string(i) + "\":" + blank;
    text += scan_random_json(random, depth - 1);
  }
  return text + blank + (object ? "}" : "]");
}

void scan_mutate(std::string& text, Random& random) {
  static const std::vector<std::string> kPieces = {"\"",      "\\",          "{",
                                                   "}",       "[",           "]",
                                                   ":",       ",",           "0",
                                                   "-",       "e",           ".",
                                                   "\n",      "\t",          "u",
                                                   "\\ud800", "\\udc00",     "\xC3",
                                                   "\xA9",    "\xFF",        "\xED\xA0\x80",
                                                   "true",    "nul",         "//",
                                                   "'",       "1e999",       "99999999999999999999",
                                                   " ",       "\x01",        "\x7F",
                                                   "\r",      "\xEF\xBB\xBF"};
  const std::size_t at = random.below(text.size() + 1);
  switch (random.below(4)) {
    case 0:
      text.insert(at, kPieces[random.below(kPieces.size())]);
      break;
    case 1:
      text.erase(at, 1 + random.below(3));
      break;
    case 2:
      text.resize(at);
      break;
    default:
      text = text.substr(0, at) + text.substr(random.below(text.size() + 1));
  }
}

TEST(Scan, accepts_exactly_what_simdjson_accepts) {
  ScanOracle oracle;
  Random random(7);
  std::size_t accepted = 0;
  constexpr std::size_t kCases = 150'000;
  for (std::size_t i = 0; i < kCases; ++i) {
    std::string text = scan_random_json(random, 4);
    for (std::size_t n = random.below(4); n > 0; --n) scan_mutate(text, random);
    const std::optional<Damage> damage = scan(text);
    ASSERT_EQ(!damage, oracle.accepts(text)) << text;
    if (damage) {
      expect_inside(*damage, text.size());
      if (damage->kind == DamageKind::kTrailing) {
        ASSERT_TRUE(oracle.accepts(text.substr(0, damage->document_end))) << text;
      }
    } else {
      ++accepted;
    }
  }
  EXPECT_GT(accepted, kCases / 10);
  EXPECT_LT(accepted, kCases / 2);
}

TEST(Scan, classifies_the_real_damaged_files) {
  const auto folder = test::shared("corpus/damaged");
  if (!folder) return;
  const std::map<std::string, std::string> expected = {
      {"complete-N2-r0.json", "trailing-fragment"}, {"complete-N2-r4.json", "interleaved-writes"},
      {"journal-N2-r10.json", "trailing-fragment"}, {"kill-r33-mixed.json", "trailing-fragment"},
      {"kill-r88-NUL-hole.json", "nul-hole"},       {"status-N2-r5.json", "interleaved-writes"}};
  ScanOracle oracle;
  for (const auto& [name, kind] : expected) {
    const std::string bytes = test::read_bytes(*folder / name);
    const std::optional<Damage> damage = scan(bytes);
    ASSERT_TRUE(damage) << name;
    EXPECT_EQ(to_string(damage->kind), kind) << name;
    expect_inside(*damage, bytes.size());
    if (kind == "trailing-fragment") {
      EXPECT_TRUE(oracle.accepts(std::string_view(bytes).substr(0, damage->document_end))) << name;
    }
    if (name == "kill-r88-NUL-hole.json") {
      EXPECT_EQ(damage->ranges, (std::vector<Span>{{8133, 8133 + 8181}}));
    }
    if (kind == "interleaved-writes") {
      EXPECT_NE(damage->message.find("meet here: expected"), std::string::npos) << damage->message;
    }
    // The first seam that shows, known from the writers' documents.
    if (name == "complete-N2-r4.json") {
      EXPECT_TRUE(touches(damage->ranges, {32'621, 32'621}));
    }
    if (name == "status-N2-r5.json") {
      EXPECT_TRUE(touches(damage->ranges, {8173, 8173}));
    }
  }
}

}  // namespace
}  // namespace sdd::json
