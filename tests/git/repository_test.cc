#include "git/repository.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <set>

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

// As git does: a repository that belongs to somebody else may bring configuration that runs
// programs.
TEST_F(GitRepository, of_somebody_else_is_opened_only_when_it_is_trusted) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a file away";
  constexpr uid_t kSomebody = 4711;
  ASSERT_EQ(::chown(folder.path().c_str(), kSomebody, kSomebody), 0);
  ASSERT_EQ(::chown((folder.path() / ".git").c_str(), kSomebody, kSomebody), 0);
  const auto opened = open_repository(folder.path());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::kPermission) << opened.error().message;
  folder.write("home/.gitconfig", "[safe]\n\tdirectory = " + folder.path().string() + "\n");
  const auto trusted = test::run_shell("-c 'sdd hook pre-commit'", folder.path(),
                                       "HOME='" + (folder.path() / "home").string() + "'");
  EXPECT_EQ(trusted.exit, 0) << trusted.err;
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

TEST_F(GitRepository, gives_bytes_of_blobs_as_they_were_added) {
  const std::string bytes("{\"a\":\0 \r\n", 10);
  folder.write("x.json", bytes);
  git("add x.json");
  EXPECT_EQ(open()->index_blob("x.json", 0).value(), store::git_blob_id(bytes));
  EXPECT_EQ(open()->index_blob("y.json", 0).value(), "");
  EXPECT_EQ(open()->blob(store::git_blob_id(bytes)).value(), bytes);
  const auto none = open()->blob(store::git_blob_id("else"));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::kNotFound);
  EXPECT_FALSE(open()->blob("no id"));
}

TEST_F(GitRepository, index_has_three_stages_while_a_merge_is_unfinished) {
  const auto commit = [&](const std::string& bytes) {
    folder.write("x.json", bytes);
    git("add x.json");
    git("commit -q -m x");
  };
  commit("base");
  git("checkout -q -b topic");
  commit("theirs");
  git("checkout -q main");
  commit("ours");
  const auto merged = test::run_shell("-c \"git merge -q topic\"", folder.path(), "");
  ASSERT_NE(merged.exit, 0);
  const auto repository = open();
  EXPECT_EQ(repository->index_blob("x.json", 0).value(), "");
  EXPECT_EQ(repository->index_blob("x.json", 1).value(), store::git_blob_id("base"));
  EXPECT_EQ(repository->index_blob("x.json", 2).value(), store::git_blob_id("ours"));
  EXPECT_EQ(repository->index_blob("x.json", 3).value(), store::git_blob_id("theirs"));
}

TEST_F(GitRepository, finds_a_file_in_a_revision) {
  folder.write("a/x.json", "one");
  git("add . && git commit -q -m one && git tag -a -m v v1");
  folder.write("a/x.json", "two");
  git("commit -q -a -m two");
  EXPECT_EQ(open()->blob_at("HEAD~1", "a/x.json").value(), store::git_blob_id("one"));
  EXPECT_EQ(open()->blob_at("v1", "a/x.json").value(), store::git_blob_id("one"));
  EXPECT_EQ(open()->blob_at("v1", "a").value(), "");
  EXPECT_EQ(open()->blob_at("main", "y.json").value(), "");
  const auto none = open()->blob_at("nowhere", "a/x.json");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::kNotFound);
}

TEST_F(GitRepository, versions_follow_the_file_through_folders_newest_first) {
  EXPECT_TRUE(open()->versions({"active/x"}, 9, true).value().empty());
  int minute = 10;
  const auto commit = [&](const std::string& path, const std::string& bytes) {
    folder.write(path, bytes);
    const std::string date = "2026-01-02T03:" + std::to_string(minute++) + ":00Z";
    git("add . && git commit -q -m x",
        "GIT_COMMITTER_DATE='" + date + "' GIT_AUTHOR_DATE='" + date + "'");
  };
  commit("active/x", "one");
  commit("else", "else");
  commit("active/x", "two");
  git("checkout -q -b topic");
  commit("active/x", "side");
  git("checkout -q main");
  folder.write("completed/y", "");
  git("mv active/x completed/x");
  commit("completed/x", "three");
  const auto found = open()->versions({"active/x", "completed/x"}, 9, false).value();
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].blob, store::git_blob_id("three"));
  EXPECT_EQ(found[0].path, "completed/x");
  EXPECT_EQ(found[1].blob, store::git_blob_id("two"));
  EXPECT_EQ(found[2].blob, store::git_blob_id("one"));
  EXPECT_EQ(open()->blob_at(found[1].commit, found[1].path).value(), found[1].blob);
  const auto all = open()->versions({"active/x", "completed/x"}, 9, true).value();
  ASSERT_EQ(all.size(), 4U);
  EXPECT_TRUE(all[2].ours);
  EXPECT_FALSE(all[3].ours);
  EXPECT_EQ(all[3].blob, store::git_blob_id("side"));
  EXPECT_EQ(open()->versions({"active/x", "completed/x"}, 2, true).value().size(), 2U);
}

