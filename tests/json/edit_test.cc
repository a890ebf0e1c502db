#include "json/edit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "json/tree.h"

namespace sdd::json {
namespace {

using Wishes = std::function<void(const Tree&, Editor&)>;

// The document after the wishes; checks that undoing them restores the bytes.
std::string edited_json(const std::string& bytes, const Wishes& wishes) {
  Parser parser;
  Tree tree;
  EXPECT_TRUE(parser.parse(bytes, tree)) << bytes;
  Editor editor(tree);
  wishes(tree, editor);
  const auto edits = editor.edits();
  EXPECT_TRUE(edits) << edits.error().message;
  const Result<std::string> changed = apply_edits(bytes, *edits);
  EXPECT_TRUE(changed) << changed.error().message;
  EXPECT_EQ(apply_edits(*changed, invert_edits(*edits, bytes)).value_or("refused"), bytes);
  Tree after;
  EXPECT_TRUE(parser.parse(*changed, after)) << *changed;
  return *changed;
}

std::string with_member(const std::string& bytes, const std::string& object,
                        const std::string& value, bool as_written = false) {
  return edited_json(bytes, [&](const Tree& tree, Editor& editor) {
    editor.add_member(tree.resolve(object), "new", {value, as_written});
  });
}

std::string with_element(const std::string& bytes, const std::string& array,
                         const std::string& value) {
  return edited_json(bytes, [&](const Tree& tree, Editor& editor) {
    editor.add_element(tree.resolve(array), {value});
  });
}

std::string without(const std::string& bytes, const std::vector<std::string>& pointers) {
  return edited_json(bytes, [&](const Tree& tree, Editor& editor) {
    for (const std::string& pointer : pointers)
      editor.remove(tree.parent_of(tree.resolve(pointer)), tree.resolve(pointer));
  });
}

std::string with_value(const std::string& bytes, const std::string& pointer,
                       const std::string& value) {
  return edited_json(
      bytes, [&](const Tree& tree, Editor& editor) { editor.set(tree.resolve(pointer), {value}); });
}

TEST(JsonEdit, a_member_goes_to_the_end_in_its_neighbours_style) {
  EXPECT_EQ(with_member("{\n  \"a\": 1\n}\n", "", "2"), "{\n  \"a\": 1,\n  \"new\": 2\n}\n");
  EXPECT_EQ(with_member("{\n\t\"a\" : 1\n}", "", "2"), "{\n\t\"a\" : 1,\n\t\"new\" : 2\n}");
  EXPECT_EQ(with_member("{\"a\":1}", "", "[1,2]"), "{\"a\":1,\"new\":[1,2]}");
  EXPECT_EQ(with_member("{\"a\": 1}", "", "[1,2]"), "{\"a\": 1, \"new\": [1, 2]}");
  EXPECT_EQ(with_member("{ \"a\": 1 }", "", "2"), "{ \"a\": 1, \"new\": 2 }");
  EXPECT_EQ(with_member("{\r\n  \"a\": {}\r\n}\r\n", "/a", "{\"b\":[]}"),
            "{\r\n  \"a\": {\r\n    \"new\": {\r\n      \"b\": []\r\n    }\r\n  }\r\n}\r\n");
  EXPECT_EQ(with_member("{}", "", "1"), "{\"new\": 1}");
  EXPECT_EQ(with_member("{\n   \"a\": 1,\n   \"b\": { \"c\": 1, \"d\": 2 }\n}", "/b", "{\"x\":1}"),
            "{\n   \"a\": 1,\n   \"b\": { \"c\": 1, \"d\": 2, \"new\": {\"x\": 1} }\n}");
}

TEST(JsonEdit, an_empty_container_opens_as_others_of_its_name_do) {
  const std::string inline_lists = R"({
  "one": {"children": []},
  "two": {
    "children": ["a", "b"],
    "metadata": {}
  },
  "three": {
    "children": [],
    "metadata": {
      "x": 1
    }
  }
})";
  EXPECT_THAT(with_element(inline_lists, "/three/children", "\"c\""),
              testing::HasSubstr("\"three\": {\n    \"children\": [\"c\"],\n"));
  EXPECT_THAT(with_element(inline_lists, "/one/children", "\"c\""),
              testing::HasSubstr("\"one\": {\"children\": [\"c\"]},\n"));
  EXPECT_THAT(with_member(inline_lists, "/two/metadata", "{\"y\":[1]}"),
              testing::HasSubstr("    \"metadata\": {\n      \"new\": {\n        \"y\": [\n"
                                 "          1\n        ]\n      }\n    }\n  },\n"));
  EXPECT_THAT(with_element("{\n  \"a\": []\n}", "/a", "1"), "{\n  \"a\": [\n    1\n  ]\n}");
}

TEST(JsonEdit, elements_stand_like_their_neighbours) {
  EXPECT_EQ(with_element("[1,2, 3]", "", "4"), "[1,2, 3, 4]");
  EXPECT_EQ(with_element("[\n{\"a\": 1}\n]", "", "{\"a\":2}"), "[\n{\"a\": 1},\n{\"a\": 2}\n]");
  EXPECT_EQ(with_element("[{\n  \"a\": 1\n}, {\n  \"a\": 2\n}]", "", "{\"a\":3}"),
            "[{\n  \"a\": 1\n}, {\n  \"a\": 2\n}, {\n  \"a\": 3\n}]");
}

