// What the rules promise: where a rule says that its fault has a fix, its own example shows it, and
// after the fix the fault is gone.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "bank/document.h"
#include "repair/fixing.h"
#include "rules/bank_engine.h"
#include "rules/table.h"
#include "spec/change.h"

namespace sdd::repair {
namespace {

using rules::ExampleFile;
using rules::Rule;
using rules::Safety;

bool is_spec(const ExampleFile& file) {
  if (file.path == nullptr) return false;
  const std::string_view path = file.path;
  return path.ends_with(".json") && !path.ends_with("-schema.json");
}

// Rules about specs that have a safe fix in every case, as rules.md says; by meaning their bad
// example becomes the good one, but for those that keep a statement that the good one lacks.
const std::set<std::string> kAlwaysSafe = {"SDD202", "SDD213", "SDD301", "SDD302", "SDD303",
                                           "SDD304", "SDD306", "SDD309", "SDD403"};
const std::set<std::string> kOtherThanGood = {"SDD306", "SDD403"};

TEST(FixExamples, the_bad_example_of_a_rule_is_fixed) {
  test::SpecFixer fixer;
  std::set<std::string> fixed_rules;
  for (const Rule* rule : rules::all_rules()) {
    for (std::size_t i = 0; i < rule->bad.size(); ++i) {
      if (!is_spec(rule->bad[i])) continue;
      const bool unsafe = rule->fix == Safety::kUnsafe;
      const std::string bad(rule->bad[i].text);
      const Fixed fixed = fixer.fix(bad, {.unsafe = unsafe}, rule->bad[i].path);
      for (const SkippedFix& skipped : fixed.skipped) {
        EXPECT_FALSE(skipped.ours) << rule->code << ": " << skipped.title << ": " << skipped.why;
      }
      if (fixed.actions.empty()) {
        EXPECT_EQ(fixed.bytes, bad) << rule->code;
        continue;
      }
      EXPECT_EQ(test::codes_of(fixed.remaining), std::vector<std::string>{}) << rule->code;
      EXPECT_EQ(fixer.fix(fixed.bytes, {.unsafe = unsafe}, rule->bad[i].path).bytes, fixed.bytes);
      if (!kOtherThanGood.contains(rule->code) && !unsafe && is_spec(rule->good[i])) {
        EXPECT_TRUE(spec::same_meaning(fixed.bytes, rule->good[i].text)) << rule->code << "\n"
                                                                         << fixed.bytes;
      }
      fixed_rules.insert(rule->code);
    }
  }
  for (const std::string& code : kAlwaysSafe) EXPECT_TRUE(fixed_rules.contains(code)) << code;
  for (const char* code : {"SDD008", "SDD112", "SDD206", "SDD209", "SDD210", "SDD503"}) {
    EXPECT_TRUE(fixed_rules.contains(code)) << code;
  }
}

TEST(FixExamples, a_good_example_keeps_its_bytes) {
  test::SpecFixer fixer;
  for (const Rule* rule : rules::all_rules()) {
    for (const ExampleFile& file : rule->good) {
      if (!is_spec(file)) continue;
      const std::string good(file.text);
      EXPECT_EQ(fixer.fix(good, {.unsafe = true}, file.path).bytes, good) << rule->code;
    }
  }
}

// What `validate` counts in auto_fixable_issues is what is fixed: a safe fix says what it does.
TEST(FixExamples, a_safe_fix_says_what_it_does) {
  test::SpecFixer fixer;
  for (const Rule* rule : rules::all_rules()) {
    for (const ExampleFile& file : rule->bad) {
      if (!is_spec(file)) continue;
      for (const rules::Finding& finding :
           fixer.check(SourceText(file.path, std::string(file.text)))) {
        const bool made = finding.fix && (finding.fix->safety == Safety::kSafe ||
                                          finding.fix->safety == Safety::kUnsafe);
        if (!made) continue;
        EXPECT_TRUE(!finding.fix->changes.empty() || !finding.fix->edits.empty())
            << finding.rule->code << ": " << finding.fix->title;
      }
    }
  }
}

// Task entries: the bad example becomes the good one, byte for byte.
TEST(FixExamples, entries_become_regular) {
  std::set<std::string> fixed_rules;
  for (const Rule* rule : rules::all_rules()) {
    const ExampleFile& bad = rule->bad[0];
    if (bad.path == nullptr || !std::string_view(bad.path).ends_with(".md")) continue;
    const std::string path = bad.path;
    const bank::Kind kind = bank::kind_of(path.substr(path.find("memory_bank/") + 12));
    const CheckBytes check = [&](const SourceText& source) {
      return rules::check_document(source, bank::Document::of(source, kind),
                                   {.exists = [](std::string_view) { return true; }});
    };
    const Fixed fixed =
        fix(SourceText(path, std::string(bad.text)), FileKind::kMarkdown, check, {.unsafe = true});
    for (const SkippedFix& skipped : fixed.skipped) {
      ADD_FAILURE() << rule->code << ": " << skipped.title << ": " << skipped.why;
    }
    EXPECT_EQ(apply_edits(bad.text, fixed.edits).value(), fixed.bytes);
    if (fixed.actions.empty()) continue;
    EXPECT_EQ(fixed.bytes, rule->good[0].text) << rule->code;
    fixed_rules.insert(rule->code);
  }
  EXPECT_EQ(fixed_rules, (std::set<std::string>{"SDD607", "SDD609", "SDD613"}));
}

// Every irregularity of one log at once, with CRLF.
TEST(FixExamples, a_log_with_many_irregularities_needs_one_run) {
  const std::string text =
      "- [X] [BUG] Mend the lamps\r\n\r\n  - Spec: meta/a__b.md\r\n  - Owner:Ada\r\n"
      "  - Branch: fix/lamps\r\n  - Done:2026-01-05\r\n  - Summary: s\r\n  - Tests: t\r\n"
      "  - Risks: r\r\n- [x] **[BUG] Paint**\r\n  - Spec: [a__b.md](meta/a__b.md)\r\n"
      "  - Owner: Ada\r\n  - Branch: `fix/lamps`\r\n  - Done: 2026-01-05\r\n"
      "  - Summary: s\r\n  - Tests: t\r\n  - Risks: r\r\n";
  const CheckBytes check = [&](const SourceText& source) {
    return rules::check_document(source, bank::Document::of(source, bank::Kind::kLog));
  };
  const Fixed fixed =
      fix(SourceText("2026-01-05-fix-lamps.md", text), FileKind::kMarkdown, check, {});
  for (const SkippedFix& skipped : fixed.skipped) ADD_FAILURE() << skipped.title << skipped.why;
  for (const rules::Finding& finding : fixed.remaining) {
    EXPECT_FALSE(may_be_fixed(finding, {})) << finding.rule->code << fixed.bytes;
  }
  EXPECT_EQ(fixed.bytes,
            "- [x] **[BUG]** Mend the lamps\r\n  - Spec: `meta/a__b.md`\r\n  - Owner: Ada\r\n"
            "  - Branch: `fix/lamps`\r\n  - Done: 2026-01-05\r\n  - Summary: s\r\n"
            "  - Tests: t\r\n  - Risks: r\r\n\r\n- [x] **[BUG]** Paint\r\n"
            "  - Spec: `meta/a__b.md`\r\n  - Owner: Ada\r\n  - Branch: `fix/lamps`\r\n"
            "  - Done: 2026-01-05\r\n  - Summary: s\r\n  - Tests: t\r\n  - Risks: r\r\n");
  EXPECT_EQ(apply_edits(text, fixed.edits).value(), fixed.bytes);
}

// Faults that are safe to fix in some cases only; the examples show the others.
TEST(FixExamples, the_cases_that_are_safe) {
  const std::string head = R"({"spec_id": "demo-2026-01-02-001", "title": "D",
"generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z", "hierarchy": {
)";
  const std::string task = R"("title": "T", "status": "pending", "children": [],)";
  const std::string tail =
      R"("total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"})";
  const std::string root =
      R"("spec-root": {"type": "spec", "title": "D", "status": "pending", "parent": null, "children": [)";
  const std::string counts = R"("completed_tasks": 0, "metadata": {}})";
  const std::map<std::string, std::string> cases = {
      {"SDD205",  // b names phase-2, which lists it, too
       head + root + R"("phase-1", "phase-2"], "total_tasks": 3, )" + counts +
           R"(, "phase-1": {"type": "phase", "title": "1", "status": "pending", "parent": "spec-root", "children": ["a", "b"], "total_tasks": 2, )" +
           counts +
           R"(, "phase-2": {"type": "phase", "title": "2", "status": "pending", "parent": "spec-root", "children": ["b"], "total_tasks": 1, )" +
           counts + R"(, "a": {"type": "task", "parent": "phase-1", )" + task + tail +
           R"(}, "b": {"type": "task", "parent": "phase-2", )" + task + tail + "}}}"},
      {"SDD208",  // total_tasks of the root, completed_tasks and metadata of a verify node
       head + root + R"("a", "v"], )" + counts +
           R"(, "a": {"type": "task", "parent": "spec-root", )" + task + tail +
           R"(}, "v": {"type": "research", "parent": "spec-root", )" + task +
           R"("total_tasks": 1}}})"},
  };
  test::SpecFixer fixer;
  for (const auto& [code, bytes] : cases) {
    const std::vector<std::string> before =
        test::codes_of(fixer.check(SourceText("specs/active/demo-2026-01-02-001.json", bytes)));
    EXPECT_TRUE(std::count(before.begin(), before.end(), code) > 0) << code;
    const Fixed fixed = fixer.fix(bytes);
    for (const SkippedFix& skipped : fixed.skipped) ADD_FAILURE() << code << skipped.why;
    EXPECT_EQ(test::codes_of(fixed.remaining), std::vector<std::string>{}) << code << fixed.bytes;
  }
}

}  // namespace
}  // namespace sdd::repair
