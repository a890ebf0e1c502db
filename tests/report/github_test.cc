#include <gtest/gtest.h>

#include <string>

#include "report/form_files.h"

namespace sdd::report {
namespace {

using rules::Severity;

std::size_t github_count(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

std::string github_summary(const std::vector<FileReport>& files) {
  return find_form("github")->write_summary({files, "1.2.3"});
}

TEST(Github, annotates_the_line_with_the_columns_and_the_rule) {
  EXPECT_EQ(test::in_form(
                "github",
                {test::form_file({test::form_finding(Severity::kError, "50 % wrong,\nsee: b")})}),
            "::error file=specs/a.json,line=2,endLine=2,col=9,endColumn=15,"
            "title=SDD210 unknown-status::50 %25 wrong,%0Asee: b%0Adid you mean 'completed'?\n"
            "1 error, 0 warnings in 1 of 1 file\n");
}

TEST(Github, leaves_out_the_columns_of_a_place_of_several_lines) {
  Located located = test::form_finding(Severity::kNote, "m");
  located.location.end = {3, 4};
  const std::string text = test::in_form("github", {test::form_file({located})});
  EXPECT_TRUE(text.starts_with("::notice file=specs/a.json,line=2,endLine=3,title=")) << text;
}

TEST(Github, annotates_ten_of_each_level_and_says_how_many_more_there_are) {
  std::vector<Located> findings;
  for (int i = 0; i < 11; ++i) {
    findings.push_back(test::form_finding(Severity::kNote, "n" + std::to_string(i)));
    findings.push_back(test::form_finding(Severity::kError, "e" + std::to_string(i)));
    if (i < 10) findings.push_back(test::form_finding(Severity::kWarning, "w"));
  }
  const std::string text = test::in_form("github", {test::form_file(findings)});
  EXPECT_EQ(github_count(text, "::error "), 10U);
  EXPECT_EQ(github_count(text, "::warning "), 10U);
  EXPECT_EQ(github_count(text, "::notice "), 10U);
  EXPECT_LT(text.rfind("::error "), text.find("::warning "));
  EXPECT_LT(text.rfind("::warning "), text.find("::notice "));
  EXPECT_NE(text.find("\n1 error and 1 note without an annotation"), std::string::npos) << text;
  EXPECT_EQ(github_count(text, "::e10"), 0U);
}

TEST(Github, sums_up_in_a_table_that_no_text_breaks) {
  const std::string text = github_summary(
      {test::form_file({test::form_finding(Severity::kWarning, "a | <b> `c`\nd & e")})});
  EXPECT_EQ(text,
            "### sdd: 0 errors, 1 warning in 1 of 1 file\n\n"
            "| | where | rule | what |\n|---|---|---|---|\n"
            "| warning | specs/a.json:2 | SDD210 unknown-status | a \\| &lt;b> \\`c\\`<br>d &amp; e"
            "<br>did you mean 'completed'? |\n\n");
  EXPECT_EQ(github_summary({FileReport{}}), "### sdd: 1 file: no faults\n\n");
}

TEST(Github, sums_up_no_more_than_it_takes) {
  const std::vector<Located> many(8000, test::form_finding(Severity::kError, std::string(80, 'm')));
  const std::string text = github_summary({test::form_file(many)});
  EXPECT_LT(text.size(), 600'000U);
  EXPECT_TRUE(text.ends_with(" more\n\n")) << text.substr(text.size() - 200);
}

}  // namespace
}  // namespace sdd::report
