// The rules about links that lead nowhere or not back (SDD801 to SDD803, SDD808): their odd cases.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/linked_files.h"

namespace sdd::test {
namespace {

const std::string kOtherItem = "meta/memory_bank/specs/work_items/2026-01-05__bugfix__pier.md";

TEST(Links, files_that_agree_are_silent) {
  EXPECT_EQ(link_lines({}, {}, {{}}, "SDD"), LinkedLines{});
  EXPECT_EQ(link_lines({}, {}, {{.sdd_spec = "`" + kLinkedSpec + "`"}}, "SDD"), LinkedLines{});
  EXPECT_EQ(LinkedRepository({}).lines("SDD"), LinkedLines{});
  EXPECT_EQ(LinkedRepository({spec_file({.work_item = ""})}).lines("SDD"), LinkedLines{});
}

// All of these lead to the same file.
TEST(Links, a_path_may_take_a_detour) {
  for (const std::string before : {"./", "", "meta/../", "././", "/home/ada/demo/", "meta//..//"}) {
    const auto way = [&](const std::string& path) { return before + path; };
    EXPECT_EQ(link_lines({.work_item = way(kLinkedItem)},
                         {.spec = "`" + way(kLinkedSpec) + "`",
                          .more = "\nSee `" + way(kLinkedSpec) + "`.\n"},
                         {{.spec = "`" + way(kLinkedItem) + "/`",
                           .sdd_spec = "`" + way(kLinkedSpec) + "`",
                           .summary = "The SDD spec (2/2) is done."}},
                         "SDD"),
              LinkedLines{})
        << before;
  }
  EXPECT_EQ(link_lines({}, {}, {{.spec = "`/home/eve/demo/" + kLinkedItem + "`"}}, "SDD801").size(),
            1U);
  EXPECT_EQ(link_lines({}, {}, {{.spec = "`../" + kLinkedItem + "`"}}, "SDD801").size(), 1U);
}

TEST(DeadSpecLink, names_the_one_work_item_that_was_meant) {
  const EntryWords dead{.spec = "`meta/memory_bank/specs/work_items/2026-01-03__chore__dema.md`"};
  const std::string told =
      "SDD801 2026-01-03-main.md:2 "
      "`meta/memory_bank/specs/work_items/2026-01-03__chore__dema.md` the entry's Spec names "
      "'meta/memory_bank/specs/work_items/2026-01-03__chore__dema.md', and there is no such file";
  EXPECT_EQ(link_lines({}, {}, {{}, dead}, "SDD801"),
            (LinkedLines{"SDD801 2026-01-03-main.md:11 " + told.substr(28) + " (did you mean '" +
                         kLinkedItem + "'?)"}));
  // Two of that name: nobody knows which.
  const LinkedRepository two(
      {item_file({}),
       item_file({.path = "meta/memory_bank/specs/work_items/2026-01-09__x__demo.md"}),
       log_file({log_entry(dead)})});
  EXPECT_EQ(two.lines("SDD801"), LinkedLines{told});
  // None that is near: a common folder and a common date are no likeness.
  EXPECT_EQ(link_lines({}, {.path = kOtherItem}, {dead}, "SDD801"), LinkedLines{told});
}

TEST(DeadSpecLink, is_about_entries_that_are_kept_up_to_date) {
  const std::string dead = log_entry({.spec = "`meta/memory_bank/specs/work_items/gone.md`"});
  const LinkedRepository repository(
      {item_file({.status = "active", .spec = "", .more = "\n## Task Entry\n\n" + dead}),
       log_file({dead}, "current_tasks.md"), log_file({dead}, "branch_updates/README.md"),
       log_file({dead}, "branch_updates/_template.md"), log_file({dead}, "guides/how.md")});
  // What a guide mentions is followed, too, but not as an entry.
  EXPECT_EQ(
      repository.lines("SDD8"),
      (LinkedLines{"SDD801 current_tasks.md:2 `meta/memory_bank/specs/work_items/gone.md` the "
                   "entry's Spec names 'meta/memory_bank/specs/work_items/gone.md', and there "
                   "is no such file",
                   "SDD808 how.md:2 `meta/memory_bank/specs/work_items/gone.md` there is no "
                   "'meta/memory_bank/specs/work_items/gone.md'"}));
}

TEST(DeadSpecLink, no_path_is_no_link) {
  for (const std::string value : {"N/A", "N/A (docs only)", "None", "TBD", "-", "see the wiki"}) {
    EXPECT_EQ(link_lines({}, {.status = "active"}, {{.spec = value}}, "SDD80"),
              (LinkedLines{"SDD807 2026-01-02__feature__demo.md:6 `active` "
                           "'demo-2026-01-02-001' is complete, but the work item says Status: "
                           "active"}))
        << value;
  }
  // A file that is there and is no work item, and a folder.
  const LinkedRepository repository(
      {log_file({log_entry({.spec = "`docs/plan.md`"}), log_entry({.spec = "`docs/`"})})},
      {"docs/plan.md", "docs"});
  EXPECT_EQ(repository.lines("SDD8"), LinkedLines{});
}

TEST(DeadSddLink, tells_where_the_spec_lies_now) {
  const std::string told = " `" + kActiveSpec + "` the SDD Spec '" + kActiveSpec +
                           "' does not exist [safe: write " + kLinkedSpec +
                           "] (the spec now lies in completed/: " + kLinkedSpec + ")";
  EXPECT_EQ(link_lines({}, {.spec = kActiveSpec}, {{.sdd_spec = "`" + kActiveSpec + "`"}}),
            (LinkedLines{"SDD802 2026-01-03-main.md:3" + told,
                         "SDD802 2026-01-02__feature__demo.md:8" + told}));
}

TEST(DeadSddLink, tells_under_which_id_the_spec_goes_now) {
  const auto dead = [](const std::string& id, const SpecWords& spec,
                       const std::string& about = "`" + kLinkedItem + "`") {
    const std::string path = "meta/sdd/specs/completed/" + id + ".json";
    const LinkedLines lines =
        link_lines(spec, {.spec = ""}, {{.spec = about, .sdd_spec = "`" + path + "`"}}, "SDD802");
    return lines.size() == 1 ? lines[0].substr(lines[0].find("exist") + 5) : "";
  };
  const std::string renamed =
      " [plan: write " + kLinkedSpec + "] (the spec is now " + kLinkedSpec + ")";
  EXPECT_EQ(dead("demo-2026-01-02-0001", {.work_item = ""}), renamed);  // zeros
  EXPECT_EQ(dead("demo-2026-01-02-1", {.work_item = ""}), renamed);
  EXPECT_EQ(dead("other-2026-01-02-001", {}), renamed);  // it names the work item back
  EXPECT_EQ(dead("other-2026-01-02-001", {.work_item = ""}), "");
  EXPECT_EQ(dead("other-2026-01-02-001", {}, "N/A"), "");
  EXPECT_EQ(dead("demo-2026-01-02-010", {.work_item = ""}), "");
}

TEST(DeadSddLink, guesses_nothing) {
  const std::string dead = "`meta/sdd/specs/active/gone-2026-01-02-007.json`";
  const auto help = [&](const SpecWords& second, const std::string& link) {
    const LinkedLines lines =
        LinkedRepository({spec_file({}), spec_file(second), item_file({.spec = link})})
            .lines("SDD802");
    EXPECT_EQ(lines.size(), 1U);
    return lines[0].substr(lines[0].find("exist") + 5);
  };
  // Two specs name the work item; two have the id.
  EXPECT_EQ(help({.path = "meta/sdd/specs/active/two-2026-01-02-001.json"}, dead), "");
  EXPECT_EQ(help({.path = kActiveSpec}, "`meta/sdd/specs/pending/demo-2026-01-02-001.json`"),
            " (the id lies in 2 status folders (SDD114))");
  // What is there is no dead link, whatever it is.
  EXPECT_EQ(LinkedRepository({item_file({.spec = "`docs/spec.json`"})}, {"docs/spec.json"})
                .lines("SDD802"),
            LinkedLines{});
  for (const std::string nothing : {"N/A", "N/A: no spec needed", "None", "TBD"}) {
    EXPECT_EQ(LinkedRepository({item_file({.spec = nothing})}).lines("SDD80"),
              (LinkedLines{"SDD809 2026-01-02__feature__demo.md:6 `done` the work item is done, "
                           "but no entry of a log names it"}));
  }
}

TEST(MissingBackLink, stands_in_the_file_that_lacks_it) {
  EXPECT_EQ(link_lines({.work_item = ""}, {}, {{}}),
            (LinkedLines{"SDD803 demo-2026-01-02-001.json:2 `\"metadata\"` '" + kLinkedItem +
                         "' names this spec, but the spec has no work_item_spec"}));
  EXPECT_EQ(link_lines({}, {.spec = ""}, {{}}),
            (LinkedLines{"SDD803 2026-01-02__feature__demo.md:3 `## Meta` '" + kLinkedSpec +
                         "' names this work item, but its SDD Spec is missing (write it down here, "
                         "or take it out there)"}));
  EXPECT_EQ(link_lines({}, {.spec = "N/A"}, {{}}),
            (LinkedLines{"SDD803 2026-01-02__feature__demo.md:8 `N/A` '" + kLinkedSpec +
                         "' names this work item, but its SDD Spec is missing (write it down here, "
                         "or take it out there)"}));
  const LinkedRepository crossed({spec_file({.work_item = kOtherItem}), item_file({}),
                                  item_file({.path = kOtherItem, .spec = "", .more = "\n"}),
                                  log_file({log_entry({}), log_entry({.spec = kOtherItem})})});
  EXPECT_EQ(
      crossed.lines(),
      (LinkedLines{"SDD803 2026-01-05__bugfix__pier.md:3 `## Meta` '" + kLinkedSpec +
                       "' names this work item, but its SDD Spec is missing (write it down "
                       "here, or take it out there)",
                   "SDD803 demo-2026-01-02-001.json:3 `\"" + kOtherItem + "\"` '" + kLinkedItem +
                       "' names this spec, but its work_item_spec is '" + kOtherItem + "'"}));
}

TEST(MissingBackLink, a_file_that_is_gone_is_told_once) {
  EXPECT_EQ(
      link_lines({.work_item = kOtherItem}, {}, {{}}),
      (LinkedLines{"SDD803 demo-2026-01-02-001.json:3 `\"" + kOtherItem +
                   "\"` work_item_spec names '" + kOtherItem + "', and there is no such file"}));
  // SDD802 speaks about the other direction.
  EXPECT_EQ(
      link_lines({}, {.spec = "`meta/sdd/specs/active/gone-2026-01-02-007.json`"}, {{}}).size(),
      1U);
}

TEST(MissingBackLink, a_work_item_may_have_several_specs_and_a_spec_two_copies) {
  const std::string second = "meta/sdd/specs/completed/two-2026-01-02-002.json";
  EXPECT_EQ(LinkedRepository({spec_file({}), spec_file({.path = second}),
                              item_file({.spec = "`" + kLinkedSpec + "`, `" + second + "`"}),
                              log_file({log_entry({})})})
                .lines(),
            LinkedLines{});
  EXPECT_EQ(LinkedRepository({spec_file({}), spec_file({.path = kActiveSpec}), item_file({}),
                              log_file({log_entry({})})})
                .lines(),
            LinkedLines{});  // SDD114
  EXPECT_EQ(LinkedRepository({spec_file({}), spec_file({.path = second}), item_file({}),
                              log_file({log_entry({})})})
                .lines()
                .size(),
            1U);
}

TEST(DeadPath, is_about_paths_of_the_bank_and_the_specs) {
  const auto told = [](const std::string& text) {
    return LinkedRepository({{kLinkedBank + "/guides/how.md", text + "\n"}}).lines();
  };
  for (const std::string silent :
       {"`src/main.cc`", "`meta/memory_bank/*/x.md`", "`meta/sdd/specs/<folder>/x.json`",
        "`meta/memory_bank/branch_updates/YYYY-MM-DD-x.md`", "`meta/memory_bank/a/.../b.md`",
        "`meta/memory_bank/{a,b}.md`", "meta/memory_bank/gone.md", "`meta/memory_bank`",
        "```\n`meta/memory_bank/gone.md`\n```", "`cat meta/memory_bank/gone.md`",
        "`meta/memory_bank/guides/how.md:1`", "`meta/memory_bank/guides/how.md#top`",
        "`meta/memory_bank/guides/../guides/how.md`", "`meta/memory_bank/../../src/main.cc`",
        "`/home/eve/demo/meta/memory_bank/gone.md`", "<!-- `meta/memory_bank/gone.md` -->"}) {
    EXPECT_EQ(told(silent), LinkedLines{}) << silent;
  }
  const auto dead = [](const std::string& written, const std::string& path) {
    return LinkedLines{"SDD808 how.md:1 `" + written + "` there is no '" + path + "'"};
  };
  EXPECT_EQ(told("`meta/memory_bank/gone/`"),
            dead("meta/memory_bank/gone", "meta/memory_bank/gone"));
  EXPECT_EQ(told("# See `meta/sdd/specs/active/gone.json:12`"),
            dead("meta/sdd/specs/active/gone.json", "meta/sdd/specs/active/gone.json"));
  EXPECT_EQ(told("> - `./meta/memory_bank/gone.md#top`"),
            dead("./meta/memory_bank/gone.md", "meta/memory_bank/gone.md"));
  EXPECT_EQ(told("`/home/ada/demo/meta/memory_bank/gone.md`").size(), 1U);
  EXPECT_EQ(told("`meta/../meta/memory_bank/gone.md`").size(), 1U);
}

// A damaged spec says nothing, neither does one without the numbers.
TEST(Links, nothing_is_concluded_from_a_file_that_cannot_be_read) {
  const LinkedFile damaged{kLinkedSpec, "{\"spec_id\": "};
  const std::string claim = "The SDD spec (1/2) is done.";
  EXPECT_EQ(
      LinkedRepository({damaged, item_file({}), log_file({log_entry({.summary = claim})})}).lines(),
      LinkedLines{});
  const LinkedFile empty{kLinkedSpec, "{}"};
  EXPECT_EQ(LinkedRepository({empty, item_file({}), log_file({log_entry({.summary = claim})})})
                .lines("SDD804"),
            LinkedLines{});
  EXPECT_EQ(link_lines({.total = "\"2\""}, {}, {{.summary = claim}}, "SDD804"), LinkedLines{});
}

}  // namespace
}  // namespace sdd::test