TEST_F(GitRepository, versions_of_a_stash_and_of_an_amended_commit_are_found) {
  folder.write("x", "one");
  git("add . && git commit -q -m one");
  folder.write("x", "amended away");
  git("commit -q -a -m two");
  folder.write("x", "two");
  git("commit -q -a --amend -m two");
  folder.write("x", "stashed");
  git("stash -q");
  std::set<std::string> blobs;
  const auto found = open()->versions({"x"}, 9, true).value();
  for (const FileVersion& one : found) blobs.insert(one.blob);
  EXPECT_EQ(blobs, (std::set<std::string>{store::git_blob_id("one"), store::git_blob_id("two"),
                                          store::git_blob_id("amended away"),
                                          store::git_blob_id("stashed")}));
}

TEST_F(GitRepository, knows_its_other_worktrees_from_each_of_them) {
  git("commit -q --allow-empty -m one");
  EXPECT_TRUE(open()->other_worktrees().value().empty());
  git("worktree add -q one -b one");
  git("worktree add -q two -b two");
  const std::filesystem::path top = folder.path();
  using Folders = std::vector<std::filesystem::path>;
  EXPECT_EQ(open()->other_worktrees().value(), (Folders{top / "one", top / "two"}));
  EXPECT_EQ(open("one")->other_worktrees().value(), (Folders{top, top / "two"}));
  std::filesystem::remove_all(top / "two");
  EXPECT_EQ(open()->other_worktrees().value(), (Folders{top / "one"}));
}

std::vector<std::string> paths_of(const Result<std::vector<PathChange>>& changes) {
  EXPECT_TRUE(changes) << changes.error().message;
  std::vector<std::string> paths;
  for (const PathChange& change : *changes) paths.push_back(change.path);
  return paths;
}

const State kIndex{State::Kind::kIndex};
const State kWorkTree{State::Kind::kWorkTree};
using Paths = std::vector<std::string>;

TEST_F(GitRepository, says_what_differs_between_states) {
  folder.write("a/one.json", "1");
  folder.write("a/two.json", "2");
  folder.write("b/three.json", "3");
  git("add .");
  const State none;
  EXPECT_EQ(paths_of(open()->changes(none, kIndex, {"a"})), (Paths{"a/one.json", "a/two.json"}));
  git("commit -q -m first");
  const State head{State::Kind::kRevision, "HEAD"};
  EXPECT_EQ(paths_of(open()->changes(head, kIndex, {"a", "b"})), Paths{});
  folder.write("a/one.json", "11");
  folder.write("a/new.json", "new");
  folder.write("c/other.json", "");
  EXPECT_EQ(paths_of(open()->changes(head, kIndex, {""})), Paths{});
  EXPECT_EQ(paths_of(open()->changes(head, kWorkTree, {"a", "b"})),
            (Paths{"a/new.json", "a/one.json"}));
  git("add a");
  git("rm -q b/three.json");
  const auto staged = open()->changes(head, kIndex, {""});
  EXPECT_EQ(paths_of(staged), (Paths{"a/new.json", "a/one.json", "b/three.json"}));
  EXPECT_EQ(staged->at(0).before, "");
  EXPECT_EQ(staged->at(1).after, store::git_blob_id("11"));
  EXPECT_FALSE(staged->at(2).is_there);
  git("commit -q -m second");
  EXPECT_EQ(paths_of(open()->changes({State::Kind::kRevision, "HEAD~1"}, head, {"b"})),
            Paths{"b/three.json"});
  EXPECT_EQ(open()->changes({State::Kind::kRevision, "nowhere"}, head, {""}).error().kind,
            ErrorKind::kNotFound);
}

