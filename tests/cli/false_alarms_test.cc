// What git and people do to a spec between updates, with the real git: none of it is taken for an
// update that was lost (SDD901). And what is lost is told, whatever happens afterwards.
#include <gtest/gtest.h>

#include "shell_run.h"
#include "spec_document.h"
#include "temp_folder.h"

namespace sdd::test {
namespace {

constexpr const char* kPreamble = R"(set -eu
unset SDD_NOW  # git has no clock of that kind
export GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=A
export GIT_COMMITTER_EMAIL=a@b GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=init.defaultBranch
export GIT_CONFIG_VALUE_0=main
FILE=specs/active/demo-2026-01-02-001.json
SPEC=demo-2026-01-02-001
update() { sdd --quiet "$@" >/dev/null; }
entry() { update add-journal $SPEC --title "$1" --content x --request-id "$1"; }
stated() { grep -c "$1" $FILE || true; }
)";

class FalseAlarms : public testing::Test {
 protected:
  void SetUp() override {
    folder.write(
        "specs/active/demo-2026-01-02-001.json",
        spec_json({{.id = "spec-root", .type = "spec", .children = {"phase-1"}, .total = "2"},
                   {.id = "phase-1",
                    .type = "phase",
                    .parent = "spec-root",
                    .children = {"task-1-1", "task-1-2"},
                    .total = "2"},
                   {.id = "task-1-1", .parent = "phase-1"},
                   {.id = "task-1-2", .parent = "phase-1"}},
                  R"("metadata": {}, "journal": [],)"));
    // Long ago, so that git's clock of whole seconds does not cover what follows.
    run("export GIT_COMMITTER_DATE='2026-01-03T00:00:00Z'\n"
        "git init -q . && git add specs && git commit -qm first");
  }

  // Runs lines of shell; they must succeed.
  std::string run(const std::string& lines) {
    folder.write("story.sh", kPreamble + lines + "\n");
    const ShellRan ran = run_shell("story.sh", folder.path());
    EXPECT_EQ(ran.exit, 0) << lines << "\n" << ran.out << ran.err;
    return ran.out;
  }

  // The SDD901 findings of `level`, by what their help would forget, one a line.
  std::string lost(const std::string& level = "error") {
    return run(
        "sdd validate $SPEC --select SDD901 --fail-on never |"
        "  awk '/" +
        level +
        "\\[SDD901\\]/ {on = 1} /^[^ ]/ && !/SDD901/ {on = 0}"
        "       on && match($0, /--forget [^\\x27]*/) {"
        "         print substr($0, RSTART + 9, RLENGTH - 9); on = 0}'");
  }

