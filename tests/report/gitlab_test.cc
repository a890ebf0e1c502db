#include <gtest/gtest.h>

#include "report/form_files.h"

namespace sdd::report {
namespace {

using rules::Severity;

TEST(Gitlab, tells_a_finding_with_its_lines_and_fingerprint) {
  EXPECT_EQ(test::in_form("gitlab", {test::form_file({test::form_finding(Severity::kError, "m")})}),
            R"([{"description":"m","check_name":"SDD210 unknown-status",)"
            R"("fingerprint":"0123456789abcdef0123456789abcdef","severity":"major",)"
            R"("location":{"path":"specs/a.json","lines":{"begin":2,"end":2}}}])");
}

TEST(Gitlab, has_a_word_for_each_severity) {
  const std::string text =
      test::in_form("gitlab", {test::form_file({test::form_finding(Severity::kWarning, "m"),
                                                test::form_finding(Severity::kNote, "m")})});
  EXPECT_LT(text.find(R"("severity":"minor")"), text.find(R"("severity":"info")"));
  EXPECT_NE(text.find(R"("severity":"info")"), std::string::npos);
}

}  // namespace
}  // namespace sdd::report
