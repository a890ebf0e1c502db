#include "json/schema.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "json/embedded_schema.h"
#include "json/tree.h"
#include "support.h"

namespace sdd::json {
namespace {

// A document held against a schema, both given as text.
struct SchemaCase {
  SchemaCase(std::string_view schema_text, std::string document) : bytes(std::move(document)) {
    auto compiled = Schema::compile(schema_text, "test.json");
    if (!compiled) {
      error = compiled.error().message;
      return;
    }
    schema = *compiled;
    Parser parser;
    EXPECT_TRUE(parser.parse(bytes, tree)) << bytes;
    schema->validate(tree.root(), violations);
    EXPECT_EQ(schema->accepts(tree.root()), violations.empty());
  }
  // "pointer|keyword|schema pointer|message", one line each.
  std::string lines() const {
    std::string text = error;
    for (const Violation& v : violations) {
      if (!text.empty()) text += "\n";
      text += tree.pointer(v.instance) + "|" + v.keyword + "|" + v.schema_pointer + "|" + v.message;
    }
    return text;
  }
  std::string bytes;
  Tree tree;
  std::shared_ptr<const Schema> schema;
  std::vector<Violation> violations;
  std::string error;
};

std::string schema_says(std::string_view schema, std::string document) {
  return SchemaCase(schema, std::move(document)).lines();
}

std::string schema_error(std::string_view schema) {
  const auto compiled = Schema::compile(schema, "test.json");
  if (compiled) return "";
  EXPECT_EQ(compiled.error().kind, ErrorKind::kBadSchema);
  return compiled.error().message;
}

TEST(Schema, says_what_is_wrong_in_the_users_words) {
  EXPECT_EQ(schema_says(R"({"enum": ["pending", "in_progress", "", 3]})", R"("done")"),
            "|enum|/enum|'done' is not one of pending, in_progress, '', 3");
  EXPECT_EQ(schema_says(R"({"type": ["integer", "null"]})", R"("12")"),
            "|type|/type|'12' is a string, not an integer or null");
  EXPECT_EQ(schema_says(R"({"type": "object"})", "[]"),
            "|type|/type|an array stands here, not an object");
  EXPECT_EQ(schema_says(R"({"type": "integer"})", "1.5"), "|type|/type|1.5 is not an integer");
  EXPECT_EQ(schema_says(R"({"type": "string"})", "null"),
            "|type|/type|null stands here, not a string");
  EXPECT_EQ(schema_says(R"({"const": 3})", "4"), "|const|/const|4 is not 3");
  EXPECT_EQ(schema_says(R"({"required": ["a", "b"]})", R"({"b": 1})"),
            "|required|/required|'a' is missing");
  EXPECT_EQ(schema_says(R"({"pattern": "^a+$"})", R"("ab")"),
            "|pattern|/pattern|'ab' does not match the pattern '^a+$'");
  EXPECT_EQ(schema_says(R"({"format": "date-time"})", R"("2026-02-30T00:00:00Z")"),
            "|format|/format|'2026-02-30T00:00:00Z' is not an RFC 3339 date-time such as "
            "2026-02-11T17:51:29Z");
  EXPECT_EQ(schema_says(R"({"minLength": 3})", R"("äö")"),
            "|minLength|/minLength|'äö' has 2 characters, the least is 3");
  EXPECT_EQ(schema_says(R"({"maxItems": 1})", "[1, 2]"),
            "|maxItems|/maxItems|2 elements stand here, the most is 1");
  EXPECT_EQ(schema_says(R"({"minProperties": 2})", R"({"a": 1})"),
            "|minProperties|/minProperties|1 member stands here, the least is 2");
  EXPECT_EQ(schema_says(R"({"uniqueItems": true})", R"([1, "a", 1.0])"),
            "|uniqueItems|/uniqueItems|1.0 stands here twice");
}

TEST(Schema, compares_numbers_exactly) {
  EXPECT_EQ(schema_says(R"({"maximum": 9007199254740992})", "9007199254740993"),
            "|maximum|/maximum|9007199254740993 is above the maximum of 9007199254740992");
  EXPECT_EQ(schema_says(R"({"maximum": 9007199254740993.0})", "9007199254740993"), "");
  EXPECT_EQ(schema_says(R"({"minimum": 0.1})", "0.10"), "");
  EXPECT_EQ(schema_says(R"({"exclusiveMinimum": 0.1})", "1e-1"),
            "|exclusiveMinimum|/exclusiveMinimum|1e-1 is not above 0.1");
  EXPECT_EQ(schema_says(R"({"exclusiveMaximum": -1})", "-1.0"),
            "|exclusiveMaximum|/exclusiveMaximum|-1.0 is not below -1");
  EXPECT_EQ(schema_says(R"({"multipleOf": 0.01})", "4.02"), "");
  EXPECT_EQ(schema_says(R"({"multipleOf": 0.01})", "0.075"),
            "|multipleOf|/multipleOf|0.075 is no multiple of 0.01");
  EXPECT_EQ(schema_says(R"({"multipleOf": 0.5})", "1e308"), "");
  EXPECT_EQ(schema_says(R"({"multipleOf": 3})", "1e308"),
            "|multipleOf|/multipleOf|1e308 is no multiple of 3");
  EXPECT_EQ(schema_says(R"({"multipleOf": 3})", "18446744073709551615"), "");
  EXPECT_EQ(schema_says(R"({"type": "integer"})", "1.0"), "");
  EXPECT_EQ(schema_says(R"({"type": "integer"})", "15e-1"), "|type|/type|15e-1 is not an integer");
  EXPECT_EQ(schema_says(R"({"enum": [1, -0.0]})", "0"), "");
  EXPECT_EQ(schema_says(R"({"enum": [true]})", "1"), "|enum|/enum|1 is not one of true");
}

TEST(Schema, reports_every_violation_with_its_place) {
  const std::string_view schema = R"({
    "required": ["id", "owner"],
    "properties": {
      "id": {"type": "string", "minLength": 3, "pattern": "^x"},
      "tags": {"items": {"$ref": "#/definitions/tag"}}
    },
    "patternProperties": {"^x-": {"type": "number"}},
    "additionalProperties": false,
    "definitions": {"tag": {"enum": ["a", "b"]}}
  })";
  EXPECT_EQ(schema_says(schema, R"({"id": "a", "tags": ["a", "c", 1], "x-n": "1", "more": 0})"),
            "/id|minLength|/properties/id/minLength|'a' has 1 character, the least is 3\n"
            "/id|pattern|/properties/id/pattern|'a' does not match the pattern '^x'\n"
            "/tags/1|enum|/definitions/tag/enum|'c' is not one of a, b\n"
            "/tags/2|enum|/definitions/tag/enum|1 is not one of a, b\n"
            "/x-n|type|/patternProperties/^x-/type|'1' is a string, not a number\n"
            "/more|additionalProperties|/additionalProperties|'more' is no member that is allowed "
            "here\n"
            "|required|/required|'owner' is missing");
}

