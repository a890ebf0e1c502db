#include "git/repository.h"

#include <gtest/gtest.h>

#include <fstream>

#include "shell_run.h"
#include "store/hash.h"
#include "temp_folder.h"

namespace sdd::git {
namespace {

// A repository made by the real git.
class GitRepository : public testing::Test {
 protected:
  void SetUp() override {
    git("init -q -b main .");
    git("config user.name 'Ann Example'");
    git("config user.email ann@example.org");
  }

  void git(const std::string& words, const std::string& environment = "") const {
    const std::string script = "-c \"git " + words + "\"";
    const auto ran = test::run_shell(script, folder.path(), environment);
    ASSERT_EQ(ran.exit, 0) << words << "\n" << ran.err;
  }

  std::unique_ptr<Repository> open(const std::string& below = "") const {
    auto opened = open_repository(folder.path() / below);
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? std::move(*opened) : nullptr;
  }

  const test::TempFolder folder;
};

TEST_F(GitRepository, is_found_from_a_folder_below) {
  folder.write("a/b/x.json", "{}");
  EXPECT_EQ(open("a/b")->top_level(), folder.path());
}

TEST_F(GitRepository, of_nothing_is_told) {
  const test::TempFolder none;
  const auto opened = open_repository(none.path());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::kNotRepository);
}

TEST_F(GitRepository, branch_is_known_before_the_first_commit_and_not_when_detached) {
  EXPECT_EQ(open()->branch().value(), "main");
  git("commit -q --allow-empty -m one");
  git("checkout -q -b topic/x");
  EXPECT_EQ(open()->branch().value(), "topic/x");
  git("checkout -q --detach");
  EXPECT_EQ(open()->branch().value(), "");
}

TEST_F(GitRepository, holds_what_was_added_also_when_packed) {
  folder.write("x.json", "{\"a\": 1}");
  const std::string id = store::git_blob_id("{\"a\": 1}");
  EXPECT_FALSE(open()->holds_blob(id).value());
  git("add x.json");
  EXPECT_TRUE(open()->holds_blob(id).value());
  EXPECT_EQ(open()->head_blob("x.json").value(), "");
  git("commit -q -m one");
  git("gc -q");
  EXPECT_TRUE(open()->holds_blob(id).value());
  EXPECT_FALSE(open()->holds_blob(store::git_blob_id("else")).value());
  EXPECT_FALSE(open()->holds_blob("no id"));
  EXPECT_EQ(open()->head_blob("x.json").value(), id);
  EXPECT_EQ(open()->head_blob("y.json").value(), "");
}

TEST_F(GitRepository, head_moves_by_commit_and_checkout) {
  EXPECT_FALSE(open()->head_moved().value());
  git("commit -q --allow-empty -m one", "GIT_COMMITTER_DATE='2026-01-02T03:04:05Z'");
  EXPECT_EQ(format_rfc3339(*open()->head_moved().value()), "2026-01-02T03:04:05.000000Z");
  git("checkout -q -b topic", "GIT_COMMITTER_DATE='2026-01-03T00:00:00Z'");
  EXPECT_EQ(format_rfc3339(*open()->head_moved().value()), "2026-01-03T00:00:00.000000Z");
}

TEST_F(GitRepository, a_worktree_has_a_head_of_its_own) {
  git("commit -q --allow-empty -m one", "GIT_COMMITTER_DATE='2026-01-02T03:04:05Z'");
  git("worktree add -q tree -b other", "GIT_COMMITTER_DATE='2026-01-04T00:00:00Z'");
  EXPECT_EQ(open("tree")->branch().value(), "other");
  EXPECT_EQ(open("tree")->top_level(), folder.path() / "tree");
  EXPECT_EQ(format_rfc3339(*open()->head_moved().value()), "2026-01-02T03:04:05.000000Z");
}

TEST_F(GitRepository, tells_who_commits_there) {
  EXPECT_EQ(user_name(folder.path()).value(), "Ann Example");
}

}  // namespace
}  // namespace sdd::git
