// How files find each other, in which order entries stand, and the rules that compare entries
// (SDD611, SDD612) or look at what lies beside the specs (SDD908).
#include "rules/repository.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "bench/random.h"
#include "rules/linked_files.h"

namespace sdd::test {
namespace {

std::vector<std::string> titles_of(const rules::Repository& repository) {
  std::vector<std::string> titles;
  for (const rules::EntryView& view : repository.entries()) {
    titles.emplace_back(view.entry->title.view());
  }
  return titles;
}

using Titles = std::vector<std::string>;

TEST(Repository, entries_stand_in_the_order_of_time) {
  const LinkedRepository repository(
      {log_file({log_entry({.title = "c1", .date = "2026-01-03"}),
                 log_entry({.title = "c2", .date = "2026-01-03"}),
                 log_entry({.title = "a", .date = "2026-01-01"})},
                "branch_updates/2026-01-03-b.md"),
       log_file({log_entry({.title = "b", .date = "2026-01-03", .open = true})},
                "branch_updates/2026-01-02-a.md"),
       // The newest entry of current_tasks.md stands first; it comes after the logs of its day.
       log_file({log_entry({.title = "e2", .date = "2026-01-03"}),
                 log_entry({.title = "e1", .date = "2026-01-03"}),
                 log_entry({.title = "d", .date = "2026-01-02"})},
                "current_tasks.md")});
  EXPECT_EQ(titles_of(repository.view()), (Titles{"a", "d", "b", "c1", "c2", "e1", "e2"}));
}

TEST(Repository, an_entry_without_a_date_has_that_of_its_file_or_comes_first) {
  const LinkedRepository repository(
      {log_file({log_entry({.title = "2", .date = ""})}, "branch_updates/2026-01-03-b.md"),
       log_file({log_entry({.title = "1", .date = "2026-01-02"}),
                 log_entry({.title = "3", .date = "2026-01-04 (released)"})},
                "branch_updates/2026-01-01-a.md"),
       log_file({log_entry({.title = "0", .date = "soon"})}, "branch_updates/undated.md")});
  EXPECT_EQ(titles_of(repository.view()), (Titles{"0", "1", "2", "3"}));
}

TEST(Repository, follows_links_from_file_to_file) {
  const std::string other = "meta/sdd/specs/active/pier-2026-01-05-001.json";
  const LinkedRepository linked(
      {spec_file({}), spec_file({.path = other}), item_file({}),
       log_file({log_entry({.title = "by item"}),
                 log_entry({.title = "by both", .sdd_spec = other}),
                 log_entry({.title = "by spec", .spec = "N/A", .sdd_spec = other}),
                 log_entry({.title = "dead", .sdd_spec = "`meta/sdd/specs/active/gone.json`"}),
                 log_entry({.title = "alone", .spec = ""})})});
  const rules::Repository& repository = linked.view();
  ASSERT_EQ(repository.items().size(), 1U);
  const rules::ItemView& item = repository.items()[0];
  EXPECT_EQ(item.spec->path, kLinkedSpec);
  EXPECT_EQ(item.entries.size(), 3U);
  EXPECT_EQ(item.last_entry()->entry->title.view(), "dead");
  std::string told;
  for (const rules::EntryView& view : repository.entries()) {
    told += std::string(view.entry->title.view()) + (view.item != nullptr ? " i" : "") + " " +
            (view.spec != nullptr ? view.spec->id.substr(0, 4) : "-") + "; ";
  }
  EXPECT_EQ(told, "by item i demo; by both i pier; by spec pier; dead i demo; alone -; ");
}

TEST(Repository, finds_a_spec_by_path_and_by_id_in_lookup_order) {
  const LinkedRepository linked({spec_file({}), spec_file({.path = kActiveSpec})});
  const rules::Repository& repository = linked.view();
  EXPECT_EQ(repository.spec_at("./" + kLinkedSpec)->status_folder, "completed");
  EXPECT_EQ(repository.spec_with_id("demo-2026-01-02-001")->status_folder, "active");
  EXPECT_EQ(repository.specs_with_id("demo-2026-01-02-001").size(), 2U);
  EXPECT_EQ(repository.spec_with_id("demo"), nullptr);
  EXPECT_EQ(repository.spec_at(""), nullptr);
  EXPECT_EQ(repository.item_at(kLinkedItem), nullptr);
  EXPECT_FALSE(repository.exists(""));
  EXPECT_FALSE(repository.exists("/"));
  EXPECT_FALSE(repository.exists(".."));
}

// Everything that can be wrong at once.
std::vector<LinkedFile> tangled_files() {
  const std::string pier = "meta/memory_bank/specs/work_items/2026-01-05__bugfix__pier.md";
  const std::string gone = "`meta/memory_bank/specs/work_items/2026-01-05__bugfix__peer.md`";
  return {spec_file({.work_item = ""}),
          spec_file({.path = kActiveSpec, .status = "in_progress", .completed = "1"}),
          spec_file({.path = "meta/sdd/specs/pending/pier-2026-01-05-001.json", .work_item = pier}),
          item_file({.more = "\nSee `meta/memory_bank/gone.md`.\n"}),
          item_file({.path = pier, .spec = "`meta/sdd/specs/active/pier-2026-01-05-001.json`"}),
          item_file({.path = kLinkedBank + "/specs/work_items/2026-01-06__x__y.md",
                     .status = "active",
                     .spec = kActiveSpec}),
          log_file({log_entry({.title = "verify-1-1 waits", .open = true, .summary = "SDD (1/2)"}),
                    log_entry({.title = "verify-1-1 passed"}), log_entry({.spec = gone})}),
          log_file({log_entry({}), log_entry({.title = "verify-1-1 passed"})}, "current_tasks.md"),
          log_file({log_entry({.spec = "N/A", .sdd_spec = kActiveSpec, .summary = "SDD 2/2"})},
                   "branch_updates/2026-01-02-a.md")};
}

TEST(Repository, no_finding_depends_on_the_order_of_the_files) {
  std::vector<LinkedFile> files = tangled_files();
  const std::vector<std::string> leftovers = {"b.json.tmp", "a.json.tmp"};
  const LinkedLines lines = LinkedRepository(files, {}, leftovers).lines("SDD");
  EXPECT_GE(lines.size(), 12U);
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    bench::Random random(seed);
    for (std::size_t i = files.size() - 1; i > 0; --i) {
      std::swap(files[i], files[random.below(i + 1)]);
    }
    EXPECT_EQ(LinkedRepository(files, {}, {leftovers[1], leftovers[0]}).lines("SDD"), lines)
        << seed;
  }
}

TEST(RepeatedEntry, is_told_at_the_later_of_two) {
  const std::string told = " `- [x] **[DEMO]** Demo` the entry stands in '" + kLinkedBank +
                           "/branch_updates/2026-01-03-main.md', line 1, too";
  EXPECT_EQ(
      LinkedRepository({log_file({log_entry({})}), log_file({log_entry({})}, "current_tasks.md")})
          .lines("SDD611"),
      LinkedLines{"SDD611 current_tasks.md:1" + told});
  // The log's entry is the earlier one, whatever the name of its file and whatever else it says.
  EXPECT_EQ(LinkedRepository({log_file({log_entry({}), log_entry({.title = "Else"})}),
                              log_file({log_entry({.date = "2026-01-09", .summary = "Again."})},
                                       "branch_updates/2026-01-01-main.md")})
                .lines("SDD611"),
            LinkedLines{"SDD611 2026-01-01-main.md:1" + told});
  EXPECT_EQ(LinkedRepository({log_file({log_entry({}), log_entry({}), log_entry({})})})
                .lines("SDD611")
                .size(),
            2U);
}

TEST(RepeatedEntry, wants_the_same_title_and_the_same_work) {
  const auto told = [](const EntryWords& first, const EntryWords& second) {
    return LinkedRepository({log_file({log_entry(first), log_entry(second)})})
        .lines("SDD611")
        .size();
  };
  EXPECT_EQ(told({}, {.spec = "./" + kLinkedItem}), 1U);
  EXPECT_EQ(told({}, {.spec = "`meta/memory_bank/specs/../specs/work_items/"
                              "2026-01-02__feature__demo.md`"}),
            1U);
  EXPECT_EQ(told({}, {.title = "demo"}), 0U);
  EXPECT_EQ(told({}, {.spec = "`meta/memory_bank/specs/work_items/2026-01-05__bugfix__pier.md`"}),
            0U);
  EXPECT_EQ(told({.spec = "N/A"}, {.spec = "N/A"}), 0U);
  // What a work item proposes as its entry is meant to be repeated in the log.
  EXPECT_EQ(LinkedRepository({item_file({.more = "\n## Task Entry\n\n" + log_entry({})}),
                              log_file({log_entry({})})})
                .lines("SDD611"),
            LinkedLines{});
}

// Whether the first entry is superseded.
bool is_superseded(const EntryWords& first, const EntryWords& second) {
  const LinkedRepository repository(
      {spec_file({}), item_file({}), log_file({log_entry(first), log_entry(second)})});
  return !repository.lines("SDD612").empty();
}

TEST(SupersededEntry, was_closed_by_a_later_one_about_the_same_node) {
  const EntryWords open{.title = "verify-4-1 waits", .open = true};
  EXPECT_TRUE(is_superseded(open, {.title = "verify-4-1 passed"}));
  EXPECT_TRUE(is_superseded(open, {.title = "Passed: verify-4-1, verify-4-2"}));
  EXPECT_FALSE(is_superseded(open, {.title = "verify-4-2 passed"}));
  EXPECT_FALSE(is_superseded(open, {.title = "verify-4-10 passed"}));
  EXPECT_FALSE(is_superseded(open, {.title = "verify-4-1 waits still", .open = true}));
  EXPECT_FALSE(is_superseded(open, {.title = "verify-4-1 passed", .date = "2026-01-02"}));
  EXPECT_FALSE(is_superseded({.title = "verify-4-1 passed"}, open));
  EXPECT_FALSE(is_superseded({.title = "All waits", .open = true}, {.title = "All is done"}));
  // Of several nodes each must be closed.
  const EntryWords two{.title = "task-1-1 and verify-4-1 wait", .open = true};
  EXPECT_FALSE(is_superseded(two, {.title = "verify-4-1 passed"}));
  EXPECT_TRUE(is_superseded(two, {.title = "task-1-1, verify-4-1 done"}));
}

TEST(SupersededEntry, is_about_the_same_work) {
  const EntryWords open{.title = "verify-4-1 waits", .open = true};
  const std::string other = "`meta/memory_bank/specs/work_items/2026-01-05__bugfix__pier.md`";
  EXPECT_FALSE(is_superseded(open, {.title = "verify-4-1 passed", .spec = other}));
  EXPECT_FALSE(is_superseded(open, {.title = "verify-4-1 passed", .spec = "N/A"}));
  EXPECT_FALSE(is_superseded({.title = "verify-4-1", .spec = "N/A", .open = true},
                             {.title = "verify-4-1", .spec = "N/A"}));
  // By the spec, when that is what both are about.
  EXPECT_TRUE(is_superseded(
      open, {.title = "verify-4-1 passed", .spec = "N/A", .sdd_spec = "`" + kLinkedSpec + "`"}));
  EXPECT_TRUE(is_superseded({.title = "verify-4-1", .spec = other, .open = true},
                            {.title = "verify-4-1", .spec = other}));
}

TEST(LeftoverTempFile, is_told_without_being_read) {
  EXPECT_EQ(LinkedRepository({}, {}, {kActiveSpec + ".tmp", kLinkedSpec + ".tmp"}).lines("SDD9"),
            (LinkedLines{"SDD908 demo-2026-01-02-001.json.tmp a temporary file of a writer, left "
                         "behind or still in use (when nobody is writing, see whether it holds "
                         "what the spec lacks, then delete it)",
                         "SDD908 demo-2026-01-02-001.json.tmp a temporary file of a writer, left "
                         "behind or still in use (when nobody is writing, see whether it holds "
                         "what the spec lacks, then delete it)"}));
}

// Hostile files end in a sentence, not in a list without end.
TEST(Repository, of_too_many_findings_it_says_so) {
  std::string text;
  for (std::size_t i = 0; i < rules::kMaxFindings + 500; ++i) {
    text += "`meta/memory_bank/" + std::to_string(i) + "`\n";
  }
  const LinkedRepository repository({{kLinkedBank + "/guides/many.md", text}});
  EXPECT_EQ(repository.lines("SDD808").size(), rules::kMaxFindings);
  EXPECT_EQ(repository.lines("SDD011"),
            LinkedLines{"SDD011 many.md:1 `` more than 10000 findings about links: the others are "
                        "not told"});
}

// Thousands of dead links, entries and claims take no square of time.
TEST(Repository, follows_many_links_at_once) {
  std::vector<LinkedFile> files = {spec_file({})};
  std::string log;
  for (int i = 0; i < 4'000; ++i) {
    const std::string name = kLinkedBank + "/specs/work_items/2026-01-02__x__" + std::to_string(i);
    if (i % 10 == 0) files.push_back(item_file({.path = name + ".md", .spec = "N/A"}));
    log += log_entry({.title = "task-1-" + std::to_string(i),
                      .spec = "`" + name + "-gone.md`",
                      .sdd_spec =
                          "`meta/sdd/specs/active/gone-2026-01-02-" + std::to_string(i) + ".json`",
                      .summary = "SDD 1/2, SDD 2/2"}) +
           "\n";
  }
  files.push_back({kLinkedBank + "/branch_updates/2026-01-03-main.md", log});
  const LinkedRepository repository(std::move(files));
  EXPECT_EQ(repository.lines("SDD801").size(), 4'000U);
  EXPECT_EQ(repository.lines("SDD802").size(), 4'000U);
}

}  // namespace
}  // namespace sdd::test
