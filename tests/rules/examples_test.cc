// Each rule's example pair, run through the engine: `bad` shows the rule's own fault and no other,
// `good` shows none.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bank/document.h"
#include "json/embedded_schema.h"
#include "json/schema.h"
#include "rules/bank_engine.h"
#include "rules/engine.h"
#include "rules/table.h"
#include "text/source_text.h"

namespace sdd::rules {
namespace {

// The schema that an example brings along ("…-schema.json"), else the built-in one.
struct ExampleSchema {
  explicit ExampleSchema(const Example& example) {
    std::string_view text = json::embedded_spec_schema();
    for (const ExampleFile& file : example) {
      if (!is_schema(file)) continue;
      text = file.text;
      is_built_in = false;
    }
    const auto compiled = json::Schema::compile(text, "example");
    EXPECT_TRUE(compiled) << compiled.error().message;
    if (compiled) schema = *compiled;
  }
  static bool is_schema(const ExampleFile& file) {
    return file.path != nullptr && std::string_view(file.path).ends_with("-schema.json");
  }

  std::shared_ptr<const json::Schema> schema;
  bool is_built_in = true;
};

bool is_markdown(const ExampleFile& file) { return std::string_view(file.path).ends_with(".md"); }

// A file of an example's memory bank, which lies in "…/memory_bank/".
std::vector<Finding> markdown_findings(const SourceText& source) {
  constexpr std::string_view kBank = "memory_bank/";
  const std::string_view path = source.path();
  const bank::Kind kind = bank::kind_of(path.substr(path.find(kBank) + kBank.size()));
  return check_document(source, bank::Document::of(source, kind));
}

std::vector<std::string> codes_of_example(const Example& example) {
  const ExampleSchema schema(example);
  Engine engine({.purpose = Purpose::kCheck,
                 .schema = schema.schema.get(),
                 .schema_is_built_in = schema.is_built_in});
  std::vector<std::string> codes;
  bool twins_told = false;
  for (const ExampleFile& file : example) {
    if (file.path == nullptr || ExampleSchema::is_schema(file)) continue;
    Place place = place_of(file.path);
    for (const ExampleFile& other : example) {
      if (other.path == nullptr || other.path == file.path || twins_told) continue;
      const Place there = place_of(other.path);
      if (there.stem == place.stem && there.status_folder != place.status_folder) {
        place.twins.emplace_back(other.path);
      }
    }
    twins_told = twins_told || !place.twins.empty();
    const SourceText source(file.path, std::string(file.text));
    for (const Finding& finding :
         is_markdown(file) ? markdown_findings(source) : engine.check(source, place)) {
      codes.emplace_back(finding.rule->code);
      EXPECT_LE(finding.span.end, source.bytes().size());
      EXPECT_LE(finding.span.begin, finding.span.end);
      EXPECT_FALSE(finding.message.empty());
    }
  }
  return codes;
}

TEST(RuleExamples, bad_shows_the_fault_and_no_other_and_good_shows_none) {
  for (const Rule* rule : all_rules()) {
    if (std::holds_alternative<std::monostate>(rule->check)) continue;
    const std::vector<std::string> bad = codes_of_example(rule->bad);
    EXPECT_FALSE(bad.empty()) << rule->code << " finds nothing in its bad example";
    for (const std::string& code : bad) EXPECT_EQ(code, rule->code);
    EXPECT_EQ(codes_of_example(rule->good), std::vector<std::string>{}) << rule->code;
  }
}

TEST(RuleTable, is_sorted_unique_and_complete) {
  std::string last;
  for (const Rule* rule : all_rules()) {
    EXPECT_LT(last, rule->code);
    last = rule->code;
    EXPECT_EQ(find_rule(rule->code), rule);
    EXPECT_EQ(find_rule(rule->name), rule);
    EXPECT_GT(std::string(rule->why).size(), 40U) << rule->code;
    EXPECT_FALSE(std::string(rule->title).empty()) << rule->code;
    EXPECT_NE(std::string(rule->title).back(), '.') << rule->code;
  }
}

}  // namespace
}  // namespace sdd::rules
