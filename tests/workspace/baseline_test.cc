#include "workspace/baseline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rules/rule.h"
#include "support.h"
#include "temp_folder.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;
using report::FileReport;
using testing::HasSubstr;

FileReport baseline_report(const std::string& name, const std::vector<std::string>& messages) {
  FileReport report;
  report.path = name;
  for (const std::string& message : messages) {
    report::Located located;
    located.finding.rule = &rules::kUnknownStatus;
    located.finding.message = message;
    report.findings.push_back(std::move(located));
  }
  return report;
}

BaselineScope baseline_scope() {
  return {[](const FileReport& report) { return report.path; },
          [](std::string_view) { return true; }, true};
}

Baseline baseline_of(std::vector<FileReport> reports) {
  Baseline baseline;
  baseline.renew(reports, baseline_scope());
  return baseline;
}

TEST(Baseline, takes_out_what_it_knows_and_leaves_what_is_new) {
  const Baseline baseline = baseline_of({baseline_report("a", {"'x'", "'y'"})});
  std::vector<FileReport> reports = {baseline_report("a", {"'x'", "'z'"}),
                                     baseline_report("b", {"'x'"})};
  const Comparison result = baseline.compare(reports, baseline_scope());
  EXPECT_EQ(result.baselined, 1U);
  EXPECT_EQ(result.gone, 1U);
  EXPECT_EQ(result.added, 2U);
  EXPECT_EQ(reports[0].baselined, 1U);
  ASSERT_EQ(reports[0].findings.size(), 1U);
  EXPECT_EQ(reports[0].findings[0].finding.message, "'z'");
  EXPECT_EQ(reports[1].findings.size(), 1U);
}

TEST(Baseline, a_second_equal_finding_is_new) {
  const Baseline baseline = baseline_of({baseline_report("a", {"'x'"})});
  std::vector<FileReport> reports = {baseline_report("a", {"'x' 1", "'x' 2"})};
  EXPECT_EQ(baseline.compare(reports, baseline_scope()).baselined, 1U);
  ASSERT_EQ(reports[0].findings.size(), 1U);
  EXPECT_EQ(reports[0].findings[0].finding.message, "'x' 2");
}

TEST(Baseline, says_nothing_of_what_was_not_looked_at) {
  Baseline baseline = baseline_of({baseline_report("a", {"'x'"}), baseline_report("b", {"'x'"})});
  std::vector<FileReport> reports = {baseline_report("a", {})};
  BaselineScope scope = baseline_scope();
  EXPECT_EQ(baseline.compare(reports, scope).gone, 2U);
  scope.all_files = false;
  EXPECT_EQ(baseline.compare(reports, scope).gone, 1U);
  reports[0].damaged = true;
  EXPECT_EQ(baseline.compare(reports, scope).gone, 0U);
  reports[0].damaged = false;
  scope.rule_ran = [](std::string_view) { return false; };
  EXPECT_EQ(baseline.compare(reports, scope).gone, 0U);
  baseline.renew(reports, scope);
  EXPECT_EQ(baseline.size(), 2U);
  baseline.renew(reports, baseline_scope());
  EXPECT_EQ(baseline.size(), 0U);
}

TEST(Baseline, is_a_line_a_finding_and_reads_what_it_wrote) {
  const test::TempFolder temp;
  const fs::path file = temp.path() / "known.json";
  const Baseline baseline =
      baseline_of({baseline_report("b", {"'x'"}), baseline_report("a", {"'\"ю\n'", "'x'", "'x'"})});
  EXPECT_EQ(baseline.text(),
            "{\n\"schema\": \"sdd-baseline/1\",\n\"tool\": \"sdd\",\n\"findings\": [\n"
            "{\"file\":\"a\",\"code\":\"SDD210\",\"names\":\"'\\\"ю\\n'\"},\n"
            "{\"file\":\"a\",\"code\":\"SDD210\",\"names\":\"'x'\"},\n"
            "{\"file\":\"a\",\"code\":\"SDD210\",\"names\":\"'x'\",\"nth\":2},\n"
            "{\"file\":\"b\",\"code\":\"SDD210\",\"names\":\"'x'\"}\n]\n}\n");
  ASSERT_TRUE(baseline.write(file));
  const auto read = Baseline::read(file);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->text(), baseline.text());
  ASSERT_TRUE(Baseline().write(file));
  EXPECT_EQ(Baseline::read(file)->size(), 0U);
}

