// The wrapper script of a live repository works unchanged with our program first on PATH: from any
// folder, with each command, the answers are the same.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "json/tree.h"
#include "shell_run.h"
#include "support.h"
#include "temp_folder.h"

namespace sdd::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kWrapped = "billing-launch-confidence-program-2026-02-11-001";

// What `| jq -e '(.errors == 0) and (.warnings == 0)'` would say; false for no JSON.
bool is_clean(const std::string& document) {
  json::Parser parser;
  json::Tree tree;
  return parser.parse(document, tree) && tree.root().find("errors").integer() == 0 &&
         tree.root().find("warnings").integer() == 0;
}

class Wrapper : public testing::Test {
 protected:
  void SetUp() override {
    const auto corpus = test::shared("corpus/airis");
    if (!corpus) GTEST_SKIP() << "the repository with the wrapper is not there";
    root_ = *corpus;
  }

  test::ShellRan run(const std::string& arguments, const fs::path& folder) const {
    return test::run_shell("'" + (root_ / "meta/tools/sdd").string() + "' " + arguments, folder);
  }

  fs::path root_;
};

TEST_F(Wrapper, answers_alike_from_any_folder) {
  const std::string spec = kWrapped;
  const test::TempFolder elsewhere;
  const std::string schema = "'" + (root_ / "meta/sdd/schema/sdd-spec-schema.json").string() + "'";
  const std::vector<std::string> commands = {"check --json",
                                             "validate --all --json",
                                             "validate " + spec,
                                             "validate --json " + spec,
                                             "check-journaling " + spec,
                                             "check-journaling --json",
                                             "list-specs",
                                             "list-specs --json --detailed",
                                             "find-specs",
                                             "progress " + spec,
                                             "progress --json " + spec,
                                             "status-report " + spec,
                                             "check-complete " + spec,
                                             "check-complete --phase phase-1 " + spec,
                                             "task-info " + spec + " task-1-1",
                                             "get-journal " + spec + " --json",
                                             "stats " + spec,
                                             "analyze-deps " + spec,
                                             "schema",
                                             "schema --schema " + schema,
                                             "rules --json",
                                             "explain SDD302"};
  for (const std::string& command : commands) {
    const test::ShellRan here = run(command, root_);
    EXPECT_NE(here.exit, 3) << command << ": " << here.err;
    EXPECT_FALSE(here.out.empty()) << command;
    for (const fs::path& folder :
         {root_ / "meta" / "sdd" / "specs" / "active", root_ / "meta" / "memory_bank" / "specs",
          elsewhere.path(), fs::path("/")}) {
      const test::ShellRan there = run(command, folder);
      EXPECT_EQ(there.out, here.out) << command << " in " << folder;
      EXPECT_EQ(there.err, here.err) << command << " in " << folder;
      EXPECT_EQ(there.exit, here.exit) << command << " in " << folder;
    }
  }
}

TEST_F(Wrapper, tells_jq_what_the_exit_code_tells_the_shell) {
  std::size_t clean = 0;
  std::size_t checked = 0;
  for (const auto& entry :
       fs::recursive_directory_iterator(root_ / "meta" / "sdd" / "specs" / "completed")) {
    if (entry.path().extension() != ".json") continue;
    const test::ShellRan ran =
        run("validate " + entry.path().stem().string() + " --json", root_ / "meta");
    EXPECT_EQ(is_clean(ran.out), ran.exit == 0) << entry.path() << ran.out;
    clean += is_clean(ran.out) ? 1U : 0U;
    ++checked;
  }
  EXPECT_GT(checked, 10U);
  EXPECT_GT(clean, 0U);
}

