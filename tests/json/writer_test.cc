#include "json/writer.h"

#include <gtest/gtest.h>

#include <string>

namespace sdd::json {
namespace {

TEST(Writer, writes_compact_and_indented) {
  const auto write = [](Writer out) {
    out.begin_object();
    out.key("a").begin_array().integer(1).null().boolean(true).end_array();
    out.key("b").begin_object().end_object();
    out.key("c").begin_array().end_array();
    out.key("d").decimal(1.5, 3).end_object();
    return out.text();
  };
  EXPECT_EQ(write(Writer(Writer::kCompact)), R"({"a":[1,null,true],"b":{},"c":[],"d":1.5})");
  EXPECT_EQ(write(Writer(Writer::kIndented)),
            "{\n  \"a\": [\n    1,\n    null,\n    true\n  ],\n  \"b\": {},\n  \"c\": [],\n"
            "  \"d\": 1.5\n}");
}

TEST(Writer, escapes_what_could_do_harm_and_nothing_else) {
  Writer out(Writer::kCompact);
  out.string("\"\\/\n\t\x01\x7F\xC2\x85\xE2\x80\xAE\xFF Привет 😀");
  EXPECT_EQ(out.text(), "\"\\\"\\\\/\\n\\t\\u0001\\u007f\\u0085\\u202e\xEF\xBF\xBD Привет 😀\"");
}

TEST(Writer, copies_values_of_a_document) {
  const std::string text =
      R"( {"a" : [1.50, -0, 1e3, {"x":[]}, [], "\u041f\n"], "b": {"c": null}, "b": true} )";
  Parser parser;
  Tree tree;
  ASSERT_TRUE(parser.parse(text, tree));
  Writer out(Writer::kCompact);
  out.begin_array().value(tree.root()).value(tree.resolve("/a/0")).value(Value());
  out.value(tree.resolve("/a/4")).end_array();
  EXPECT_EQ(out.text(), R"([{"a":[1.50,-0,1e3,{"x":[]},[],"П\n"],"b":{"c":null},"b":true},)"
                        R"(1.50,null,[]])");
}

}  // namespace
}  // namespace sdd::json
