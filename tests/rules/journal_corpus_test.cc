// The rules about the journal over real specs, where they are at hand: exact counts, and every
// entry that is taken out is missed.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "rules/found.h"
#include "rules/table.h"
#include "spec/journal.h"
#include "spec_document.h"
#include "support.h"

namespace sdd::rules {
namespace {

using test::Found;

struct JournalCounts {
  std::map<std::string, std::size_t> findings;         // by code, notes with an n
  std::map<std::string, std::set<std::string>> files;  // likewise, by code alone
  std::set<std::string> lost;                          // nodes
};

JournalCounts count_journal_findings(const std::filesystem::path& folder) {
  JournalCounts counts;
  Engine engine({.purpose = Purpose::kCheck});
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string status = entry.path().parent_path().filename();
    if (entry.path().extension() != ".json" || !is_status_folder(status)) continue;
    const SourceText source(entry.path(), test::read_bytes(entry.path()));
    for (const Finding& finding : engine.check(source, place_of(entry.path().native()))) {
      const std::string code = finding.rule->code;
      if (!code.starts_with("SDD4")) continue;
      const bool is_note = finding.severity == Severity::kNote;
      ++counts.findings[code + (is_note ? "n" : "")];
      counts.files[code].insert(entry.path().filename());
      if (code == "SDD402" && !is_note) counts.lost.insert(finding.node);
    }
  }
  return counts;
}

TEST(JournalOfTheCorpus, lacks_what_was_counted_by_hand) {
  const auto live = test::shared("corpus/airis/meta/sdd/specs");
  if (!live) return;
  const JournalCounts counts = count_journal_findings(*live);
  const std::map<std::string, std::size_t> expected = {
      {"SDD401", 63}, {"SDD401n", 33}, {"SDD402", 1}, {"SDD406n", 1},
      {"SDD409", 12}, {"SDD409n", 52}, {"SDD412n", 3}};
  EXPECT_EQ(counts.findings, expected);
  EXPECT_EQ(counts.files.at("SDD401").size(), 9U);
  EXPECT_EQ(counts.lost, std::set<std::string>{"task-3-4-2"});
  EXPECT_EQ(counts.files.at("SDD402"),
            std::set<std::string>{"billing-launch-confidence-program-2026-02-11-001.json"});
}

TEST(JournalOfTheCorpus, has_lost_one_entry_in_all_its_history) {
  const auto history = test::shared("corpus/history");
  if (!history) return;
  const JournalCounts counts = count_journal_findings(*history);
  EXPECT_EQ(counts.lost, std::set<std::string>{"task-3-4-2"});
  EXPECT_EQ(counts.findings.at("SDD402"), 1U);   // a version of the same spec
  EXPECT_EQ(counts.findings.at("SDD402n"), 1U);  // a task that was reopened
}

// Takes one entry after the other out of every live spec: each time exactly its node is told.
TEST(JournalOfTheCorpus, shows_every_entry_that_is_taken_out_of_it) {
  const auto live = test::shared("corpus/airis/meta/sdd/specs");
  if (!live) return;
  const auto lost_in = [](const std::string& bytes) {
    std::multiset<std::string> lost;
    const Found found(bytes, "SDD402");
    for (const Finding& finding : found.findings()) lost.insert(finding.node);
    return lost;
  };
  std::size_t taken = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(*live)) {
    const std::string status = file.path().parent_path().filename();
    if (file.path().extension() != ".json" || !is_status_folder(status)) continue;
    const test::SpecDocument document(test::read_bytes(file.path()));
    const std::multiset<std::string> before = lost_in(document.bytes);
    const spec::Journal journal(document.spec);
    for (const spec::Node& node : document.spec.nodes()) {
      const std::uint32_t first = journal.first_of(node);
      const bool is_only = first != spec::kNoEntry && journal.next_of(first) == spec::kNoEntry;
      if (!is_only || !spec::says_journaled(node)) continue;
      std::string bytes = document.bytes;
      const Span entry = document.spec.journal()[first].value.span();
      bytes.replace(entry.begin, entry.size(),
                    R"({"timestamp": "2026-01-01T00:00:00Z", "title": "T"})");
      std::multiset<std::string> expected = before;
      expected.emplace(node.id);
      EXPECT_EQ(lost_in(bytes), expected) << file.path() << " " << node.id;
      ++taken;
    }
  }
  EXPECT_GT(taken, 300U);
}

}  // namespace
}  // namespace sdd::rules
