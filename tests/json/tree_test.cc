#include "json/tree.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support.h"

namespace sdd::json {
namespace {

// A parser, a document and its tree, kept together.
struct Document {
  explicit Document(std::string text) : bytes(std::move(text)) {
    Parser parser;
    ok = parser.parse(bytes, tree);
  }
  std::string bytes;
  Tree tree;
  bool ok = false;
};

TEST(Tree, knows_where_values_and_keys_stand) {
  const Document doc("{\n  \"a\" : [1, -2.5,\ttrue ],\n  \"b\": \"x y\" \n}");
  ASSERT_TRUE(doc.ok);
  const Value root = doc.tree.root();
  EXPECT_EQ(root.raw(), doc.bytes);
  ASSERT_EQ(root.size(), 2U);
  std::vector<std::string> seen;
  for (const Member member : root.members()) {
    seen.emplace_back(member.key.raw());
    seen.emplace_back(member.value.raw());
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"\"a\"", "[1, -2.5,\ttrue ]", "\"b\"", "\"x y\""}));
  std::vector<std::string> elements;
  for (const Value element : root.find("a").elements()) elements.emplace_back(element.raw());
  EXPECT_EQ(elements, (std::vector<std::string>{"1", "-2.5", "true"}));
  const std::size_t at = doc.bytes.find("\"x y\"");
  EXPECT_EQ(root.find("b").span(), (Span{at, at + 5}));
}

TEST(Tree, resolves_escapes_in_keys_and_strings) {
  const Document doc(R"({"k\n\u0041": "\ud83d\ude00\/", "plain": "\"", "": "\u0000x"})");
  ASSERT_TRUE(doc.ok);
  const Value root = doc.tree.root();
  EXPECT_EQ(root.find("k\nA").string(), "\xF0\x9F\x98\x80/");
  EXPECT_EQ(root.find("plain").string(), "\"");
  EXPECT_EQ(root.find("").string(), std::string("\0x", 2));
}

TEST(Tree, tells_kinds_and_numbers) {
  const Document doc(
      "[null, true, false, 0, -9223372036854775808, 18446744073709551615, 1.0, 1e3, \"\", [], {}]");
  ASSERT_TRUE(doc.ok);
  std::vector<Kind> kinds;
  for (const Value element : doc.tree.root().elements()) kinds.push_back(element.kind());
  EXPECT_EQ(kinds, (std::vector<Kind>{Kind::kNull, Kind::kTrue, Kind::kFalse, Kind::kInteger,
                                      Kind::kInteger, Kind::kUnsigned, Kind::kReal, Kind::kReal,
                                      Kind::kString, Kind::kArray, Kind::kObject}));
  EXPECT_EQ(doc.tree.resolve("/4").integer(), INT64_MIN);
  EXPECT_EQ(doc.tree.resolve("/5").integer(), std::nullopt);
  EXPECT_EQ(doc.tree.resolve("/7").number(), 1000.0);
  EXPECT_EQ(doc.tree.resolve("/1").boolean(), true);
}

TEST(Tree, keeps_duplicate_keys_and_finds_the_last) {
  const Document doc(R"({"a": 1, "a": 2})");
  ASSERT_TRUE(doc.ok);
  EXPECT_EQ(doc.tree.root().size(), 2U);
  EXPECT_EQ(doc.tree.root().find("a").integer(), 2);
}

TEST(Tree, a_missing_value_answers_everything_with_nothing) {
  const Value missing;
  EXPECT_FALSE(missing);
  EXPECT_EQ(missing.kind(), Kind::kMissing);
  EXPECT_EQ(missing.find("a").find("b").string(), "");
  EXPECT_EQ(missing.size(), 0U);
  EXPECT_TRUE(missing.span().empty());
  for (const Member member : missing.members()) FAIL() << member.key.string();
  for (const Value element : missing.elements()) FAIL() << element.raw();
}

TEST(Tree, pointers_lead_to_the_value_and_back) {
  const Document doc(R"({"a/b": {"~": [10, {"": 1}]}, "c": [[], [[2]]]})");
  ASSERT_TRUE(doc.ok);
  for (const char* pointer :
       {"", "/a~1b", "/a~1b/~0", "/a~1b/~0/0", "/a~1b/~0/1", "/a~1b/~0/1/", "/c/1/0/0", "/c/0"}) {
    const Value value = doc.tree.resolve(pointer);
    ASSERT_TRUE(value) << pointer;
    EXPECT_EQ(doc.tree.pointer(value), pointer);
  }
  for (const char* pointer :
       {"x", "/x", "/c/2", "/c/00", "/c/-", "/a~2b", "/c/99999999999999999999"}) {
    EXPECT_FALSE(doc.tree.resolve(pointer)) << pointer;
  }
  const Value two = doc.tree.resolve("/c/1/0/0");
  EXPECT_EQ(doc.tree.parent_of(two), doc.tree.resolve("/c/1/0"));
  EXPECT_EQ(doc.tree.key_of(doc.tree.resolve("/c")).raw(), "\"c\"");
  EXPECT_FALSE(doc.tree.key_of(two));
  EXPECT_EQ(doc.tree.pointer(doc.tree.key_of(doc.tree.resolve("/c"))), "/c");
}

