// Schema::unchecked_members: which members a schema never looks at.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "json/schema.h"

namespace sdd::json {
namespace {

// The keys that `schema` does not look at, of an object {"a": 0, "b": 0, "c1": 0} under "h".
std::vector<std::string> unlooked_at(const std::string& schema) {
  const auto compiled = Schema::compile(schema, "test");
  EXPECT_TRUE(compiled) << compiled.error().message;
  if (!compiled) return {"?"};
  const std::string bytes = R"({"h": {"a": 0, "b": 0, "c1": 0}})";
  Parser parser;
  Tree tree;
  EXPECT_TRUE(parser.parse(bytes, tree));
  std::vector<std::string> keys;
  for (const Value key : (*compiled)->unchecked_members("h", tree.root().find("h"))) {
    keys.emplace_back(key.string());
  }
  return keys;
}

using Unlooked = std::vector<std::string>;

std::string schema_of_h(const std::string& of_h) {
  return R"({"properties": {"h": {)" + of_h + "}}}";
}

TEST(SchemaCoverage, names_and_patterns_look_at_members) {
  EXPECT_EQ(unlooked_at(schema_of_h(R"("properties": {"a": {}})")), (Unlooked{"b", "c1"}));
  EXPECT_EQ(unlooked_at(schema_of_h(R"("patternProperties": {"^c\\d$": {}})")),
            (Unlooked{"a", "b"}));
  EXPECT_EQ(unlooked_at(schema_of_h(R"("properties": {"a": {}}, "required": ["b"])")),
            (Unlooked{"b", "c1"}));
}

TEST(SchemaCoverage, additional_properties_look_at_the_rest_unless_they_say_nothing) {
  const auto with = [](const std::string& additional) {
    return unlooked_at(
        schema_of_h(R"("properties": {"a": {}}, "additionalProperties": )" + additional));
  };
  EXPECT_EQ(with("true"), (Unlooked{"b", "c1"}));
  EXPECT_EQ(with(R"({"title": "anything"})"), (Unlooked{"b", "c1"}));
  EXPECT_EQ(with("false"), Unlooked{});
  EXPECT_EQ(with(R"({"type": "object"})"), Unlooked{});
  EXPECT_EQ(with(R"({"minProperties": 1})"), Unlooked{});
}

TEST(SchemaCoverage, a_schema_that_names_no_member_at_all_is_silent) {
  EXPECT_EQ(unlooked_at("{}"), Unlooked{});
  EXPECT_EQ(unlooked_at("true"), Unlooked{});
  EXPECT_EQ(unlooked_at(schema_of_h(R"("type": "object", "required": ["a"])")), Unlooked{});
}

TEST(SchemaCoverage, follows_references_and_schemas_beside) {
  EXPECT_EQ(unlooked_at(R"({"allOf": [{"$ref": "#/definitions/doc"}], "definitions": {
                "doc": {"properties": {"h": {"$ref": "#/definitions/h"}}},
                "h": {"anyOf": [{"properties": {"a": {}}}, {"if": {}, "then":
                        {"patternProperties": {"^c": {}}}}]}}})"),
            Unlooked{"b"});
  EXPECT_EQ(unlooked_at(R"({"patternProperties": {"^h$": {"properties": {"a": {}}}},
                "additionalProperties": false})"),
            (Unlooked{"b", "c1"}));
  EXPECT_EQ(unlooked_at(R"({"additionalProperties": {"properties": {"b": {}}}})"),
            (Unlooked{"a", "c1"}));
  EXPECT_EQ(
      unlooked_at(schema_of_h(R"("properties": {"a": {}}, "not": {"properties": {"b": {}}})")),
      (Unlooked{"b", "c1"}));
}

}  // namespace
}  // namespace sdd::json
