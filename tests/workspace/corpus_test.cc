// `sdd check` over the shared corpus, where it is at hand: every error and warning stands in the
// golden file with a verdict; and what somebody would change in a copy of it is found.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "cli_run.h"
#include "json/tree.h"
#include "support.h"
#include "temp_folder.h"
#include "workspace/checked.h"

namespace sdd::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// "SDD402 error meta/sdd/specs/completed/x.json:1177" of each finding that is no note.
std::multiset<std::string> judged_findings(const std::string& output) {
  json::Parser parser;
  json::Tree tree;
  EXPECT_TRUE(parser.parse(output, tree));
  std::multiset<std::string> lines;
  for (const json::Value finding : tree.root().find("findings").elements()) {
    const auto word = [&](const char* key) { return std::string(finding.find(key).string()); };
    if (word("severity") == "note") continue;
    lines.insert(word("code") + " " + word("severity") + " " + word("path") + ":" +
                 std::to_string(finding.find("line").integer().value_or(0)));
  }
  return lines;
}

// The lines of the golden file without their verdict, which must be one of two.
std::multiset<std::string> golden_findings() {
  std::multiset<std::string> lines;
  std::istringstream in(read_bytes(source_dir() / "tests/golden/airis-check.txt"));
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#')) continue;
    const std::size_t blank = line.rfind(' ');
    const std::string verdict = line.substr(blank + 1);
    EXPECT_TRUE(verdict == "true" || verdict == "true-by-rule") << line;
    lines.insert(line.substr(0, blank));
  }
  return lines;
}

std::string only_in(const std::multiset<std::string>& a, const std::multiset<std::string>& b) {
  std::vector<std::string> lines;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(lines));
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

TEST(CheckOfTheCorpus, finds_what_was_judged_true_and_nothing_else) {
  const auto corpus = shared("corpus/airis");
  if (!corpus) return;
  const Ran ran = run_sdd({"check", "--format", "json"}, *corpus);
  EXPECT_EQ(ran.exit, 2) << ran.err;
  const auto found = judged_findings(ran.out);
  const auto golden = golden_findings();
  EXPECT_EQ(only_in(found, golden), "") << "read and judge these, then add them to the golden file";
  EXPECT_EQ(only_in(golden, found), "") << "not found any more";
  EXPECT_EQ(found.count("SDD402 error meta/sdd/specs/completed/"
                        "billing-launch-confidence-program-2026-02-11-001.json:1177"),
            1U);
}

const std::string kHeadLog = "meta/memory_bank/branch_updates/2026-02-11-head-no-branch.md";
const std::string kLaunchSpec =
    "meta/sdd/specs/completed/billing-launch-confidence-program-2026-02-11-001.json";

// A copy of the corpus whose log of a detached head is the one that the project started from.
class CorpusCopy : public testing::Test {
 protected:
  void SetUp() override {
    const auto corpus = shared("corpus/airis");
    const auto seed = shared("corpus/seeds/branch-log.md");
    if (!corpus || !seed) GTEST_SKIP() << "the real files are not there";
    fs::copy(*corpus, temp_.path(), fs::copy_options::recursive);
    log_ = read_bytes(*seed);
    spec_ = read_bytes(*corpus / kLaunchSpec);
    temp_.write(kHeadLog, log_);
    before_ = found();
  }

  std::vector<Checked> found() const {
    return checked({.path = {}, .specs_dir = {}, .current = temp_.path()}, 2);
  }

  // What is found now and was not before.
  std::vector<std::string> found_anew() const {
    const std::vector<std::string> known = places_of(before_);
    std::vector<std::string> anew;
    for (const Checked& one : found()) {
      const std::string place = one.place();
      if (std::find(known.begin(), known.end(), place) == known.end()) anew.push_back(place);
    }
    return anew;
  }

  Checked only(const std::string& code, const std::string& path) const {
    std::vector<Checked> those;
    std::copy_if(before_.begin(), before_.end(), std::back_inserter(those),
                 [&](const Checked& one) { return one.code == code && one.path == path; });
    EXPECT_EQ(those.size(), 1U) << code;
    return those.empty() ? Checked{} : those[0];
  }

  static std::size_t line_of(const std::string& text, std::size_t at) {
    return 1 + static_cast<std::size_t>(
                   std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  }

  TempFolder temp_;
  std::string log_;
  std::string spec_;
  std::vector<Checked> before_;
};

TEST_F(CorpusCopy, shows_the_dead_link_the_superseded_entry_and_the_lost_one) {
  const Checked link = only("SDD802", kHeadLog);
  EXPECT_EQ(link.severity, 'e');
  EXPECT_EQ(link.line, line_of(log_, log_.find("2026-02-12-0102.json")));
  EXPECT_THAT(link.help, HasSubstr("meta/sdd/specs/completed/"
                                   "billing-coverage-gate-hardenin-2026-02-12-102.json"));
  const Checked open = only("SDD612", kHeadLog);
  EXPECT_EQ(open.severity, 'w');
  EXPECT_EQ(open.line, line_of(log_, log_.find("- [ ] **[SDD][VERIFY][BILLING]** verify-4-1")));
  const Checked lost = only("SDD402", kLaunchSpec);
  EXPECT_EQ(lost.severity, 'e');
  EXPECT_THAT(lost.message, HasSubstr("task-3-4-2"));
  // Apart from the link the seed is the corpus's own log.
  EXPECT_EQ(
      golden_findings().size() + 1,
      static_cast<std::size_t>(std::count_if(before_.begin(), before_.end(),
                                             [](const auto& one) { return one.severity != 'n'; })));
}

TEST_F(CorpusCopy, a_claim_that_is_changed_is_told) {
  std::size_t claims = 0;
  for (const std::string claim : {"(49/49", "29/29 (100%)"}) {
    for (std::size_t at = log_.find(claim); at != std::string::npos;
         at = log_.find(claim, at + 1)) {
      const std::size_t digits = log_.find('9', at);
      std::string changed = log_;
      changed.replace(digits, 1, "8");
      temp_.write(kHeadLog, changed);
      EXPECT_EQ(found_anew(), std::vector<std::string>{"SDD804e " + kHeadLog + ":" +
                                                       std::to_string(line_of(log_, at))})
          << claim;
      ++claims;
    }
  }
  EXPECT_EQ(claims, 3U);
}

TEST_F(CorpusCopy, a_count_that_is_changed_in_the_spec_is_told_at_both_claims) {
  const std::string first = std::to_string(line_of(log_, log_.find("(49/49)")));
  const std::string second = std::to_string(line_of(log_, log_.find("(49/49 complete)")));
  for (const std::string member : {"\"completed_tasks\": ", "\"total_tasks\": "}) {
    std::string changed = spec_;
    const std::size_t at = changed.find(member + "49");  // the root's
    ASSERT_NE(at, std::string::npos);
    changed.replace(at + member.size(), 2, "48");
    temp_.write(kLaunchSpec, changed);
    const std::vector<std::string> anew = found_anew();
    EXPECT_THAT(anew, testing::Contains("SDD804e " + kHeadLog + ":" + first));
    EXPECT_THAT(anew, testing::Contains("SDD804e " + kHeadLog + ":" + second));
  }
}

}  // namespace
}  // namespace sdd::test