TEST(Schema, names_what_is_missing) {
  const SchemaCase one(R"({"required": ["a"], "dependencies": {"b": ["c"]}})", R"({"b": 1})");
  ASSERT_EQ(one.violations.size(), 2U);
  EXPECT_EQ(one.violations[0].missing, "c");
  EXPECT_EQ(one.violations[0].keyword, "dependencies");
  EXPECT_EQ(one.violations[0].message, "'c' is missing, which 'b' demands");
  EXPECT_EQ(one.violations[1].missing, "a");
}

TEST(Schema, one_violation_for_a_choice) {
  EXPECT_EQ(
      schema_says(R"({"properties": {"a": {"anyOf": [{"type": "null"},
                      {"type": "object", "properties": {"n": {"minimum": 3}}}]}}})",
                  R"({"a": {"n": 1}})"),
      "/a|anyOf|/properties/a/anyOf|an object fits none of 2 alternatives; the nearest says of "
      "/n: 1 is below the minimum of 3");
  EXPECT_EQ(schema_says(R"({"oneOf": [{"minimum": 2}, {"type": "string"}, {"maximum": 5}]})", "3"),
            "|oneOf|/oneOf|3 fits the alternatives 1 and 3 and must fit exactly one");
  EXPECT_EQ(schema_says(R"({"not": {"type": "integer"}})", "3"),
            "|not|/not|3 is as it must not be, by 'not'");
  EXPECT_EQ(schema_says(R"({"contains": {"const": 1}})", "[2]"),
            "|contains|/contains|no element is as 'contains' demands");
  EXPECT_EQ(schema_says(R"({"if": {"type": "string"}, "then": {"minLength": 2}, "else": false})",
                        R"("a")"),
            "|minLength|/then/minLength|'a' has 1 character, the least is 2");
  EXPECT_EQ(schema_says(R"({"if": {"type": "string"}, "else": false})", "1"),
            "|else|/else|1 is not allowed here");
}