TEST_F(GitRepository, lists_the_files_of_a_state) {
  folder.write("a/x/one.json", "1");
  folder.write("ab.json", "2");
  git("add .");
  git("commit -q -m first");
  git("rm -q --cached ab.json");
  const auto names = [&](const State& state, const std::string& below) {
    std::vector<std::string> paths;
    const auto files = open()->files(state, below);
    EXPECT_TRUE(files) << files.error().message;
    for (const TreeFile& file : *files) paths.push_back(file.path);
    return paths;
  };
  const State head{State::Kind::kRevision, "HEAD"};
  EXPECT_EQ(names(head, ""), (Paths{"a/x/one.json", "ab.json"}));
  EXPECT_EQ(names(kIndex, ""), Paths{"a/x/one.json"});
  EXPECT_EQ(names(head, "a"), Paths{"a/x/one.json"});
  EXPECT_EQ(names(kIndex, "a"), Paths{"a/x/one.json"});
  EXPECT_EQ(names(head, "nothing"), Paths{});
  EXPECT_EQ(names(kIndex, "nothing"), Paths{});
}

TEST_F(GitRepository, knows_commits_their_parents_and_where_they_part) {
  git("commit -q --allow-empty -m base");
  git("checkout -q -b other");
  git("commit -q --allow-empty -m theirs");
  git("checkout -q main");
  git("commit -q --allow-empty -m ours");
  const auto repository = open();
  const std::string base = repository->commit("main~1").value();
  EXPECT_EQ(repository->merge_base("main", "other").value(), base);
  EXPECT_EQ(repository->parents(repository->commit("main").value()).value(), Paths{base});
  EXPECT_EQ(repository->parents(base).value(), Paths{});
  EXPECT_EQ(repository->commits_between({"other"}, "main", 9).value(),
            Paths{repository->commit("main").value()});
  EXPECT_EQ(repository->tips("refs/heads/").value().size(), 2U);
  EXPECT_EQ(repository->commit("nowhere").error().kind, ErrorKind::kNotFound);
  git("checkout -q --orphan alone");
  git("commit -q --allow-empty -m alone");
  EXPECT_EQ(open()->merge_base("main", "alone").value(), "");
}

TEST_F(GitRepository, conflicted_files_are_named) {
  folder.write("x.json", "1");
  git("add .");
  git("commit -q -m base");
  git("checkout -q -b other");
  folder.write("x.json", "2");
  git("commit -q -a -m theirs");
  git("checkout -q main");
  folder.write("x.json", "3");
  git("commit -q -a -m ours");
  EXPECT_EQ(open()->conflicted().value(), Paths{});
  (void)test::run_shell("-c 'git merge other'", folder.path());
  EXPECT_EQ(open()->conflicted().value(), Paths{"x.json"});
  EXPECT_EQ(open()->config("user.name").value(), "Ann Example");
  EXPECT_EQ(open()->config("sdd.path").value(), std::nullopt);
}

TEST_F(GitRepository, knows_all_merge_bases_of_branches_that_were_merged_across) {
  git("commit -q --allow-empty -m base && git tag base && git checkout -q -b topic");
  git("commit -q --allow-empty -m two && git tag two && git checkout -q main");
  git("commit -q --allow-empty -m one && git tag one");
  const auto repository = open();
  using Ids = std::vector<std::string>;
  EXPECT_EQ(repository->merge_bases("main", "topic").value(),
            (Ids{repository->commit("base").value()}));
  git("merge -q --no-edit two && git checkout -q topic && git merge -q --no-edit one");
  Ids found = repository->merge_bases("main", "topic").value();
  EXPECT_EQ(std::set<std::string>(found.begin(), found.end()),
            (std::set<std::string>{repository->commit("one").value(),
                                   repository->commit("two").value()}));
  git("checkout -q --orphan other && git commit -q --allow-empty -m other");
  EXPECT_TRUE(repository->merge_bases("main", "other").value().empty());
  EXPECT_FALSE(repository->merge_bases("main", "nowhere"));
}

}  // namespace
}  // namespace sdd::git
