#include <gtest/gtest.h>

#include "report/form_files.h"

namespace sdd::report {
namespace {

using rules::Severity;

TEST(Rdjson, counts_columns_in_bytes_and_suggests_the_fix) {
  EXPECT_EQ(
      test::in_form("rdjson", {test::form_file({test::form_finding(Severity::kWarning, "m")})}),
      R"({"source":{"name":"sdd"},"diagnostics":[{"message":"m\ndid you mean 'completed'?",)"
      R"("location":{"path":"specs/a.json","range":{"start":{"line":2,"column":13},)"
      R"("end":{"line":2,"column":19}}},"severity":"WARNING","code":{"value":"SDD210"},)"
      R"("suggestions":[{"range":{"start":{"line":2,"column":13},"end":{"line":2,"column":19}},)"
      R"("text":"\"completed\""}],"related_locations":[{"message":"in this object",)"
      R"("location":{"path":"specs/a.json","range":{"start":{"line":2,"column":1},)"
      R"("end":{"line":2,"column":2}}}}]}]})");
}

TEST(Rdjson, suggests_no_half_of_a_fix) {
  Located located = test::form_finding(Severity::kError, "m");
  located.replacements.push_back(located.replacements.front());
  EXPECT_EQ(test::in_form("rdjson", {test::form_file({located})}).find("suggestions"),
            std::string::npos);
}

}  // namespace
}  // namespace sdd::report