TEST(Schema, false_speaks_for_its_keyword) {
  EXPECT_EQ(schema_says("false", "1"), "|false||1 is not allowed here");
  EXPECT_EQ(schema_says(R"({"properties": {"not": false}})", R"({"not": "x"})"),
            "/not|properties|/properties/not|'x' is not allowed here");
  EXPECT_EQ(schema_says(R"({"items": [true], "additionalItems": false})", "[1, 2]"),
            "/1|additionalItems|/additionalItems|2 is not allowed here");
}

TEST(Schema, names_of_members_have_a_place_too) {
  const SchemaCase one(R"({"propertyNames": {"pattern": "^[a-z]+$"}})", R"({"ok": 1, "No": 2})");
  ASSERT_EQ(one.violations.size(), 1U);
  EXPECT_EQ(one.violations[0].instance.raw(), "\"No\"");
  EXPECT_EQ(one.violations[0].keyword, "pattern");
}

TEST(Schema, follows_references) {
  const std::string_view tree = R"({
    "$id": "urn:example:tree",
    "properties": {"left": {"$ref": "#"}, "n": {"$ref": "urn:example:number#whole"}},
    "definitions": {"number": {"$id": "urn:example:number",
                               "definitions": {"w": {"$id": "#whole", "type": "integer"}}}}
  })";
  EXPECT_EQ(schema_says(tree, R"({"left": {"left": {"n": "x"}}})"),
            "/left/left/n|type|/definitions/number/definitions/w/type|'x' is a string, not an "
            "integer");
  EXPECT_EQ(
      schema_says(R"({"$ref": "http://json-schema.org/draft-07/schema#"})", R"({"minLength": -1})"),
      "/minLength|minimum|http://json-schema.org/draft-07/schema#/definitions/"
      "nonNegativeInteger/minimum|-1 is below the minimum of 0");
  EXPECT_EQ(schema_says(R"({"$ref": "#/unknown/x", "unknown": {"x": {"type": "null"}}})", "1"),
            "|type|/unknown/x/type|1 is not null");
}

TEST(Schema, refuses_what_it_would_check_by_halves) {
  EXPECT_EQ(
      schema_error("{\n  \"type\" 1}").find("schema 'test.json', line 2, column 10: no JSON: "),
      0U);
  EXPECT_EQ(schema_error("{\n  \"properties\": {\"a\": {\"type\": \"strin\"}}}"),
            "schema 'test.json', line 2, column 32 (/properties/a/type): 'strin' fits none of 2 "
            "alternatives; the nearest says: 'strin' is not one of array, boolean, integer, null, "
            "number, object, string");
  EXPECT_EQ(schema_error(R"({"minLength": -1})"),
            "schema 'test.json', line 1, column 15 (/minLength): -1 is below the minimum of 0");
  EXPECT_EQ(schema_error(R"({"items": {"unevaluatedItems": false}})"),
            "schema 'test.json', line 1, column 11 (/items): uses 'unevaluatedItems', which sdd "
            "does not support");
  EXPECT_EQ(schema_error(R"({"$schema": "https://json-schema.org/draft/2020-12/schema"})"),
            "schema 'test.json', line 1, column 13 (/$schema): uses "
            "'https://json-schema.org/draft/2020-12/schema', which sdd does not support (draft-07 "
            "it does)");
  EXPECT_EQ(schema_error(R"({"$ref": "other.json#/a"})"),
            "schema 'test.json', line 1, column 10 (/$ref): refers to 'other.json', which is not "
            "part of this schema, and nothing is loaded from elsewhere");
  EXPECT_EQ(schema_error(R"({"$ref": "#/definitions/a"})"),
            "schema 'test.json', line 1, column 10 (/$ref): refers to '/definitions/a', which is "
            "not there");
  EXPECT_EQ(schema_error(R"({"$ref": "#a"})"),
            "schema 'test.json', line 1, column 10 (/$ref): refers to '#a', which no '$id' names");
  EXPECT_EQ(schema_error(R"j({"pattern": "a(?=b)"})j"),
            "schema 'test.json', line 1, column 13 (/pattern): pattern 'a(?=b)' uses look-ahead, "
            "which sdd does not support");
  EXPECT_EQ(schema_error(R"j({"patternProperties": {"(a)\\1": true}})j"),
            "schema 'test.json', line 1, column 24 (/patternProperties/(a)\\1): pattern '(a)\\1' "
            "uses a back-reference, which sdd does not support");
  EXPECT_EQ(schema_error(R"({"multipleOf": 1.2345678901234567891})"),
            "schema 'test.json', line 1, column 16 (/multipleOf): uses a 'multipleOf' of more than "
            "18 digits, which sdd does not support");
  EXPECT_NE(schema_error(R"({"definitions": {"a": {"$id": "x"}, "b": {"$id": "x"}}})")
                .find("'x' names another schema already"),
            std::string::npos);
}

TEST(Schema, refuses_circles) {
  EXPECT_NE(schema_error(R"({"$ref": "#"})").find("'#' refers to itself"), std::string::npos);
  EXPECT_NE(schema_error(R"({"definitions": {"a": {"$ref": "#/definitions/b"},
                                              "b": {"$ref": "#/definitions/c"},
                                              "c": {"$ref": "#/definitions/a"}}})")
                .find("refers to itself, directly or through others"),
            std::string::npos);
  EXPECT_NE(schema_error(R"({"allOf": [{"not": {"$ref": "#"}}]})").find("without end"),
            std::string::npos);
  EXPECT_EQ(schema_error(R"({"items": {"$ref": "#"}})"), "");
}

std::string schema_nested(std::size_t depth) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += R"({"not":)";
  return text + "true" + std::string(depth, '}');
}

TEST(Schema, has_a_limit_of_depth) {
  EXPECT_EQ(schema_error(schema_nested(64)), "");
  EXPECT_NE(schema_error(schema_nested(65)).find("deeper than 64"), std::string::npos);
  EXPECT_NE(schema_error(schema_nested(500)).find("deeper than 64"), std::string::npos);
}

// Documents of 512 levels and references at each: no stack overflow, and the right verdict.
TEST(Schema, goes_as_deep_as_documents_do) {
  std::string deep;
  for (int i = 0; i < 500; ++i) deep += R"({"a":)";
  deep += "1";
  deep.append(500, '}');
  const std::string_view schema =
      R"({"allOf": [{"anyOf": [{"properties": {"a": {"$ref": "#"}}}]}], "type": "object"})";
  const SchemaCase one(schema, deep);
  ASSERT_EQ(one.violations.size(), 1U);
  EXPECT_EQ(one.violations[0].keyword, "anyOf");
}

// Each level is looked at twice as often as the one above it.
TEST(Schema, does_not_work_without_end) {
  const std::string_view doubling =
      R"({"properties": {"a": {"allOf": [{"$ref": "#"}, {"$ref": "#"}]}}})";
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += R"({"a":)";
  deep += "1";
  deep.append(100, '}');
  const SchemaCase one(doubling, deep);
  ASSERT_EQ(one.violations.size(), 1U);
  EXPECT_EQ(one.violations[0].message,
            "schema and document together take too much work to be checked");
}

TEST(Schema, patterns_run_in_linear_time) {
  const std::string_view schema = R"({
    "patternProperties": {"^phase-\\d+(?:-[\\w-]+)*$": true}, "additionalProperties": false,
    "propertyNames": {"pattern": "^(a|a)*$|^phase|^x+x+x+y?$"}
  })";
  EXPECT_EQ(SchemaCase(schema, R"({"phase-1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!": 1})")
                .violations.size(),
            1U);
  const std::string long_name(200'000, 'x');
  EXPECT_EQ(SchemaCase(schema, "{\"" + long_name + "!\": 1}").violations.size(), 2U);
  EXPECT_EQ(SchemaCase(R"({"pattern": "^[A-Za-z0-9_-]+-[0-9]{4}$"})", "\"" + long_name + "\"")
                .violations.size(),
            1U);
}

TEST(Schema, large_arrays_and_enums_are_not_quadratic) {
  std::string numbers = "[0";
  for (int i = 1; i < 200'000; ++i) numbers += "," + std::to_string(i);
  const std::string repeated = numbers + ",777.0]";
  numbers += "]";
  EXPECT_EQ(schema_says(R"({"uniqueItems": true})", numbers), "");
  EXPECT_EQ(schema_says(R"({"uniqueItems": true})", repeated),
            "|uniqueItems|/uniqueItems|777.0 stands here twice");
}

TEST(Schema, equality_is_that_of_json) {
  EXPECT_EQ(schema_says(R"({"const": {"a": [1, {"b": "é"}], "c": null}})",
                        R"({"c": null, "a": [1.0, {"b": "\u00e9"}]})"),
            "");
  EXPECT_NE(schema_says(R"({"const": {"a": 1}})", R"({"a": 1, "b": 1})"), "");
  EXPECT_NE(schema_says(R"({"const": false})", "0"), "");
  EXPECT_NE(schema_says(R"({"const": "1"})", "1"), "");
  EXPECT_NE(schema_says(R"({"uniqueItems": true})", R"([{"a": 1, "b": 2}, {"b": 2.0, "a": 1}])"),
            "");
  EXPECT_EQ(schema_says(R"({"uniqueItems": true})", R"([1, true, "1", [1], null, false, 0, {}])"),
            "");
}

TEST(Schema, more_than_64_patterns_and_names) {
  std::string patterns;
  std::string required;
  for (int i = 0; i < 150; ++i) {
    const std::string n = std::to_string(i);
    patterns += (i == 0 ? "\"^k" : ",\"^k") + n + "$\": {\"const\": " + n + "}";
    required += (i == 0 ? "\"k" : ",\"k") + n + "\"";
  }
  const std::string schema =
      "{\"patternProperties\": {" + patterns + "}, \"required\": [" + required + "]}";
  const SchemaCase one(schema, R"({"k3": 3, "k77": 1, "k149": 149, "k140": 0})");
  EXPECT_EQ(one.violations.size(), 2U + 146U);
  EXPECT_EQ(one.violations[0].schema_pointer, "/patternProperties/^k77$/const");
  EXPECT_EQ(one.violations[1].schema_pointer, "/patternProperties/^k140$/const");
}

TEST(Schema, annotations_and_unknown_formats_change_nothing) {
  EXPECT_EQ(schema_says(R"({"format": "uri", "title": "t", "contentEncoding": "base64",
                            "x-own": {"type": "nonsense"}, "examples": [{"$ref": "nowhere"}],
                            "default": {"$id": "#a"}, "readOnly": true})",
                        R"("not a uri")"),
            "");
}

TEST(Schema, empty_texts_mean_something) {
  EXPECT_EQ(schema_says(R"({"const": ""})", "1"), "|const|/const|1 is not ''");
  EXPECT_EQ(schema_says(R"({"format": "", "pattern": "", "required": [""]})", "{}"),
            "|required|/required|'' is missing");
  EXPECT_EQ(schema_says(R"({"properties": {"": false}})", R"({"": 1})"),
            "/|properties|/properties/|1 is not allowed here");
}

TEST(Schema, texts_with_escapes_and_nul) {
  EXPECT_EQ(schema_says(R"({"properties": {"a\u0000b": {"type": "null"}}, "required": ["a\u0000b"],
                            "additionalProperties": false})",
                        R"({"\u0061\u0000b": null})"),
            "");
  EXPECT_EQ(schema_says(R"({"const": "a\u0000b"})", R"("a\u0000c")"),
            "|const|/const|'a\\u0000c' is not 'a\\u0000b'");
  EXPECT_EQ(schema_says(R"({"pattern": "^a\\u0000\u0000$"})", R"("a\u0000\u0000")"), "");
}

TEST(Schema, the_built_in_schema_is_one) {
  const auto checked = Schema::compile(embedded_spec_schema(), "built-in");
  ASSERT_TRUE(checked.has_value()) << checked.error().message;
  const auto trusted =
      Schema::compile(embedded_spec_schema(), "built-in", Schema::Trust::kKnownGood);
  ASSERT_TRUE(trusted.has_value()) << trusted.error().message;
}

TEST(Schema, many_threads_use_one_schema) {
  const auto schema = Schema::compile(
      R"({"patternProperties": {"^t-\\d+$": {"type": "integer"}}, "additionalProperties": false})",
      "test.json");
  ASSERT_TRUE(schema.has_value());
  const std::string good = R"({"t-1": 1, "t-2": 2})";
  const std::string bad = R"({"t-1": "", "u": 2, "t-3": 3})";
  std::vector<std::thread> threads;
  std::vector<std::size_t> found(4);
  for (std::size_t i = 0; i < found.size(); ++i) {
    threads.emplace_back([&, i] {
      Parser parser;
      Tree tree;
      std::vector<Violation> violations;
      for (int round = 0; round < 200; ++round) {
        EXPECT_TRUE(parser.parse(round % 2 == 0 ? good : bad, tree));
        (*schema)->validate(tree.root(), violations);
      }
      found[i] = violations.size();
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::size_t count : found) EXPECT_EQ(count, 200U);
}

}  // namespace
}  // namespace sdd::json
