#include "rules/engine.h"

#include <gtest/gtest.h>

#include <string>

#include "json/tree.h"
#include "rules/table.h"
#include "text/source_text.h"

namespace sdd::rules {
namespace {

std::string hierarchy_of(std::size_t nodes) {
  std::string text = "{\"hierarchy\": {";
  for (std::size_t i = 0; i < nodes; ++i) {
    if (i > 0) text += ',';
    text += "\"task-" + std::to_string(i) + "\": {\"title\": \"t\"}";
  }
  return text + "}}";
}

TEST(Engine, a_damaged_file_has_one_finding_and_no_spec) {
  Engine engine({Purpose::kCheck});
  const SourceText source("a.json", "{\"hierarchy\": {\"spec-root\": {\"title\": \"\"");
  const auto findings = engine.check(source, place_of("a.json"));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_STREQ(findings[0].rule->code, "SDD002");
  EXPECT_EQ(engine.spec(), nullptr);
}

TEST(Engine, more_nodes_than_the_limit_are_said_and_nothing_else) {
  Engine engine({Purpose::kCheck});
  const SourceText over("a.json", hierarchy_of(kMaxNodes + 1));
  const auto findings = engine.check(over, place_of("a.json"));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_STREQ(findings[0].rule->code, "SDD011");
  EXPECT_EQ(engine.spec(), nullptr);
}

TEST(Engine, selection_keeps_only_what_is_named) {
  const SourceText source("specs/active/a.json", hierarchy_of(3));
  const auto codes = [&](std::vector<std::string> select, std::vector<std::string> ignore) {
    auto selection = Selection::of(select, ignore);
    Engine engine({Purpose::kCheck, std::move(*selection)});
    std::string all;
    for (const Finding& f : engine.check(source, place_of(source.path()))) {
      all += std::string(f.rule->code) + " ";
    }
    return all;
  };
  EXPECT_NE(codes({}, {}).find("SDD201"), std::string::npos);
  EXPECT_EQ(codes({"SDD201"}, {}), "SDD201 ");
  EXPECT_EQ(codes({"missing-root"}, {}), "SDD201 ");
  EXPECT_EQ(codes({}, {"SDD2"}).find("SDD2"), std::string::npos);
  EXPECT_EQ(codes({"SDD2"}, {"SDD201"}).find("SDD201"), std::string::npos);
}

TEST(Engine, only_the_rules_that_are_to_run_run) {
  const SourceText source("specs/active/a.json", hierarchy_of(3));
  Engine engine({.purpose = Purpose::kCheck,
                 .runs = [](const Rule& rule) { return std::string_view(rule.code) == "SDD201"; }});
  const auto findings = engine.check(source, place_of(source.path()));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_STREQ(findings[0].rule->code, "SDD201");
  EXPECT_NE(engine.spec(), nullptr);
}

TEST(Selection, a_word_that_names_no_rule_is_an_error_with_the_nearest) {
  const auto wrong = Selection::of({"missing-rot"}, {});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().kind, ErrorKind::kUsage);
  ASSERT_FALSE(wrong.error().candidates.empty());
  EXPECT_EQ(wrong.error().candidates[0], "missing-root");
  EXPECT_FALSE(Selection::of({}, {"SDD9999"}));
  EXPECT_FALSE(Selection::of({"SDD"}, {}));
}

TEST(Table, purposes_run_what_the_contract_says) {
  for (const Rule* rule : all_rules()) {
    EXPECT_TRUE(belongs(*rule, Purpose::kCheck)) << rule->code;
    const char family = rule->code[3];
    if (family == '4') continue;
    EXPECT_EQ(belongs(*rule, Purpose::kValidate),
              family <= '5' || std::string(rule->code) == "SDD901")
        << rule->code;
    EXPECT_EQ(belongs(*rule, Purpose::kJournaling), family == '0') << rule->code;
  }
}

TEST(PlaceOf, reads_stem_and_status_folder_from_the_path) {
  EXPECT_EQ(place_of("/r/specs/active/a-1.json").stem, "a-1");
  EXPECT_EQ(place_of("/r/specs/active/a-1.json").status_folder, "active");
  EXPECT_EQ(place_of("archived/x.json").status_folder, "archived");
  EXPECT_EQ(place_of("x.json").status_folder, "");
  EXPECT_EQ(place_of("/r/other/x.backup").stem, "x.backup");
}

}  // namespace
}  // namespace sdd::rules