TEST(JsonEdit, commas_may_stand_in_front) {
  EXPECT_EQ(with_member("{\n  \"a\": 1\n  ,\"b\": 2\n}", "", "[1,2]"),
            "{\n  \"a\": 1\n  ,\"b\": 2\n  ,\"new\": [\n    1,\n    2\n  ]\n}");
}

TEST(JsonEdit, text_is_escaped_as_the_document_does) {
  EXPECT_EQ(with_member(R"({"a": "\u0436"})", "", "\"ж😀\\n\""),
            R"({"a": "\u0436", "new": "\u0436\ud83d\ude00\n"})");
  EXPECT_EQ(with_member(R"({"a": "\u00E9"})", "", "\"é\""), R"({"a": "\u00E9", "new": "\u00E9"})");
  EXPECT_EQ(with_member(R"({"a": "ж"})", "", R"("\u0436\u200b")"),
            R"({"a": "ж", "new": "ж\u200b"})");
  EXPECT_EQ(with_member(R"({"a": "b"})", "", "\"é\""), R"({"a": "b", "new": "\u00e9"})");
  EXPECT_EQ(with_member(R"({"a": "b"})", "", "\"\\u00E9\"", true),
            R"({"a": "b", "new": "\u00E9"})");
}

TEST(JsonEdit, numbers_keep_their_spelling) {
  EXPECT_EQ(with_value("{\"a\": 1.50, \"b\": 1e3}", "/a", "3.50"), "{\"a\": 3.50, \"b\": 1e3}");
}

TEST(JsonEdit, removing_takes_one_comma_along) {
  const std::string three = "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}";
  EXPECT_EQ(without(three, {"/a"}), "{\n  \"b\": 2,\n  \"c\": 3\n}");
  EXPECT_EQ(without(three, {"/b"}), "{\n  \"a\": 1,\n  \"c\": 3\n}");
  EXPECT_EQ(without(three, {"/c"}), "{\n  \"a\": 1,\n  \"b\": 2\n}");
  EXPECT_EQ(without(three, {"/c", "/a"}), "{\n  \"b\": 2\n}");
  EXPECT_EQ(without(three, {"/a", "/b", "/c"}), "{}");
  EXPECT_EQ(without("[ 1, 2 ]", {"/0", "/1"}), "[]");
}

TEST(JsonEdit, adding_and_removing_meet_in_one_place) {
  const std::string before = "{\n  \"a\": 1,\n  \"b\": 2\n}";
  const auto replace_last = [](const Tree& tree, Editor& editor) {
    const Value last = tree.resolve("/b");
    const Added first = editor.add_member(tree.root(), "x", {"1"}, Place::behind(last));
    editor.add_member(tree.root(), "z", {"3"});
    editor.add_member(tree.root(), "y", {"2"}, Place::behind(first));
    editor.add_member(tree.root(), "w", {"0"}, Place::first());
    editor.remove(tree.root(), last);
    editor.set(tree.resolve("/a"), {"7"});
  };
  EXPECT_EQ(edited_json(before, replace_last),
            "{\n  \"w\": 0,\n  \"a\": 7,\n  \"x\": 1,\n  \"y\": 2,\n  \"z\": 3\n}");
  const auto replace_all = [](const Tree& tree, Editor& editor) {
    editor.remove(tree.root(), tree.resolve("/a"));
    editor.remove(tree.root(), tree.resolve("/b"));
    editor.add_member(tree.root(), "c", {"3"});
  };
  EXPECT_EQ(edited_json(before, replace_all), "{\n  \"c\": 3\n}");
}

TEST(JsonEdit, a_value_set_to_a_container_is_laid_out_where_it_stands) {
  const std::string before =
      "{\n  \"a\": {\n    \"b\": null,\n    \"c\": [\n      1\n    ]\n  }\n}";
  EXPECT_EQ(with_value(before, "/a/b", R"({"x":[]})"),
            "{\n  \"a\": {\n    \"b\": {\n      \"x\": []\n    },\n    \"c\": [\n      1\n    ]\n"
            "  }\n}");
  EXPECT_EQ(with_value(before, "/a/c", "[1,2]"),
            "{\n  \"a\": {\n    \"b\": null,\n    \"c\": [\n      1,\n      2\n    ]\n  }\n}");
}

TEST(JsonEdit, setting_what_stands_there_changes_nothing) {
  Parser parser;
  Tree tree;
  const std::string bytes = "{\"a\": \"x\"}";
  ASSERT_TRUE(parser.parse(bytes, tree));
  Editor editor(tree);
  editor.set(tree.resolve("/a"), {"\"x\""});
  EXPECT_TRUE(editor.edits()->empty());
}

TEST(JsonEdit, a_snippet_that_is_no_json_is_an_error) {
  Parser parser;
  Tree tree;
  const std::string bytes = "{}";
  ASSERT_TRUE(parser.parse(bytes, tree));
  Editor editor(tree);
  editor.add_member(tree.root(), "a", {"\"\xFF\""});
  EXPECT_FALSE(editor.edits());
}

TEST(JsonEdit, wishes_inside_a_removed_value_are_refused) {
  Parser parser;
  Tree tree;
  const std::string bytes = R"({"a": {"b": 1}})";
  ASSERT_TRUE(parser.parse(bytes, tree));
  Editor editor(tree);
  editor.remove(tree.root(), tree.resolve("/a"));
  editor.set(tree.resolve("/a/b"), {"2"});
  EXPECT_FALSE(apply_edits(bytes, editor.edits().value()));
}

}  // namespace
}  // namespace sdd::json
