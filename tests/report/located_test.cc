#include "report/located.h"

#include <gtest/gtest.h>

#include <string>

#include "rules/rule.h"

namespace sdd::report {
namespace {

Located located_at(const std::string& bytes, Span span) {
  const SourceText source("a.json", bytes);
  rules::Finding finding;
  finding.rule = &rules::kSyntaxError;
  finding.span = span;
  return locate(source, std::move(finding), true);
}

std::string marked_by_caret(const Located& located) {
  // In these texts every character is one byte wide but the leading ellipsis.
  const std::size_t shift = located.excerpt.starts_with("…") ? std::string("…").size() - 1 : 0;
  return located.excerpt.substr(located.caret_begin + shift, located.caret_width);
}

TEST(Located, spells_out_line_column_and_end) {
  const Located located = located_at("{\n  \"é\": 12\n}", {10, 12});
  EXPECT_EQ(located.location.begin, (Position{2, 8}));
  EXPECT_EQ(located.location.end, (Position{2, 10}));
  EXPECT_EQ(located.location.offset, 10U);
  EXPECT_EQ(located.excerpt, "\"é\": 12");
  EXPECT_EQ(located.caret_begin, 5U);
  EXPECT_EQ(located.caret_width, 2U);
}

TEST(Located, cuts_long_lines_around_the_place) {
  const std::string line = std::string(500, 'a') + "XYZ" + std::string(500, 'b');
  const Located located = located_at(line, {500, 503});
  EXPECT_EQ(marked_by_caret(located), "XYZ");
  EXPECT_LT(located.excerpt.size(), 130U);
  EXPECT_TRUE(located.excerpt.starts_with("…") && located.excerpt.ends_with("…"));
}

TEST(Located, shows_control_characters_as_escapes_within_the_width) {
  const Located located = located_at("\"" + std::string(300, '\x1b') + "\"", {1, 301});
  EXPECT_EQ(located.excerpt.find('\x1b'), std::string::npos);
  EXPECT_EQ(located.caret_begin, 1U);
  EXPECT_LT(located.caret_width, 120U);
}

TEST(Located, a_place_behind_the_end_has_a_caret) {
  const Located located = located_at("{\"a\": 1", {7, 7});
  EXPECT_EQ(located.caret_begin, 7U);
  EXPECT_EQ(located.caret_width, 1U);
  EXPECT_EQ(located_at("", {0, 0}).excerpt, "");
}

TEST(FileReport, counts_by_severity_and_what_can_be_fixed) {
  FileReport report;
  const auto add = [&](rules::Severity severity, rules::Safety safety) {
    Located& located = report.findings.emplace_back();
    located.finding.severity = severity;
    located.finding.fix = rules::Fix{safety, "x"};
  };
  add(rules::Severity::kError, rules::Safety::kSafe);
  add(rules::Severity::kError, rules::Safety::kPlan);
  add(rules::Severity::kWarning, rules::Safety::kSafe);
  add(rules::Severity::kNote, rules::Safety::kSafe);
  EXPECT_EQ(report.count(rules::Severity::kError), 2U);
  EXPECT_EQ(report.count(rules::Severity::kWarning), 1U);
  EXPECT_EQ(report.count(rules::Severity::kNote), 1U);
  EXPECT_EQ(report.fixable(), 2U);
  EXPECT_STREQ(status_word(1, 1), "errors");
  EXPECT_STREQ(status_word(0, 1), "warnings");
  EXPECT_STREQ(status_word(0, 0), "valid");
}

}  // namespace
}  // namespace sdd::report
