#include "report/text.h"

#include <gtest/gtest.h>

#include "report/findings_json.h"
#include "rules/rule.h"

namespace sdd::report {
namespace {

FileReport report_with_one_finding() {
  const SourceText source("specs/a.json", "{\n  \"status\": \"done\"\n}");
  rules::Finding finding;
  finding.rule = &rules::kUnknownStatus;
  finding.message = "status is 'done'";
  finding.help = "did you mean 'completed'?";
  finding.span = {14, 20};
  finding.pointer = "/status";
  finding.node = "task-1";
  finding.fix = rules::Fix{rules::Safety::kUnsafe, "set status to 'completed'"};
  finding.related.push_back({{0, 1}, "in this object"});
  FileReport report;
  report.path = source.path();
  report.spec_id = "a";
  report.total_tasks = 4;
  report.findings.push_back(locate(source, std::move(finding), true));
  return report;
}

TEST(Text, tells_a_finding_as_a_block) {
  std::string out;
  append_text(report_with_one_finding(), {}, out);
  EXPECT_EQ(out,
            "specs/a.json:2:13: error[SDD210] status is 'done'\n"
            " 2 | \"status\": \"done\"\n"
            "   |           ^^^^^^\n"
            "   = note: in this object (specs/a.json:1:1)\n"
            "   = help: did you mean 'completed'?\n"
            "   = fix (unsafe): set status to 'completed'\n");
}

TEST(Text, colours_only_when_asked) {
  std::string plain;
  std::string colored;
  append_text(report_with_one_finding(), {false, true}, plain);
  append_text(report_with_one_finding(), {true, true}, colored);
  EXPECT_EQ(plain.find('\x1b'), std::string::npos);
  EXPECT_NE(colored.find("\x1b[1;31merror[SDD210]\x1b[0m"), std::string::npos);
}

TEST(Text, sums_up) {
  EXPECT_EQ(totals_line({}, "spec"), "0 specs: no faults");
  EXPECT_EQ(totals_line({report_with_one_finding(), FileReport{}}, "spec"),
            "1 error, 0 warnings in 1 of 2 specs");
}

TEST(FindingsJson, holds_every_part_of_a_finding) {
  json::Writer out(json::Writer::kCompact);
  write_validation(out, report_with_one_finding(), "built-in");
  EXPECT_EQ(out.text(),
            R"({"errors":1,"warnings":0,"status":"errors","auto_fixable_issues":0,"spec_id":"a",)"
            R"("path":"specs/a.json","total_tasks":4,"completed_tasks":null,)"
            R"("schema":{"source":"built-in"},"findings":[{"code":"SDD210",)"
            R"("rule":"unknown-status","severity":"error","message":"status is 'done'",)"
            R"("help":"did you mean 'completed'?","path":"specs/a.json","line":2,"column":13,)"
            R"("end_line":2,"end_column":19,"offset":14,"pointer":"/status","node":"task-1",)"
            R"("fix":{"safety":"unsafe","title":"set status to 'completed'"},)"
            R"("related":[{"message":"in this object","path":"specs/a.json","line":1,)"
            R"("column":1,"offset":0}]}]})");
}

}  // namespace
}  // namespace sdd::report
