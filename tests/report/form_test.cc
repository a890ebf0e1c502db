// The table of forms, and what all of them must hold: no text of a file may break out of its place.
#include "report/form.h"

#include <gtest/gtest.h>

#include <set>

#include "cli/command.h"
#include "json/tree.h"
#include "report/form_files.h"

namespace sdd::report {
namespace {

using rules::Severity;

TEST(Forms, are_the_choices_of_the_option_behind_text_and_json) {
  std::string choices = "text|json";
  std::set<std::string> names;
  for (const Form* form : all_forms()) {
    choices += std::string("|") + form->name;
    EXPECT_TRUE(names.insert(form->name).second) << form->name;
    EXPECT_EQ(find_form(form->name), form);
  }
  EXPECT_EQ(find_form("text"), nullptr);
  EXPECT_EQ(find_form("json"), nullptr);
  for (const cli::Option& option : cli::global_options()) {
    if (std::string(option.name) != "--format") continue;
    EXPECT_EQ(option.value, choices);
  }
}

TEST(Forms, sort_by_severity_and_else_leave_the_order) {
  const std::vector<FileReport> files = {
      test::form_file(
          {test::form_finding(Severity::kNote, "1"), test::form_finding(Severity::kError, "2")}),
      test::form_file({test::form_finding(Severity::kWarning, "3"),
                       test::form_finding(Severity::kError, "4")})};
  std::string order;
  for (const Placed& placed : worst_first(files)) order += placed.located->finding.message;
  EXPECT_EQ(order, "2431");
}

TEST(Forms, of_nothing_are_documents_too) {
  json::Parser parser;
  json::Tree tree;
  for (const char* name : {"sarif", "gitlab", "rdjson"}) {
    EXPECT_TRUE(parser.parse(test::in_form(name, {}), tree)) << name;
  }
  EXPECT_EQ(test::in_form("github", {}), "0 files: no faults\n");
  EXPECT_NE(test::in_form("junit", {}).find("tests=\"0\""), std::string::npos);
}

// A path that tries to be JSON, XML, Markdown and a workflow command at once.
TEST(Forms, let_no_name_of_a_file_break_out) {
  const std::string path = "specs/a\"]]><x>\n::error::|`b%0A:,\x1b[31m.json";
  const std::vector<FileReport> files = {
      test::form_file({test::form_finding(Severity::kError, "m")}, path)};
  json::Parser parser;
  json::Tree tree;
  for (const char* name : {"sarif", "gitlab", "rdjson"}) {
    const std::string text = test::in_form(name, files);
    EXPECT_TRUE(parser.parse(text, tree)) << name;
    EXPECT_EQ(text.find('\n'), std::string::npos) << name;
  }
  const std::string github = test::in_form("github", files);
  EXPECT_EQ(github.find("\n::error"), std::string::npos) << github;
  EXPECT_NE(github.find("%250A%3A%2C"), std::string::npos) << github;
  EXPECT_EQ(test::in_form("junit", files).find("<x>"), std::string::npos);
  for (const Form* form : all_forms()) {
    EXPECT_EQ(test::in_form(form->name, files).find('\x1b'), std::string::npos) << form->name;
  }
}

TEST(Replacements, are_told_of_safe_and_unsafe_fixes_only) {
  for (const auto safety : {rules::Safety::kPlan, rules::Safety::kRepair, rules::Safety::kNone}) {
    const SourceText source("a.json", test::kFormText);
    Located located = test::form_finding(Severity::kError, "m");
    located.replacements.clear();
    located.finding.fix->safety = safety;
    add_replacements(source, nullptr, located);
    EXPECT_TRUE(located.replacements.empty());
  }
}

TEST(Replacements, are_made_of_changes_where_there_is_a_tree) {
  const SourceText source("a.json", R"({"metadata": {"n": 1}})");
  json::Parser parser;
  json::Tree tree;
  ASSERT_TRUE(parser.parse(source.bytes(), tree));
  rules::Finding finding;
  finding.rule = &rules::kUnknownStatus;
  finding.fix = rules::Fix{rules::Safety::kSafe, "set n to 2"};
  finding.fix->changes = {
      spec::change_member({"metadata", "n"}, json::Snippet{"1"}, json::Snippet{"2"})};
  Located located = locate(source, finding, false);
  add_replacements(source, &tree, located);
  ASSERT_EQ(located.replacements.size(), 1U);
  EXPECT_EQ(located.replacements[0].text, "2");
  EXPECT_EQ(located.replacements[0].location.begin, (Position{1, 20}));
  // A change whose precondition does not hold is not told.
  located.replacements.clear();
  located.finding.fix->changes = {
      spec::change_member({"metadata", "n"}, json::Snippet{"7"}, json::Snippet{"2"})};
  add_replacements(source, &tree, located);
  EXPECT_TRUE(located.replacements.empty());
}

}  // namespace
}  // namespace sdd::report