TEST(Baseline, order_and_repeated_lines_mean_nothing) {
  const test::TempFolder temp;
  const std::string head = R"({"schema": "sdd-baseline/1", "findings": [)";
  const std::string a = R"({"file": "a", "code": "SDD210"})";
  const std::string b = R"({"code": "SDD999", "file": "b"})";
  temp.write("one", head + a + "," + b + "]}");
  temp.write("two", head + b + "," + a + "," + b + "]}");
  const auto one = Baseline::read(temp.path() / "one");
  ASSERT_TRUE(one) << one.error().message;
  EXPECT_EQ(one->size(), 2U);
  EXPECT_EQ(one->text(), Baseline::read(temp.path() / "two")->text());
}

TEST(Baseline, what_is_none_is_told_with_its_place) {
  const test::TempFolder temp;
  const auto error = [&](const std::string& text) {
    temp.write("b", text);
    const auto read = Baseline::read(temp.path() / "b");
    return read ? "none" : read.error().message.substr((temp.path() / "b").string().size());
  };
  EXPECT_THAT(error(""), HasSubstr(":1:1: this is no baseline: "));
  EXPECT_THAT(error("{\n<<<<<<< ours\n"), HasSubstr(":2:1: this is no baseline: "));
  EXPECT_THAT(error("[]"), HasSubstr(":1:1: this is no baseline: its schema is not"));
  EXPECT_THAT(error("{\"spec_id\": 3}"), HasSubstr(":1:1: this is no baseline: its schema is not"));
  EXPECT_THAT(error("{\"schema\":\n\"sdd-baseline/2\"}"), HasSubstr(":2:1: this is no baseline"));
  const std::string head = "{\"schema\": \"sdd-baseline/1\", \"findings\": ";
  EXPECT_THAT(error(head + "3}"), HasSubstr(":1:42: this is no baseline: it has no list"));
  for (const char* bad : {"3", "{}", "{\"code\": 3}", "{\"code\": \"A\", \"nth\": 0}",
                          "{\"code\": \"A\", \"line\": \"x\"}"}) {
    EXPECT_THAT(error(head + "[\n" + bad + "]}"),
                HasSubstr(":2:1: this is no baseline: this is not a finding"));
  }
  EXPECT_EQ(error(head + "[]}"), "none");
}

TEST(Baseline, a_failure_leaves_what_was_there) {
  const test::TempFolder temp;
  temp.write("known/b.json", "old");
  const fs::path file = temp.path() / "known" / "b.json";
  EXPECT_FALSE(Baseline().write(temp.path() / "known"));
  EXPECT_EQ(Baseline().write(temp.path() / "none" / "b.json").error().kind, ErrorKind::kNotFound);
  if (geteuid() != 0) {
    chmod((temp.path() / "known").c_str(), 0500);
    EXPECT_EQ(Baseline().write(file).error().kind, ErrorKind::kPermission);
    chmod((temp.path() / "known").c_str(), 0700);
    EXPECT_EQ(test::read_bytes(file), "old");
  }
  chmod(file.c_str(), 0640);
  fs::create_symlink(file, temp.path() / "link.json");
  ASSERT_TRUE(Baseline().write(temp.path() / "link.json"));
  EXPECT_EQ(test::read_bytes(file), Baseline().text());
  EXPECT_TRUE(fs::is_symlink(temp.path() / "link.json"));
  EXPECT_EQ(fs::status(file).permissions(), fs::perms{0640});
  EXPECT_EQ(std::distance(fs::directory_iterator(temp.path() / "known"), {}), 1);
}

}  // namespace
}  // namespace sdd::workspace
