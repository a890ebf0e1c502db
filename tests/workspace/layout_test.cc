#include "workspace/layout.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "temp_folder.h"

namespace sdd::workspace {
namespace {

namespace fs = std::filesystem;

Result<Layout> found_from(const fs::path& start) { return Layout::find({{}, {}, start}); }

TEST(Layout, is_found_from_the_root_and_from_any_folder_below) {
  const test::TempFolder temp;
  temp.write("repo/.git/HEAD", "");
  temp.write("repo/meta/sdd/specs/active/a-2026-01-01-001.json", "{}");
  temp.write("repo/meta/memory_bank/specs/work_items/x.md", "");
  temp.write("repo/src/deep/code.c", "");
  for (const char* start :
       {"repo", "repo/src/deep", "repo/meta", "repo/meta/sdd", "repo/meta/sdd/specs",
        "repo/meta/sdd/specs/active", "repo/meta/memory_bank/specs/work_items"}) {
    const auto layout = found_from(temp.path() / start);
    ASSERT_TRUE(layout) << start << ": " << layout.error().message;
    EXPECT_EQ(layout->root(), temp.path() / "repo") << start;
    EXPECT_EQ(layout->specs_dir(), temp.path() / "repo/meta/sdd/specs") << start;
    EXPECT_TRUE(layout->detected());
  }
}

TEST(Layout, each_relative_path_is_tried_and_a_folder_without_status_passed_by) {
  for (const char* relative : {"specs", "sdd/specs", "meta/sdd/specs", "meta/specs"}) {
    const test::TempFolder temp;
    temp.write("specs/work_items/x.md", "");
    temp.write(std::string(relative) + "/pending/a.json", "{}");
    const auto layout = found_from(temp.path());
    ASSERT_TRUE(layout) << relative;
    EXPECT_EQ(layout->specs_dir(), temp.path() / relative);
    EXPECT_EQ(layout->root(), temp.path());
  }
}

TEST(Layout, the_search_ends_at_the_git_top_level) {
  const test::TempFolder temp;
  temp.write("specs/active/a.json", "{}");
  temp.write("inner/.git", "gitdir: elsewhere");
  temp.write("inner/src/x.c", "");
  const auto layout = found_from(temp.path() / "inner/src");
  ASSERT_FALSE(layout);
  EXPECT_EQ(layout.error().kind, ErrorKind::kNotRepository);
}

TEST(Layout, takes_what_the_user_names) {
  const test::TempFolder temp;
  temp.write("a/meta/sdd/specs/active/x.json", "{}");
  temp.write("b/odd/active/y.json", "{}");
  const auto named = Layout::find({{}, "odd", temp.path() / "b"});
  ASSERT_TRUE(named);
  EXPECT_EQ(named->specs_dir(), temp.path() / "b/odd");
  EXPECT_EQ(named->root(), temp.path() / "b");
  EXPECT_FALSE(named->detected());
  const auto rooted = Layout::find({"../a/", {}, temp.path() / "b"});
  ASSERT_TRUE(rooted);
  EXPECT_EQ(rooted->root(), temp.path() / "a");
  const auto both = Layout::find({temp.path() / "a", temp.path() / "b/odd", temp.path()});
  ASSERT_TRUE(both);
  EXPECT_EQ(both->root(), temp.path() / "a");
  EXPECT_EQ(both->specs_dir(), temp.path() / "b/odd");
  EXPECT_EQ(Layout::find({"nowhere", {}, temp.path()}).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(Layout::find({{}, "nowhere", temp.path()}).error().kind, ErrorKind::kNotFound);
}

TEST(Layout, lists_specs_and_nothing_else) {
  const test::TempFolder temp;
  for (const char* file : {"specs/active/b.json", "specs/active/a.json", "specs/completed/c.json",
                           "specs/active/.hidden.json", "specs/active/a.json.tmp",
                           "specs/active/notes.md", "specs/active/sub/contract.json",
                           "specs/.backups/old.json", "specs/top.json", "specs/active/.json"}) {
    temp.write(file, "{}");
  }
  const auto layout = found_from(temp.path());
  ASSERT_TRUE(layout);
  std::string ids;
  const auto specs = layout->specs();
  ASSERT_TRUE(specs);
  for (const SpecPath& spec : *specs) ids += spec.status_folder + "/" + spec.id + " ";
  EXPECT_EQ(ids, "active/a active/b completed/c ");
}

TEST(Layout, a_status_folder_that_cannot_be_listed_is_an_error) {
  const test::TempFolder temp;
  temp.write("specs/active/a.json", "{}");
  fs::create_symlink("loop", temp.path() / "specs/loop");
  fs::create_symlink("loop", temp.path() / "specs/completed");
  const auto layout = found_from(temp.path());
  ASSERT_TRUE(layout);
  const auto specs = layout->specs();
  ASSERT_FALSE(specs);
  EXPECT_EQ(specs.error().kind, ErrorKind::kIo);
}

TEST(ResolveSpec, takes_ids_and_paths) {
  const test::TempFolder temp;
  temp.write("specs/completed/x-2026-01-01-001.json", "{}");
  temp.write("specs/pending/x-2026-01-01-001.json", "{}");
  temp.write("specs/active/other-2026-01-01-001.json", "{}");
  temp.write("loose.json", "{}");
  const auto layout = found_from(temp.path());
  ASSERT_TRUE(layout);
  const auto resolve = [&](const std::string& word) {
    return resolve_spec(word, &*layout, temp.path());
  };
  // Folders are looked up in the order pending, active, completed, archived.
  EXPECT_EQ(resolve("x-2026-01-01-001")->status_folder, "pending");
  EXPECT_EQ(resolve("x-2026-01-01-001.json")->status_folder, "pending");
  EXPECT_EQ(resolve("specs/completed/x-2026-01-01-001.json")->status_folder, "completed");
  EXPECT_EQ(resolve("loose.json")->file, temp.path() / "loose.json");
  EXPECT_EQ(resolve("loose.json")->status_folder, "");
  EXPECT_EQ(resolve((temp.path() / "loose.json").string())->id, "loose");
  const auto missing = resolve("othr-2026-01-01-001");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::kNotFound);
  ASSERT_FALSE(missing.error().candidates.empty());
  EXPECT_EQ(missing.error().candidates[0], "other-2026-01-01-001");
  EXPECT_EQ(resolve("./nothing.json").error().kind, ErrorKind::kNotFound);
  for (const char* word : {"", ".", ".."}) {
    EXPECT_EQ(resolve(word).error().kind, ErrorKind::kUsage) << word;
  }
}

TEST(Layout, shows_paths_relative_to_the_root_where_they_lie_below_it) {
  const test::TempFolder temp;
  temp.write("repo/specs/active/a.json", "{}");
  const auto layout = found_from(temp.path() / "repo");
  ASSERT_TRUE(layout);
  EXPECT_EQ(layout->shown(temp.path() / "repo/specs/active/a.json"), "specs/active/a.json");
  EXPECT_EQ(layout->shown("/etc/hosts"), "/etc/hosts");
}

}  // namespace
}  // namespace sdd::workspace
