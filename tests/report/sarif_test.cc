// SARIF: each part at its place. Whether whole runs are valid: tests/cli/forms_test.cc.
#include <gtest/gtest.h>

#include <string>

#include "json/tree.h"
#include "report/form_files.h"

namespace sdd::report {
namespace {

using rules::Severity;

class SarifDocument {
 public:
  explicit SarifDocument(const std::vector<FileReport>& files)
      : text_(test::in_form("sarif", files)) {
    EXPECT_TRUE(parser_.parse(text_, tree_));
  }
  json::Value run() const { return tree_.root().find("runs").elements().begin().operator*(); }
  json::Value result() const { return *run().find("results").elements().begin(); }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  json::Parser parser_;
  json::Tree tree_;
};

bool sarif_says(const SarifDocument& document, const std::string& part) {
  return document.text().find(part) != std::string::npos;
}

TEST(Sarif, tells_a_finding_with_its_region_in_code_points) {
  const SarifDocument sarif({test::form_file({test::form_finding(Severity::kError, "wrong")})});
  EXPECT_TRUE(sarif_says(sarif, R"("columnKind":"unicodeCodePoints")"));
  EXPECT_TRUE(sarif_says(sarif, R"("region":{"startLine":2,"startColumn":9,"endLine":2,)"
                                R"("endColumn":15})"));
  EXPECT_TRUE(sarif_says(sarif, R"("artifactLocation":{"uri":"specs/a.json",)"
                                R"("uriBaseId":"SRCROOT"})"));
  EXPECT_EQ(sarif.result().find("level").string(), "error");
  EXPECT_EQ(sarif.result().find("message").find("text").string(),
            "wrong\ndid you mean 'completed'?");
  EXPECT_EQ(sarif.result().find("partialFingerprints").find("sddFinding/v1").string(),
            "0123456789abcdef0123456789abcdef");
  EXPECT_TRUE(sarif_says(sarif, R"("logicalLocations":[{"name":"task-1",)"
                                R"("fullyQualifiedName":"/hierarchy/task-1/status"}])"));
  EXPECT_TRUE(sarif_says(sarif, R"("message":{"text":"in this object"})"));
}

TEST(Sarif, tells_what_a_fix_puts_where) {
  const SarifDocument sarif({test::form_file({test::form_finding(Severity::kError, "wrong")})});
  EXPECT_TRUE(sarif_says(sarif, R"("replacements":[{"deletedRegion":{"startLine":2,)"
                                R"("startColumn":9,"endLine":2,"endColumn":15},)"
                                R"("insertedContent":{"text":"\"completed\""}}])"));
  EXPECT_TRUE(sarif_says(sarif, R"("properties":{"safety":"unsafe"})"));
}

TEST(Sarif, lists_each_rule_that_found_something_once_with_help) {
  Located other = test::form_finding(Severity::kNote, "n");
  other.finding.rule = &rules::kSyntaxError;
  const SarifDocument sarif({test::form_file({test::form_finding(Severity::kError, "a"), other,
                                              test::form_finding(Severity::kError, "b")})});
  std::vector<std::string> ids;
  for (const json::Value rule : sarif.run().find("tool").find("driver").find("rules").elements()) {
    ids.emplace_back(rule.find("id").string());
    EXPECT_FALSE(rule.find("help").find("text").string().empty());
    EXPECT_FALSE(rule.find("help").find("markdown").string().empty());
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"SDD009", "SDD210"}));
  EXPECT_EQ(sarif.result().find("ruleIndex").integer(), 1);
  EXPECT_TRUE(sarif_says(sarif, R"("level":"note")"));
}

TEST(Sarif, encodes_paths_as_uris) {
  const auto finding = test::form_finding(Severity::kError, "a");
  EXPECT_TRUE(sarif_says(SarifDocument({test::form_file({finding}, "specs/é a:b%.json")}),
                         R"("uri":"specs/%C3%A9%20a%3Ab%25.json","uriBaseId":"SRCROOT")"));
  EXPECT_TRUE(sarif_says(SarifDocument({test::form_file({finding}, "/tmp/a.json")}),
                         R"("artifactLocation":{"uri":"file:///tmp/a.json"})"));
}

TEST(Sarif, counts_what_the_baseline_knows) {
  FileReport file;
  file.baselined = 3;
  EXPECT_TRUE(sarif_says(SarifDocument({file, file}), R"("properties":{"baselined":6})"));
}

}  // namespace
}  // namespace sdd::report
