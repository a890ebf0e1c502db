// The judge of torture runs sees what is wrong, each kind by itself.
#include <gtest/gtest.h>

#include <algorithm>

#include "rules/engine.h"
#include "rules/rule.h"
#include "text/source_text.h"
#include "workspace/torture/draft.h"
#include "workspace/torture/judge.h"
#include "workspace/torture/torture.h"

namespace sdd::workspace::torture {
namespace {

class TortureJudge : public testing::Test {
 protected:
  void SetUp() override {
    bytes = draft_spec({"torture-2026-01-01-001", 2, 2, 4'000});
    for (unsigned number = 0; number < 3; ++number) {
      Asked one;
      one.number = number;
      one.acknowledged = one.entry = true;
      asked.push_back(one);
      journal += entry(one.token());
    }
    Asked note;
    note.number = 3;
    note.acknowledged = true;
    note.task = "task-1-1";
    asked.push_back(note);
  }

  static std::string entry(const std::string& title) { return R"({"title": ")" + title + R"("},)"; }

  void replace_once(const std::string& from, const std::string& to) {
    const std::size_t at = bytes.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    bytes.replace(at, from.size(), to);
  }

  Verdict verdict(const std::string& noted = "w00-0003") {
    const std::string whole = bytes;
    replace_once("\"journal\": []", "\"journal\": [" + journal.substr(0, journal.size() - 1) + "]");
    const std::size_t task = bytes.find("\"task-1-1\": {");
    const std::size_t metadata = bytes.find("\"description\"", task);
    bytes.insert(metadata, R"("status_note": ")" + noted + R"(", )");
    const Verdict judged = judge({bytes, asked, told, foreign, unseen, kept});
    bytes = whole;
    EXPECT_TRUE(judged.parses);
    return judged;
  }

  std::string bytes;
  std::string journal;
  std::vector<Asked> asked;
  std::set<std::string> told, foreign, unseen;
  std::string kept;
};

TEST_F(TortureJudge, finds_nothing_where_all_is_well) {
  const Verdict judged = verdict();
  EXPECT_EQ(judged.lost + judged.told + judged.duplicates + judged.disordered + judged.untrue +
                judged.wrong_counts + judged.foreign_lost,
            0U);
  EXPECT_TRUE(judged.examples.empty());
}

TEST_F(TortureJudge, sees_an_entry_that_is_lost_and_one_that_is_told) {
  journal.erase(0, entry("w00-0000").size());
  EXPECT_EQ(verdict().lost, 1U);
  told.insert("w00-0000");
  EXPECT_EQ(verdict().lost, 0U);
  EXPECT_EQ(verdict().told, 1U);
}

TEST_F(TortureJudge, forgives_what_was_not_acknowledged_or_did_nothing) {
  journal = entry("w00-0002");
  asked[0].acknowledged = false;
  asked[1].idle = true;
  EXPECT_EQ(verdict().lost, 0U);
}

TEST_F(TortureJudge, sees_a_note_that_is_lost) {
  EXPECT_EQ(verdict("w00-0001").lost, 1U);
  asked.back().acknowledged = false;
  EXPECT_EQ(verdict("w00-0001").lost, 0U);
}

TEST_F(TortureJudge, sees_an_entry_that_stands_there_twice_or_in_disorder) {
  journal += entry("w00-0000");
  EXPECT_EQ(verdict().duplicates, 1U);
  journal = entry("w00-0001") + entry("w00-0000") + entry("w00-0002");
  EXPECT_EQ(verdict().disordered, 1U);
}

TEST_F(TortureJudge, sees_what_was_refused_and_done) {
  asked[1].acknowledged = false;
  EXPECT_EQ(verdict().untrue, 1U);
  asked[1].perhaps = true;
  EXPECT_EQ(verdict().untrue, 0U);
  asked.back().acknowledged = false;
  EXPECT_EQ(verdict().untrue, 1U);
}

TEST_F(TortureJudge, recounts) {
  replace_once("\"completed_tasks\": 0", "\"completed_tasks\": 1");
  EXPECT_EQ(verdict().wrong_counts, 1U);
}

TEST_F(TortureJudge, sees_what_others_wrote) {
  foreign = {"w00-0000", "older-0001"};
  EXPECT_EQ(verdict().foreign_lost, 1U);
  kept = R"(… "older-0001" …)";
  EXPECT_EQ(verdict().foreign_lost, 0U);
  kept.clear();
  unseen = foreign;
  EXPECT_EQ(verdict().foreign_lost, 0U);
  EXPECT_EQ(verdict().foreign_unseen, 1U);
}

TEST_F(TortureJudge, sees_that_a_file_is_torn) {
  EXPECT_FALSE(judge({bytes.substr(0, 2'000), asked, told, foreign, unseen, kept}).parses);
}

TEST(TortureDraft, is_as_large_as_wished_and_has_no_findings) {
  const std::string bytes = draft_spec({"torture-2026-01-01-001", 16, 4, 133'000});
  EXPECT_NEAR(static_cast<double>(bytes.size()), 133'000, 6'000);
  rules::Engine engine({});
  const SourceText source("torture-2026-01-01-001.json", bytes);
  for (const rules::Finding& finding :
       engine.check(source, {"torture-2026-01-01-001", "active", {}})) {
    ADD_FAILURE() << finding.rule->code << " " << finding.message;
  }
}

TEST(TortureFigures, are_sound_only_when_all_is) {
  Figures figures;
  figures.verdict.parses = true;
  EXPECT_FALSE(is_sound(figures, false)) << "nothing was tried";
  figures.acknowledged = 1;
  EXPECT_TRUE(is_sound(figures, false));
  for (std::size_t* bad :
       {&figures.bad_reads, &figures.unseen, &figures.left, &figures.hung, &figures.verdict.lost,
        &figures.verdict.duplicates, &figures.verdict.disordered, &figures.verdict.untrue,
        &figures.verdict.wrong_counts, &figures.verdict.foreign_lost}) {
    *bad = 1;
    EXPECT_FALSE(is_sound(figures, false));
    *bad = 0;
  }
  figures.verdict.told = figures.killed = figures.refused = 1;
  EXPECT_TRUE(is_sound(figures, false));
}

}  // namespace
}  // namespace sdd::workspace::torture