TEST(Tree, the_first_parents_asked_for_are_those_that_a_walk_finds) {
  const std::string bytes = R"({"a": [1, {"b": [], "c": {"d": [[2], 3]}}], "e": {}, "f": "x"})";
  Parser parser;
  Tree walked;
  ASSERT_TRUE(parser.parse(bytes, walked));
  walked.prepare_to_share();
  for (std::uint32_t at = 1; at < walked.size(); ++at) {
    Tree fresh;
    ASSERT_TRUE(parser.parse(bytes, fresh));
    EXPECT_EQ(fresh.parent_of(fresh.at(at)).index(), walked.parent_of(walked.at(at)).index()) << at;
    EXPECT_EQ(fresh.key_of(fresh.at(at)).raw(), walked.key_of(walked.at(at)).raw()) << at;
  }
}

TEST(Tree, a_parser_that_takes_over_anothers_buffers_keeps_its_own_limits) {
  const std::string bytes = "[[[[[[]]]]]]";
  const auto is_read = [&](std::size_t max_depth) {
    Parser parser({.max_depth = max_depth});
    Tree tree;
    return parser.parse(bytes, tree);
  };
  for (int round = 0; round < 3; ++round) {
    EXPECT_TRUE(is_read(512));
    EXPECT_FALSE(is_read(3));
    EXPECT_TRUE(is_read(7));
  }
}

TEST(Tree, refuses_what_is_no_json) {
  for (const char* text : {"", " ", "{", "[1,]", "{\"a\":1}x", "\xEF\xBB\xBF{}", "[1e400]",
                           "[18446744073709551616]", "\"\\ud800\"", "nul", "[\"\x01\"]"}) {
    const Document doc(text);
    EXPECT_FALSE(doc.ok) << text;
    EXPECT_FALSE(doc.tree.root()) << text;
  }
}

TEST(Tree, limits_depth_density_and_size) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(Document(nested(512)).ok);
  EXPECT_FALSE(Document(nested(513)).ok);
  EXPECT_FALSE(Document(std::string(10'000'000, '[')).ok);
  std::string dense = "[0";
  for (int i = 0; i < 1'000'000; ++i) dense += ",0";
  EXPECT_FALSE(Document(dense + "]").ok);
  Parser small(Limits{10, 512});
  Tree tree;
  EXPECT_TRUE(small.parse("[123456]", tree));
  EXPECT_FALSE(small.parse("[123456789]", tree));
  EXPECT_FALSE(tree.root());
}

TEST(Tree, one_parser_reads_many_documents) {
  Parser parser;
  Tree tree;
  for (int round = 0; round < 3; ++round) {
    for (const std::size_t size : {1U, 100'000U, 10U}) {
      std::string text = "[\"" + std::string(size, 'x') + "\\n\"]";
      if (size == 10) text.reserve(text.size() + Parser::kPadding);
      ASSERT_TRUE(parser.parse(text, tree));
      EXPECT_EQ(tree.resolve("/0").string(), std::string(size, 'x') + "\n");
    }
  }
}

TEST(Tree, every_span_of_the_corpus_reads_as_what_it_is) {
  const auto corpus = test::shared("corpus");
  if (!corpus) return;
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(*corpus)) {
    if (entry.path().extension() != ".json") continue;
    const Document doc(test::read_bytes(entry.path()));
    if (!doc.ok) continue;
    ++files;
    for (std::uint32_t i = 0; i < doc.tree.size(); ++i) {
      const Value value = doc.tree.at(i);
      if (value.kind() == Kind::kKey) {
        ASSERT_EQ(value.raw().front(), '"') << entry.path();
        ASSERT_EQ(value.raw().back(), '"') << entry.path();
        continue;
      }
      const Document again{std::string(value.raw())};
      ASSERT_TRUE(again.ok) << entry.path() << " " << value.raw();
      ASSERT_EQ(again.tree.root().kind(), value.kind());
      if (value.is_string()) {
        ASSERT_EQ(again.tree.root().string(), value.string());
      }
      if (value.is_object() && value.raw().size() > 2000) i += 7;  // time: a sample of large ones
    }
  }
  EXPECT_GT(files, 100U);
}

}  // namespace
}  // namespace sdd::json
