// Settling, and what it is made of: suppression, levels, the baseline over real specs.
#include "workspace/settle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "cli_run.h"
#include "rules/rule.h"
#include "spec_document.h"
#include "temp_folder.h"
#include "workspace/suppression.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;
using report::FileReport;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kSettleText = "one\ntwo\nthree\nfour\n";

report::Located settle_finding(const rules::Rule& rule, std::size_t begin, std::string node = "",
                               std::string pointer = "") {
  rules::Finding finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.message = "m";
  finding.span = {begin, begin + 1};
  finding.node = std::move(node);
  finding.pointer = std::move(pointer);
  return report::locate(SourceText("f", kSettleText), std::move(finding), false);
}

struct Settling {
  Config config;
  std::vector<FileReport> reports;
  bool all_files = true;
  bool checks = true;  // `sdd check`, else `sdd validate`
  rules::Selection selection = {};

  std::vector<std::string> run() {
    const auto path = [](const FileReport& report) { return report.path; };
    const auto ran = [&](const rules::Rule& rule) {
      return selection.has(rule) &&
             rules::belongs(rule, checks ? rules::Purpose::kCheck : rules::Purpose::kValidate);
    };
    suppress(reports, {config, path, path, ran, all_files, false, ".sdd.toml"});
    std::vector<std::string> left;
    for (const FileReport& report : reports) {
      for (const report::Located& located : report.findings) {
        left.push_back(report.path + ":" + std::to_string(located.location.begin.line) + " " +
                       located.finding.rule->code + " " + located.finding.message);
      }
    }
    return left;
  }
};

report::Suppression settle_comment(std::vector<std::string> codes, std::string because,
                                   Span covered) {
  return suppression_at(SourceText("f", kSettleText), {4, 7}, std::move(codes), std::move(because),
                        covered, false);
}

Settling settle_markdown(report::Suppression comment) {
  Settling settling;
  FileReport& report = settling.reports.emplace_back();
  report.path = "log.md";
  report.findings = {settle_finding(rules::kEmptyTitle, 0), settle_finding(rules::kEmptyTitle, 8),
                     settle_finding(rules::kUnknownStatus, 9)};
  report.suppressions.push_back(std::move(comment));
  return settling;
}

TEST(Suppression, a_comment_silences_its_codes_where_it_covers) {
  EXPECT_THAT(settle_markdown(settle_comment({"SDD211"}, "x", {8, 14})).run(),
              ElementsAre("log.md:1 SDD211 m", "log.md:3 SDD210 m"));
  EXPECT_THAT(settle_markdown(settle_comment({"empty-title", "SDD210"}, "x", {0, 14})).run(),
              IsEmpty());
  EXPECT_THAT(settle_markdown(settle_comment({"SDD2"}, "x", {0, 9})).run(),
              ElementsAre("log.md:3 SDD210 m"));
}

TEST(Suppression, an_idle_comment_is_told_where_it_stands) {
  EXPECT_THAT(settle_markdown(settle_comment({"SDD211", "SDD302"}, "x", {8, 14})).run(),
              ElementsAre("log.md:1 SDD211 m",
                          "log.md:2 SDD810 SDD302 finds nothing here, so there is nothing to "
                          "suppress",
                          "log.md:3 SDD210 m"));
}

TEST(Suppression, a_comment_without_a_reason_or_a_rule_suppresses_nothing) {
  EXPECT_THAT(
      settle_markdown(settle_comment({"SDD211"}, "", {0, 14})).run(),
      ElementsAre("log.md:1 SDD211 m",
                  "log.md:2 SDD810 this suppression gives no reason, so it suppresses nothing",
                  "log.md:3 SDD211 m", "log.md:3 SDD210 m"));
  EXPECT_EQ(settle_markdown(settle_comment({}, "x", {0, 14})).run()[1],
            "log.md:2 SDD810 this suppression names no rule, so it suppresses nothing");
  EXPECT_THAT(
      settle_markdown(settle_comment({"hierarchy-cycles", "SDD2"}, "x", {0, 14})).run(),
      ElementsAre(
          "log.md:2 SDD810 no rule is named 'hierarchy-cycles', did you mean 'hierarchy-cycle'?"));
}

TEST(Suppression, is_not_called_idle_where_not_everything_was_looked_at) {
  const auto idle = [] { return settle_markdown(settle_comment({"SDD302"}, "x", {0, 14})); };
  Settling some_files = idle();
  some_files.all_files = false;
  EXPECT_EQ(some_files.run().size(), 3U);
  Settling validate = idle();
  validate.checks = false;
  EXPECT_EQ(validate.run().size(), 3U);
  Settling other_rules = idle();
  other_rules.selection = *rules::Selection::of({}, {"SDD302"});
  EXPECT_EQ(other_rules.run().size(), 3U);
  EXPECT_EQ(idle().run().size(), 4U);
}

