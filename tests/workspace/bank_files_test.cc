#include "workspace/bank_files.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "temp_folder.h"
#include "workspace/layout.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> bank_names(const fs::path& folder) {
  const auto files = bank_files(folder);
  EXPECT_TRUE(files) << files.error().message;
  std::vector<std::string> names;
  for (const BankPath& file : *files) {
    EXPECT_EQ(file.file, (folder / file.name).string());
    names.push_back(file.name);
  }
  return names;
}

TEST(BankFiles, are_the_markdown_files_at_any_depth) {
  const test::TempFolder temp;
  for (const char* file : {"b/current_tasks.md", "b/branch_updates/2026-01-02-b.md",
                           "b/branch_updates/2026-01-02-a.md", "b/specs/work_items/deep/er/x.md",
                           "b/README.md", "b/.hidden.md", "b/notes.txt", "b/x.MD", "b/.git/x.md",
                           "b/.obsidian/deep/x.md", "outside/y.md"}) {
    temp.write(file, "");
  }
  fs::create_directory_symlink("../outside", temp.path() / "b/linked");
  fs::create_directory_symlink(".", temp.path() / "b/loop");
  fs::create_symlink("../outside/y.md", temp.path() / "b/linked.md");
  fs::create_symlink("nowhere", temp.path() / "b/dangling.md");
  fs::create_directory(temp.path() / "b/folder.md");
  EXPECT_EQ(
      bank_names(temp.path() / "b"),
      (std::vector<std::string>{".hidden.md", "README.md", "branch_updates/2026-01-02-a.md",
                                "branch_updates/2026-01-02-b.md", "current_tasks.md", "dangling.md",
                                "linked.md", "specs/work_items/deep/er/x.md"}));
}

TEST(BankFiles, a_folder_that_cannot_be_listed_is_an_error) {
  const test::TempFolder temp;
  EXPECT_FALSE(bank_files(temp.path() / "none"));
  if (geteuid() == 0) return;  // root may list everything
  temp.write("b/shut/x.md", "");
  fs::permissions(temp.path() / "b/shut", fs::perms::none);
  EXPECT_FALSE(bank_files(temp.path() / "b"));
  fs::permissions(temp.path() / "b/shut", fs::perms::owner_all);
}

TEST(BankFolder, each_name_is_tried_and_an_empty_folder_passed_by) {
  for (const char* relative : {"meta/memory_bank", ".memory_bank", "memory_bank", "memory-bank"}) {
    for (const char* content :
         {"branch_updates/x.md", "specs/work_items/x.md", "current_tasks.md"}) {
      const test::TempFolder temp;
      temp.write("meta/memory_bank/README.md", "");
      temp.write(std::string(relative) + "/" + content, "");
      const auto bank = bank_at(temp.path());
      ASSERT_TRUE(bank) << relative << " " << content;
      EXPECT_EQ(bank->folder, temp.path() / relative);
      EXPECT_EQ(bank->root, temp.path());
    }
  }
  const test::TempFolder temp;
  temp.write("memory_bank/guides/x.md", "");
  EXPECT_FALSE(bank_at(temp.path()));
}

TEST(BankFolder, is_found_from_any_folder_below_the_root) {
  const test::TempFolder temp;
  temp.write("repo/.git/HEAD", "");
  temp.write("repo/meta/memory_bank/specs/work_items/x.md", "");
  temp.write("repo/src/deep/code.c", "");
  for (const char* start : {"repo", "repo/src/deep", "repo/meta", "repo/meta/memory_bank",
                            "repo/meta/memory_bank/specs/work_items"}) {
    const auto layout = Layout::find_with_bank({{}, {}, temp.path() / start});
    ASSERT_TRUE(layout) << start << ": " << layout.error().message;
    EXPECT_EQ(layout->root(), temp.path() / "repo") << start;
    EXPECT_EQ(layout->bank_dir(), temp.path() / "repo/meta/memory_bank") << start;
    EXPECT_TRUE(layout->specs_dir().empty()) << start;
  }
}

TEST(BankFolder, the_search_ends_at_the_git_top_level) {
  const test::TempFolder temp;
  temp.write("memory_bank/current_tasks.md", "");
  temp.write("inner/.git", "gitdir: elsewhere");
  temp.write("inner/src/x.c", "");
  const auto layout = Layout::find_with_bank({{}, {}, temp.path() / "inner/src"});
  ASSERT_FALSE(layout);
  EXPECT_EQ(layout.error().kind, ErrorKind::kNotRepository);
  EXPECT_NE(layout.error().message.find("neither a specs folder"), std::string::npos);
}

TEST(BankFolder, lies_beside_the_specs_or_where_the_user_says) {
  const test::TempFolder temp;
  temp.write("repo/meta/sdd/specs/active/a-2026-01-01-001.json", "{}");
  temp.write("repo/.memory_bank/current_tasks.md", "");
  temp.write("repo/odd/notes/x.md", "");
  temp.write("else/meta/memory_bank/current_tasks.md", "");
  const fs::path repo = temp.path() / "repo";
  const auto both = Layout::find_with_bank({{}, {}, repo / "meta/sdd/specs/active"});
  ASSERT_TRUE(both);
  EXPECT_EQ(both->root(), repo);
  EXPECT_EQ(both->bank_dir(), repo / ".memory_bank");
  EXPECT_EQ(both->specs_dir(), repo / "meta/sdd/specs");

  const auto named = Layout::find_with_bank({{}, {}, repo, "odd/notes"});
  ASSERT_TRUE(named);
  EXPECT_EQ(named->bank_dir(), repo / "odd/notes");
  EXPECT_EQ(named->root(), repo);
  // Where there are no specs the bank says what links are relative to.
  const auto alone = Layout::find_with_bank(
      {{}, {}, temp.path() / "else", temp.path() / "else/meta/memory_bank/"});
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->root(), temp.path() / "else");
  EXPECT_EQ(Layout::find_with_bank({{}, {}, repo, "nowhere"}).error().kind, ErrorKind::kNotFound);
}

}  // namespace
}  // namespace sdd::workspace
