// Replays: every spec that is at hand, changed at random on two branches, and merged by the real
// git with our driver, with its own and with `merge=union`. What comes out is held against both
// sides.
//
// SDD_REPLAY_ROUNDS=20 replays each spec twenty times instead of once; the table in
// docs/guide/git.md is made so.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "repair/random_side.h"
#include "rules/engine.h"
#include "shell_run.h"
#include "spec/diff.h"
#include "spec/spec_files.h"
#include "support.h"
#include "temp_folder.h"
#include "text/source_text.h"

namespace sdd::repair {
namespace {

struct ReplayCase {
  std::string base, ours, theirs;
};

// What became of the files of one merge.
struct ReplayTally {
  std::size_t right = 0;      // merged; everything of both sides is in it, and counts are right
  std::size_t conflicts = 0;  // left to a person
  std::size_t no_json = 0;    // merged, and no JSON
  std::size_t lost = 0;       // merged, and something of a side is missing
  std::size_t faulty = 0;     // merged, nothing missing, but with errors that no side had

  std::size_t wrong() const { return no_json + lost + faulty; }
};

std::string replay_path(std::size_t number) {
  return fmt::format("specs/active/replay-{:04}.json", number);
}

// Whether a side's statements are in the document, what a merge settles (spec of both sides, how a
// node's work went) aside. Journal entries always.
bool holds_all(const test::ReadSpec& base, const std::string& side, const test::ReadSpec& merged) {
  static const std::set<std::string> kSettled = {"status",       "started_at",   "completed_at",
                                                 "actual_hours", "journaled_at", "needs_journaling",
                                                 "status_note"};
  const test::ReadSpec read(side);
  const spec::Changes changes = spec::stated_only(spec::diff(base.spec, read.spec));
  return std::all_of(changes.begin(), changes.end(), [&](const spec::Change& change) {
    const bool settled = !spec::node_of(change).empty() && change.path.size() >= 3 &&
                         kSettled.contains(change.path.back());
    return settled || spec::holds(change, merged.tree.root());
  });
}

// Errors by code and node: wrong counts, a key that stands twice …
std::multiset<std::string> replay_errors(const std::string& bytes) {
  rules::Engine engine({.purpose = rules::Purpose::kValidate});
  const SourceText source("specs/active/x.json", bytes);
  std::multiset<std::string> errors;
  for (const rules::Finding& finding : engine.check(source, {"x", "active", {}})) {
    if (finding.severity != rules::Severity::kError) continue;
    errors.insert(std::string(finding.rule->code) + " " + finding.node);
  }
  return errors;
}

bool has_new_errors(const ReplayCase& one, const std::string& result) {
  std::multiset<std::string> known;
  for (const std::string* version : {&one.base, &one.ours, &one.theirs}) {
    known.merge(replay_errors(*version));
  }
  const std::multiset<std::string> now = replay_errors(result);
  return std::any_of(now.begin(), now.end(),
                     [&](const std::string& error) { return !known.contains(error); });
}

void judge(const ReplayCase& one, const std::string& result, bool conflict, ReplayTally& tally) {
  if (conflict) {
    ++tally.conflicts;
    return;
  }
  const test::ReadSpec base(one.base);
  const test::ReadSpec merged(result);
  if (!merged.ok) {
    ++tally.no_json;
  } else if (!holds_all(base, one.ours, merged) || !holds_all(base, one.theirs, merged)) {
    ++tally.lost;
  } else if (has_new_errors(one, result)) {
    ++tally.faulty;
  } else {
    ++tally.right;
  }
}

// One repository with two branches that both changed every spec.
class Replay {
 public:
  explicit Replay(const std::vector<ReplayCase>& cases) : cases_(cases) {
    git("git init -q -b main . && git config user.name A && git config user.email a@example.org && "
        "git config gc.auto 0 && git config merge.sdd.driver 'sdd merge-driver %O %A %B %L %P'");
    write(&ReplayCase::base);
    commit();
    git("git checkout -q -b topic");
    write(&ReplayCase::theirs);
    commit();
    git("git checkout -q main");
    write(&ReplayCase::ours);
    commit();
    git("git tag ours");
  }

  ReplayTally merge(const std::string& driver) {
    git("git reset -q --hard ours");
    const std::string attributes = driver.empty() ? "" : "*.json merge=" + driver + "\n";
    room_.write(".git/info/attributes", attributes);
    const auto merged =
        run("git merge -q --no-edit topic >/dev/null 2>&1; "
            "git diff --name-only --diff-filter=U");
    std::set<std::string> unmerged;
    std::istringstream lines(merged.out);
    for (std::string line; std::getline(lines, line);) unmerged.insert(line);
    ReplayTally tally;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      const std::string path = replay_path(i);
      judge(cases_[i], test::read_bytes(room_.path() / path), unmerged.contains(path), tally);
    }
    return tally;
  }

 private:
  test::ShellRan run(const std::string& script) {
    room_.write(".git/script", script + "\n");
    return test::run_shell(".git/script", room_.path());
  }
  void git(const std::string& script) {
    const auto ran = run(script);
    EXPECT_EQ(ran.exit, 0) << script << "\n" << ran.err;
  }
  void commit() { git("git add specs && git commit -q --allow-empty -m x"); }
  void write(std::string ReplayCase::*version) {
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      room_.write(replay_path(i), cases_[i].*version);
    }
  }

  const std::vector<ReplayCase>& cases_;
  test::TempFolder room_;
};

void print_replays(const char* what, const ReplayTally& tally) {
  std::cout << fmt::format("| {} | {} | {} | {} | {} | {} |\n", what, tally.right, tally.conflicts,
                           tally.lost, tally.no_json, tally.faulty);
}

TEST(Replays, of_two_branches_keep_everything_with_our_driver) {
  const char* set = std::getenv("SDD_REPLAY_ROUNDS");
  const std::size_t rounds = set == nullptr ? 1 : std::strtoul(set, nullptr, 10);
  const std::vector<test::SpecFile> files = test::spec_files();
  std::vector<ReplayCase> cases;
  std::uint64_t seed = 1;
  for (std::size_t round = 0; round < rounds; ++round) {
    for (const test::SpecFile& file : files) {
      if (!test::ReadSpec(file.bytes).ok) continue;
      const std::size_t steps = 1 + seed % 4;
      ReplayCase one{file.bytes, test::random_side(file.bytes, ++seed, "x", steps, 0), {}};
      one.theirs = test::random_side(file.bytes, ++seed, "y", steps, 0);
      if (one.ours != one.base && one.theirs != one.base) cases.push_back(std::move(one));
    }
  }
  Replay replay(cases);
  const ReplayTally own = replay.merge("sdd");
  const ReplayTally plain = replay.merge("");
  const ReplayTally joined = replay.merge("union");
  std::cout << cases.size() << " specs, each changed on two branches\n"
            << "| driver | right | conflict | lost | no JSON | new errors |\n";
  print_replays("sdd", own);
  print_replays("git's own", plain);
  print_replays("merge=union", joined);
  EXPECT_GT(cases.size(), 10U);
  EXPECT_EQ(own.wrong(), 0U);
  EXPECT_GT(own.right, 2 * own.conflicts);
  EXPECT_GT(plain.conflicts, 2 * own.conflicts);
  EXPECT_GT(joined.wrong(), 0U);
}

}  // namespace
}  // namespace sdd::repair
