#include "workspace/document_facts.h"

#include <gtest/gtest.h>

#include "rules/rule.h"

namespace sdd::workspace {
namespace {

TEST(DocumentFacts, are_the_entry_around_a_finding_and_the_comments) {
  const std::string text =
      "# Log\n\n- [x] **[BUG][PIER]** Mend the lamps\n  - Owner: Ada\n  - Done: 2026-01-05\n\n"
      "<!-- sdd: ignore SDD601, done-without-date because nobody knows -->\n"
      "- [x] **[BUG][PIER]** Paint the pier\n  - Owner: Ada\n";
  const SourceText source("log.md", text);
  const bank::Document document = bank::Document::of(source, bank::Kind::kLog);
  report::FileReport report;
  for (const char* place : {"# Log", "Mend", "2026", "<!--", "Paint"}) {
    rules::Finding finding;
    finding.rule = &rules::kSyntaxError;
    finding.span = {text.find(place), text.find(place) + 1};
    report.findings.push_back(report::locate(source, std::move(finding), false));
  }
  add_document_facts(document, source, true, report);
  EXPECT_EQ(report.findings[0].entry, "");
  EXPECT_EQ(report.findings[1].entry, "Mend the lamps");
  EXPECT_EQ(report.findings[2].entry, "Mend the lamps");
  EXPECT_EQ(report.findings[3].entry, "");
  EXPECT_EQ(report.findings[4].entry, "Paint the pier");
  ASSERT_EQ(report.suppressions.size(), 1U);
  const report::Suppression& comment = report.suppressions[0];
  EXPECT_EQ(comment.codes, (std::vector<std::string>{"SDD601", "done-without-date"}));
  EXPECT_EQ(comment.because, "nobody knows");
  EXPECT_EQ(comment.place.location.begin.line, 7U);
  EXPECT_LE(comment.covered.begin, text.find("- [x] **[BUG][PIER]** Paint"));
  EXPECT_GE(comment.covered.end, text.rfind("Ada"));
  EXPECT_GT(comment.covered.begin, text.find("2026"));
}

}  // namespace
}  // namespace sdd::workspace
