#include "report/fingerprint.h"

#include <gtest/gtest.h>

#include "rules/rule.h"

namespace sdd::report {
namespace {

Located fingerprint_finding(std::string message, std::string pointer = "", std::string node = "") {
  Located located;
  located.finding.rule = &rules::kSyntaxError;
  located.finding.message = std::move(message);
  located.finding.pointer = std::move(pointer);
  located.finding.node = std::move(node);
  return located;
}

Fingerprint fingerprint_of_one(const Located& located) {
  return fingerprints("a", {located}).front();
}

std::string fingerprint_names(std::string message) {
  return fingerprint_of_one(fingerprint_finding(std::move(message))).names;
}

TEST(Fingerprint, holds_the_names_that_a_message_quotes_and_no_numbers_nor_words) {
  EXPECT_EQ(fingerprint_names("completed_tasks is 48, the children add up to 49"), "");
  EXPECT_EQ(fingerprint_names("'task-3-4-2' is not known"), "'task-3-4-2'");
  EXPECT_EQ(fingerprint_names("a task ('a') lists 'b', not 3 times"), "'a', 'b'");
  EXPECT_EQ(fingerprint_names("'it's here' and 'there'."), "'it's here', 'there'");
  EXPECT_EQ(fingerprint_names("the node's title is the spec's"), "");
  EXPECT_EQ(fingerprint_names("an 'open quote"), "");
  EXPECT_EQ(fingerprint_names("'"), "");
}

TEST(Fingerprint, holds_dates_and_times) {
  EXPECT_EQ(fingerprint_names("done at 2026-02-11T17:51:29.533418Z, 3 s too late"),
            "2026-02-11T17:51:29.533418Z");
  EXPECT_EQ(fingerprint_names("before 2026-02-11."), "2026-02-11");
  EXPECT_EQ(fingerprint_names("20262-02-11 2026-2-11 2026-02-1"), "");
}

TEST(Fingerprint, holds_the_pointer_without_positions_in_lists) {
  const auto at = [](std::string pointer, std::string node = "") {
    return fingerprint_of_one(fingerprint_finding("m", std::move(pointer), std::move(node))).at;
  };
  EXPECT_EQ(at("/journal/12/task_id"), "/journal/-/task_id");
  EXPECT_EQ(at("/hierarchy/task-1-2/children/0"), "/hierarchy/task-1-2/children/-");
  EXPECT_EQ(at("/a~1b//c"), "/a~1b//c");
  EXPECT_EQ(at("/"), "/");
  EXPECT_EQ(at("", "Fix the login"), "Fix the login");
}

TEST(Fingerprint, numbers_equal_findings_of_one_file) {
  const auto prints =
      fingerprints("a", {fingerprint_finding("'x'"), fingerprint_finding("'y'"),
                         fingerprint_finding("again 'x'"), fingerprint_finding("'x', 3")});
  EXPECT_EQ(prints[0].nth, 1U);
  EXPECT_EQ(prints[1].nth, 1U);
  EXPECT_EQ(prints[2].nth, 2U);
  EXPECT_EQ(prints[3].nth, 3U);
  EXPECT_LT(prints[0], prints[2]);
}

}  // namespace
}  // namespace sdd::report
