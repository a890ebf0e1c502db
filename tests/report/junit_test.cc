#include <gtest/gtest.h>

#include "report/form_files.h"

namespace sdd::report {
namespace {

using rules::Severity;

TEST(Junit, fails_what_makes_the_run_fail_and_passes_the_rest) {
  Located warning = test::form_finding(Severity::kWarning, "w");
  warning.finding.help = "";
  const std::vector<FileReport> files = {
      test::form_file({test::form_finding(Severity::kError, "a < \"b\""), warning}),
      test::form_file({}, "specs/b.json")};
  EXPECT_EQ(test::in_form("junit", files, Severity::kError),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<testsuites name=\"sdd\" tests=\"3\" failures=\"1\" errors=\"0\">\n"
            "  <testsuite name=\"specs/a.json\" tests=\"2\" failures=\"1\" errors=\"0\">\n"
            "    <testcase classname=\"specs/a.json\" name=\"SDD210 unknown-status, line 2\" "
            "file=\"specs/a.json\" line=\"2\">\n"
            "      <failure type=\"SDD210\" message=\"a &#60; &#34;b&#34;\">specs/a.json:2:9: "
            "error[SDD210] a &#60; &#34;b&#34;&#10;did you mean 'completed'?</failure>\n"
            "    </testcase>\n"
            "    <testcase classname=\"specs/a.json\" name=\"SDD210 unknown-status, line 2\" "
            "file=\"specs/a.json\" line=\"2\">\n"
            "      <system-out>specs/a.json:2:9: warning[SDD210] w</system-out>\n"
            "    </testcase>\n"
            "  </testsuite>\n"
            "  <testsuite name=\"specs/b.json\" tests=\"1\" failures=\"0\" errors=\"0\">\n"
            "    <testcase classname=\"specs/b.json\" name=\"no findings\"/>\n"
            "  </testsuite>\n"
            "</testsuites>\n");
}

TEST(Junit, goes_by_the_threshold) {
  const std::vector<FileReport> files = {
      test::form_file({test::form_finding(Severity::kWarning, "w")})};
  EXPECT_NE(test::in_form("junit", files, Severity::kWarning).find("failures=\"1\""),
            std::string::npos);
  EXPECT_EQ(test::in_form("junit", files, std::nullopt).find("<failure"), std::string::npos);
}

TEST(Junit, has_no_character_that_xml_does_not_know) {
  const std::string text = test::in_form(
      "junit", {test::form_file({test::form_finding(Severity::kError, "a\x01\xEF\xBF\xBF\xFFz")})});
  EXPECT_NE(text.find("a\uFFFD\uFFFD\uFFFDz"), std::string::npos) << text;
}

}  // namespace
}  // namespace sdd::report
