// Every entry of the real logs closed, moved, and joined by another: nothing else changes, and no
// rule finds what it had not found before.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "bank/entry_edits.h"
#include "rules/bank_engine.h"
#include "rules/rule.h"
#include "support.h"
#include "text/source_text.h"

namespace sdd::bank {
namespace {

namespace fs = std::filesystem;

struct RealFile {
  RealFile(const std::string& path, const std::string& text, Kind kind)
      : source(path, text), document(Document::of(source, kind)) {}

  const std::string& bytes() const { return source.bytes(); }
  // The findings, by code. Which branch a log is about a new entry may well change.
  std::map<std::string, int> findings() const {
    std::map<std::string, int> counts;
    for (const auto& finding : rules::check_document(source, document)) {
      ++counts[finding.rule->code];
    }
    counts.erase("SDD614");
    return counts;
  }
  // What the edits make of it. They can be undone, or the test fails.
  RealFile with(const std::vector<Edit>& edits) const {
    const auto after = apply_edits(bytes(), edits);
    EXPECT_TRUE(after) << after.error().message;
    EXPECT_EQ(apply_edits(*after, invert_edits(edits, bytes())), bytes());
    return {source.path(), *after, document.kind()};
  }

  SourceText source;
  Document document;
};

std::vector<std::string> entry_texts(const Document& document, std::size_t but) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < document.entries().size(); ++i) {
    if (i != but) texts.emplace_back(document.entries()[i].whole.view());
  }
  return texts;
}

constexpr std::size_t kNone = SIZE_MAX;

void expect_closes(const RealFile& file, std::size_t index) {
  const TaskEntry& entry = file.document.entries()[index];
  Draft wanted = draft_of(entry);
  const RealFile after = file.with(close_entry(file.bytes(), entry, Date{2026, 12, 31}));
  ASSERT_EQ(after.document.entries().size(), file.document.entries().size());
  EXPECT_EQ(entry_texts(after.document, index), entry_texts(file.document, index));
  const TaskEntry& closed = after.document.entries()[index];
  EXPECT_TRUE(closed.done);
  ASSERT_NE(closed.field(Key::kDone), nullptr);
  EXPECT_EQ(closed.field(Key::kDone)->date(), (Date{2026, 12, 31}));
  // Everything else that it says stays.
  Draft now = draft_of(closed);
  wanted.done = now.done = true;
  std::erase_if(wanted.fields, [](const DraftField& field) { return field.key == "Done"; });
  std::erase_if(now.fields, [](const DraftField& field) { return field.key == "Done"; });
  EXPECT_EQ(now, wanted);
  std::map<std::string, int> known = file.findings();
  for (const auto& [code, count] : after.findings()) EXPECT_LE(count, known[code]) << code;
}

void expect_moves(const RealFile& log, std::size_t index, const RealFile& tasks) {
  const TaskEntry& entry = log.document.entries()[index];
  const std::string text(movable(log.document, entry).view());
  const RealFile left = log.with(remove_entries(log.bytes(), log.document, {&entry}));
  EXPECT_EQ(entry_texts(left.document, kNone), entry_texts(log.document, index));
  const RealFile joined =
      tasks.with(insert_done_entries(tasks.bytes(), tasks.document, {{text, entry.date()}}));
  EXPECT_TRUE(
      same_entries_but(tasks.document, joined.document, {}, {std::string(entry.whole.view())}));
  EXPECT_NE(joined.bytes().find(text), std::string::npos);
  std::map<std::string, int> known = log.findings();
  for (const auto& [code, count] : tasks.findings()) known[code] += count;
  std::map<std::string, int> now = left.findings();
  for (const auto& [code, count] : joined.findings()) now[code] += count;
  for (const auto& [code, count] : now) EXPECT_LE(count, known[code]) << code;
}

void expect_takes_another(const RealFile& log, bool done) {
  const Draft draft{.done = done,
                    .tags = {"BUG", "A/B-1"},
                    .title = "Починить лампы",
                    .fields = {{"Spec", {"`a.md`"}},
                               {"Owner", {"Ada"}},
                               {"Branch", {"`main`"}},
                               {done ? "Done" : "Started", {"2026-01-02"}},
                               {"Summary", {"Горят", "снова."}},
                               {"Tests", {"`make test`"}},
                               {"Risks", {"N/A"}}}};
  const RealFile after = log.with(append_entry(log.bytes(), log.document, draft));
  ASSERT_EQ(after.document.entries().size(), log.document.entries().size() + 1);
  std::size_t found = kNone;
  for (std::size_t i = 0; i < after.document.entries().size(); ++i) {
    const TaskEntry& entry = after.document.entries()[i];
    const bool in_form = is_in_form(entry) || entry.whole.view().find('\r') != std::string::npos;
    if (draft_of(entry) == draft && in_form) found = i;
  }
  ASSERT_NE(found, kNone);
  EXPECT_EQ(entry_texts(after.document, found), entry_texts(log.document, kNone));
  EXPECT_EQ(after.findings(), log.findings());
}

TEST(BankEditsCorpus, every_entry_of_the_real_logs_closes_and_moves_alone) {
  const auto corpus = test::shared("corpus/airis/meta/memory_bank");
  if (!corpus) return;
  const RealFile tasks("current_tasks.md", test::read_bytes(*corpus / "current_tasks.md"),
                       Kind::kCurrentTasks);
  std::size_t entries = 0;
  std::size_t logs = 0;
  for (const auto& found : fs::directory_iterator(*corpus / "branch_updates")) {
    const std::string name = found.path().filename().string();
    if (kind_of("branch_updates/" + name) != Kind::kLog) continue;
    SCOPED_TRACE(name);
    const std::string text = test::read_bytes(found.path());
    std::string with_crlf;
    for (const char c : text) c == '\n' ? with_crlf += "\r\n" : with_crlf += c;
    const std::string unended = text.substr(0, text.find_last_not_of('\n') + 1);
    for (const std::string& bytes : {text, with_crlf, unended}) {
      const RealFile log(name, bytes, Kind::kLog);
      expect_takes_another(log, true);
      expect_takes_another(log, false);
      for (std::size_t i = 0; i < log.document.entries().size(); ++i) {
        SCOPED_TRACE(i);
        expect_closes(log, i);
        expect_moves(log, i, tasks);
        ++entries;
      }
    }
    ++logs;
  }
  EXPECT_GT(logs, 70U);
  EXPECT_GT(entries, 300U);
  for (std::size_t i = 0; i < tasks.document.entries().size(); ++i) {
    SCOPED_TRACE(i);
    expect_closes(tasks, i);
  }
}

}  // namespace
}  // namespace sdd::bank