Settling settle_spec(std::string spec, std::vector<std::string> codes, std::string node = "") {
  Settling settling;
  settling.config.folder = "/repository";
  settling.config.text = "\n[[suppress]]\n";
  settling.config.suppressions.push_back(
      {{1, 13}, std::move(spec), std::move(codes), std::move(node), "x"});
  FileReport& report = settling.reports.emplace_back();
  report.path = "specs/active/a.json";
  report.findings = {settle_finding(rules::kEmptyTitle, 0, "task-1", "/hierarchy/task-1/title"),
                     settle_finding(rules::kEmptyTitle, 4, "", "/hierarchy/task-12/title"),
                     settle_finding(rules::kUnknownStatus, 8, "task-1")};
  return settling;
}

TEST(Suppression, an_entry_reaches_files_by_pattern_and_findings_by_node) {
  EXPECT_THAT(settle_spec("specs/*", {"SDD2"}).run(), IsEmpty());
  EXPECT_THAT(settle_spec("specs/active/a.json", {"SDD2"}).run(), IsEmpty());
  EXPECT_THAT(settle_spec("specs/active/?.json", {"SDD211"}, "task-1").run(),
              ElementsAre("specs/active/a.json:2 SDD211 m", "specs/active/a.json:3 SDD210 m"));
  EXPECT_THAT(settle_spec("*", {"SDD211"}, "task-12").run(),
              ElementsAre("specs/active/a.json:1 SDD211 m", "specs/active/a.json:3 SDD210 m"));
}

TEST(Suppression, an_idle_entry_is_told_in_the_configuration) {
  EXPECT_EQ(settle_spec("*", {"SDD302"}).run().back(),
            ".sdd.toml:2 SDD810 SDD302 finds nothing here, so there is nothing to suppress");
  EXPECT_EQ(settle_spec("specs", {"SDD2"}).run().back(),
            ".sdd.toml:2 SDD810 no file fits 'specs', so this suppresses nothing");
  Settling damaged = settle_spec("*", {"SDD302"});
  damaged.reports[0].damaged = true;
  EXPECT_EQ(damaged.run().size(), 3U);
}

TEST(Suppression, of_one_finding_by_two_makes_neither_idle) {
  Settling settling = settle_spec("*", {"SDD210", "SDD21"});
  settling.config.suppressions.push_back(settling.config.suppressions.front());
  EXPECT_THAT(settling.run(), IsEmpty());
}