TEST_F(Wrapper, names_the_task_whose_journal_entry_was_lost) {
  const test::ShellRan ran = run(std::string("check-journaling --json ") + kWrapped, "/");
  EXPECT_EQ(ran.exit, 2) << ran.err;
  json::Parser parser;
  json::Tree tree;
  ASSERT_TRUE(parser.parse(ran.out, tree)) << ran.out;
  ASSERT_EQ(tree.root().size(), 1U) << ran.out;
  const json::Value lost = *tree.root().elements().begin();
  EXPECT_EQ(lost.find("task_id").string(), "task-3-4-2");
  EXPECT_EQ(lost.find("reason").string(), "lost-entry");
  EXPECT_EQ(lost.find("code").string(), "SDD402");
  EXPECT_EQ(lost.find("parent_id").string(), "task-3-4");
  EXPECT_EQ(lost.find("path").string(),
            std::string("meta/sdd/specs/completed/") + kWrapped + ".json");
}

TEST_F(Wrapper, holds_specs_against_the_schema_of_its_repository) {
  const test::ShellRan schema = run("schema", "/");
  EXPECT_EQ(schema.out, test::read_bytes(root_ / "meta/sdd/schema/sdd-spec-schema.json"));
  const test::ShellRan ran = run(std::string("validate --json ") + kWrapped, "/");
  EXPECT_NE(ran.out.find("meta/sdd/schema/sdd-spec-schema.json"), std::string::npos) << ran.out;
}

TEST_F(Wrapper, changes_specs_with_every_update_command) {
  const test::TempFolder copy;
  for (const char* part : {"meta/tools", "meta/sdd"}) {
    fs::create_directories((copy.path() / part).parent_path());
    fs::copy(root_ / part, copy.path() / part, fs::copy_options::recursive);
  }
  for (const auto& entry : fs::recursive_directory_iterator(copy.path())) {
    fs::permissions(entry.path(), fs::perms::owner_write, fs::perm_options::add);
  }
  root_ = copy.path();
  const std::string spec = kWrapped;
  // Every command line, and the exit code that the file as it stands must give.
  const std::vector<std::pair<std::string, int>> commands = {
      {"update-status " + spec + " verify-4-1 in_progress --note again", 0},
      {"complete-spec " + spec, 5},
      {"mark-blocked " + spec + " verify-4-1 --reason 'no access' --type resource", 0},
      {"complete-task " + spec + " verify-4-1", 5},
      {"unblock-task " + spec + " verify-4-1 --resolution 'access came'", 0},
      {"add-verification " + spec + " verify-4-1 PASSED --command 'make check'", 0},
      {"complete-task " + spec + " verify-4-1 --note done --json", 0},
      {"add-journal " + spec + " --title T --content C --task-id task-3-4-2", 0},
      {"bulk-journal " + spec, 0},
      {"add-revision " + spec + " 9.9 'more'", 0},
      {"add-assumption " + spec + " 'it holds'", 0},
      {"sync-metadata " + spec, 0},
      {"set-metadata " + spec + " task-1-1 risk_level low", 0},
      {"add-task " + spec + " phase-1 --title 'One more' --category research", 0},
      {"update-status --json " + spec + " task-9 completed", 3},
      {"move-spec " + spec + " archived", 0},
      {"activate-spec " + spec, 0},
      {"create 'New thing'", 0},
      {"history " + spec, 0}};
  for (const auto& [command, expected] : commands) {
    const test::ShellRan ran = run(command, "/");
    EXPECT_EQ(ran.exit, expected) << command << "\n" << ran.out << ran.err;
  }
  EXPECT_EQ(run("check-journaling " + spec, "/").exit, 0) << "the lost entry was written again";
  const test::ShellRan after = run("validate --json " + spec, "/");
  EXPECT_NE(after.out.find("\"errors\":0"), std::string::npos) << after.out;
}

TEST_F(Wrapper, passes_failures_on) {
  const test::ShellRan missing = run("validate billing-launch --json", "/");
  EXPECT_EQ(missing.exit, 3);
  EXPECT_NE(missing.out.find("\"success\":false"), std::string::npos) << missing.out;
  EXPECT_EQ(run("progress", "/").exit, 3);
}

}  // namespace
}  // namespace sdd::cli