  TempFolder folder;
};

TEST_F(FalseAlarms, an_update_that_an_old_copy_overwrote_is_told) {
  run("cp $FILE old; entry gone; sed -i 's/\"title\": \"T\"/\"title\": \"U\"/' old; cp old $FILE");
  EXPECT_EQ(lost(), "gone\n");
}

TEST_F(FalseAlarms, the_next_update_does_not_hide_it) {
  run("cp $FILE old; entry gone; sed -i 's/\"title\": \"T\"/\"title\": \"U\"/' old; cp old $FILE\n"
      "entry next; update complete-task $SPEC task-1-1");
  EXPECT_EQ(lost(), "gone\n");
  EXPECT_EQ(lost("note"), "");
}

TEST_F(FalseAlarms, two_updates_of_one_task_that_went_together_are_told) {
  run("cp $FILE old\n"
      "update update-status $SPEC task-1-1 in_progress --note one --request-id one\n"
      "update update-status $SPEC task-1-1 completed --note two --request-id two\n"
      "sed -i 's/\"title\": \"T\"/\"title\": \"U\"/' old; cp old $FILE");
  EXPECT_EQ(lost(), "two\none\n");
}

TEST_F(FalseAlarms, an_older_version_that_agrees_in_parts_hides_nothing) {
  run("status() { update update-status $SPEC task-1-1 $1 --note $2 --request-id $2; }\n"
      "status in_progress one; cp $FILE old; status pending two; status in_progress three\n"
      "sed -i 's/\"title\": \"T\"/\"title\": \"U\"/' old; cp old $FILE");
  EXPECT_EQ(lost(), "three\n");
}

TEST_F(FalseAlarms, git_restore) {
  run("entry taken-back; git restore $FILE; test $(stated taken-back) = 0");
  EXPECT_EQ(lost() + lost("note"), "");
  run("entry next");
  EXPECT_EQ(lost() + lost("note"), "") << "an update on top of what was restored";
}

TEST_F(FalseAlarms, what_git_took_back_or_somebody_overwrote_is_a_note) {
  run("entry perhaps; git restore $FILE; entry next\n"
      "sed -i '0,/\"title\": \"T\"/s//\"title\": \"By hand\"/' $FILE");
  EXPECT_EQ(lost(), "");
  EXPECT_EQ(lost("note"), "perhaps\n");
}

TEST_F(FalseAlarms, git_stash) {
  run("entry stashed; git stash -q; test $(stated stashed) = 0");
  EXPECT_EQ(lost() + lost("note"), "");
  run("git stash pop -q; test $(stated stashed) = 1");
  EXPECT_EQ(lost() + lost("note"), "");
}

TEST_F(FalseAlarms, a_branch_switch) {
  run("git switch -qc work; entry on-a-branch; git commit -qam work; git switch -q main\n"
      "test $(stated on-a-branch) = 0");
  EXPECT_EQ(lost() + lost("note"), "");
  run("entry on-main");
  EXPECT_EQ(lost() + lost("note"), "");
}

TEST_F(FalseAlarms, a_rebase) {
  run("git switch -qc work; entry one; git commit -qam one\n"
      "git switch -q main; sed -i 's/\"title\": \"T\",$/\"title\": \"New\",/' $FILE\n"
      "git commit -qam main; git switch -q work; git rebase -q main || {\n"
      "  git checkout -q --theirs $FILE; git add $FILE; GIT_EDITOR=true git rebase --continue; }");
  EXPECT_EQ(lost() + lost("note"), "");
}

TEST_F(FalseAlarms, a_commit_that_is_dropped) {
  run("entry one; git commit -qam one; git reset -q --hard HEAD~1; test $(stated one) = 0");
  EXPECT_EQ(lost() + lost("note"), "");
}

TEST_F(FalseAlarms, a_pull) {
  run("git clone -q . other; cd other; entry theirs; git commit -qam theirs; cd ..\n"
      "git config pull.rebase false; git pull -q other main; test $(stated theirs) = 1");
  EXPECT_EQ(lost() + lost("note"), "");
  run("entry ours; git commit -qam ours; cd other; entry more; git commit -qam more; cd ..\n"
      "git pull -q other main || { git checkout -q --theirs $FILE; git commit -qam merged; }\n"
      "test $(stated ours) = 0");
  EXPECT_EQ(lost() + lost("note"), "") << "whoever merged has seen it";
}

TEST_F(FalseAlarms, edits_by_hand) {
  run("entry noted; update update-status $SPEC task-1-1 in_progress --note n --request-id status\n"
      "sed -i 's/\"noted\"/\"noted better\"/; s/\"title\": \"T\"/\"title\": \"Title\"/' $FILE\n"
      "test $(stated 'noted better') = 1");
  EXPECT_EQ(lost() + lost("note"), "");
  run("python3 -c 'import json; d = json.load(open(\"'$FILE'\"));"
      " json.dump(d, open(\"'$FILE'\", \"w\"), indent=4)'; entry next");
  EXPECT_EQ(lost() + lost("note"), "") << "written anew by another program, nothing left out";
}

TEST_F(FalseAlarms, a_log_that_is_cut_off) {
  run("entry one; entry two; cp $FILE at-two; entry three\n"
      "LOG=specs/.sdd/log/$SPEC.jsonl; head -c $(($(stat -c %s $LOG) - 700)) $LOG > cut; cp cut "
      "$LOG");
  EXPECT_EQ(lost() + lost("note"), "");
  run("entry four; rm specs/.sdd/log/*; entry five");
  EXPECT_EQ(lost() + lost("note"), "");
  run("sed -i 's/\"title\": \"T\"/\"title\": \"U\"/' at-two; cp at-two $FILE; entry six");
  EXPECT_EQ(lost(), "five\n") << "the others nobody knows of";
}

}  // namespace
}  // namespace sdd::test