TEST(Suppression, patterns_fit_whole_texts) {
  EXPECT_TRUE(fits("*", ""));
  EXPECT_TRUE(fits("a*b*c", "a-b/b-c"));
  EXPECT_FALSE(fits("a*b*c", "a-b/b-cd"));
  EXPECT_TRUE(fits("a?c", "abc"));
  EXPECT_FALSE(fits("a?", "a"));
  EXPECT_FALSE(fits("", "a"));
  std::string stars;
  for (int i = 0; i < 1000; ++i) stars += "a*";
  EXPECT_FALSE(fits(stars + "b", std::string(10'000, 'a')));
}

TEST(Settle, a_level_holds_for_the_rule_and_makes_nothing_worse_than_the_rule_called_it) {
  std::vector<FileReport> reports(1);
  reports[0].findings = {settle_finding(rules::kEmptyTitle, 0),
                         settle_finding(rules::kEmptyTitle, 4),
                         settle_finding(rules::kUnknownStatus, 8)};
  reports[0].findings[1].finding.severity = rules::Severity::kNote;
  Policy policy;
  policy.severities = {{&rules::kEmptyTitle, rules::Severity::kNote},
                       {&rules::kEmptyTitle, rules::Severity::kError}};
  ASSERT_TRUE(settle(reports, policy, {}));
  EXPECT_EQ(reports[0].findings[0].finding.severity, rules::Severity::kError);
  EXPECT_EQ(reports[0].findings[1].finding.severity, rules::Severity::kNote);
  EXPECT_EQ(reports[0].findings[2].finding.severity, rules::Severity::kError);
  policy.severities.emplace_back(&rules::kUnknownStatus, rules::Severity::kWarning);
  policy.selection = *rules::Selection::of({"SDD210"}, {});
  ASSERT_TRUE(settle(reports, policy, {}));
  ASSERT_EQ(reports[0].findings.size(), 1U);
  EXPECT_EQ(reports[0].findings[0].finding.severity, rules::Severity::kWarning);
}

std::vector<std::string> settle_codes(const rules::Example& example) {
  const test::TempFolder temp;
  for (const rules::ExampleFile& file : example) {
    if (file.path != nullptr) temp.write(file.path, file.text);
  }
  const test::Ran ran = test::run_sdd({"check", "--json"}, temp.path());
  std::vector<std::string> codes;
  for (std::size_t at = ran.out.find("\"code\":\""); at != std::string::npos;
       at = ran.out.find("\"code\":\"", at + 1)) {
    codes.push_back(ran.out.substr(at + 8, 6));
  }
  return codes;
}

TEST(Settle, the_examples_of_idle_suppression_are_what_they_say) {
  EXPECT_THAT(settle_codes(rules::kIdleSuppression.bad), ElementsAre("SDD810"));
  EXPECT_THAT(settle_codes(rules::kIdleSuppression.good), IsEmpty());
}

// A spec of `count` tasks that do not name their file, each a finding.
std::string settle_faulty_spec(std::size_t count, const std::string& head = "") {
  test::Rows rows = {{.id = "spec-root",
                      .type = "spec",
                      .total = std::to_string(count),
                      .metadata = head.empty() ? "{}" : head}};
  for (std::size_t i = 1; i <= count; ++i) {
    rows[0].children.push_back("task-1-" + std::to_string(i));
    rows.push_back({.id = rows[0].children.back(), .parent = "spec-root"});
  }
  return test::spec_json(rows);
}

TEST(Settle, a_repository_with_200_old_findings_passes_and_fails_on_the_201st) {
  const test::TempFolder temp;
  const std::string name = "demo-2026-01-02-001.json";
  temp.write("specs/active/" + name, settle_faulty_spec(200));
  EXPECT_EQ(test::run_sdd({"check"}, temp.path()).exit, 2);
  const test::Ran written = test::run_sdd({"check", "--write-baseline"}, temp.path());
  EXPECT_EQ(written.exit, 0) << written.out << written.err;
  EXPECT_EQ(written.err, "wrote '.sdd-baseline.json': 200 findings of this run, 200 new, 0 gone\n");
  EXPECT_EQ(test::run_sdd({"check"}, temp.path()).exit, 0);
  EXPECT_EQ(test::run_sdd({"validate"}, temp.path()).exit, 0);

  // Other lines, another status folder, and one fault more.
  fs::remove(temp.path() / "specs" / "active" / name);
  temp.write("specs/pending/" + name, settle_faulty_spec(201, "{\n\n\"note\": 1\n}"));
  const test::Ran more = test::run_sdd({"check", "--json"}, temp.path());
  EXPECT_EQ(more.exit, 2);
  EXPECT_THAT(more.out, HasSubstr("\"errors\":1,"));
  EXPECT_THAT(more.out, HasSubstr("\"baselined\":200}"));
  EXPECT_THAT(more.out, HasSubstr("\"node\":\"task-1-201\""));
  EXPECT_EQ(more.err, "");
  EXPECT_THAT(test::run_sdd({"check", "--no-baseline"}, temp.path()).out,
              HasSubstr("201 errors, 0 warnings"));

  temp.write("specs/pending/" + name, settle_faulty_spec(197));
  const test::Ran fewer = test::run_sdd({"check"}, temp.path());
  EXPECT_EQ(fewer.exit, 0);
  EXPECT_EQ(fewer.err,
            "3 findings of the baseline are gone; write it again with --write-baseline\n");
  EXPECT_EQ(test::run_sdd({"check", "--write-baseline"}, temp.path()).err,
            "wrote '.sdd-baseline.json': 197 findings of this run, 0 new, 3 gone\n");
  EXPECT_EQ(test::run_sdd({"check"}, temp.path()).err, "");
}

// Puts `text` behind the first `lead` of every file below `folder` that ends in `extension`.
std::size_t settle_move_lines(const fs::path& folder, const std::string& extension,
                              const std::string& lead, const std::string& text) {
  std::size_t moved = 0;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file() || file.path().extension() != extension) continue;
    std::string bytes = test::read_bytes(file.path());
    if (!bytes.starts_with(lead)) continue;
    bytes.insert(lead.size(), text);
    std::ofstream(file.path(), std::ios::binary) << bytes;
    ++moved;
  }
  return moved;
}

TEST(Settle, over_the_corpus_a_baseline_survives_moved_lines) {
  const auto corpus = test::shared("corpus/airis");
  if (!corpus) return;
  const test::TempFolder temp;
  fs::copy(*corpus, temp.path(), fs::copy_options::recursive);
  const test::Ran written = test::run_sdd({"check", "--write-baseline"}, temp.path());
  EXPECT_EQ(written.exit, 0) << written.err;
  EXPECT_GT(settle_move_lines(temp.path() / "meta", ".md", "", "\n\n"), 200U);
  EXPECT_GT(settle_move_lines(temp.path() / "meta", ".json", "{\n", "\n\n"), 20U);
  const test::Ran again = test::run_sdd({"check"}, temp.path());
  EXPECT_EQ(again.exit, 0) << again.out;
  EXPECT_THAT(again.out, HasSubstr("no faults ("));
  EXPECT_EQ(again.err, "");
}

}  // namespace
}  // namespace sdd::workspace
