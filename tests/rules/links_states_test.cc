// The rules about what two files say of the same work (SDD804 to SDD807, SDD809): their odd cases;
// and which rule is silent where another has spoken.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "rules/linked_files.h"

namespace sdd::test {
namespace {

TEST(CountClaim, is_an_error_unless_the_spec_went_on_later) {
  const auto claim = [](const std::string& date, const std::string& updated) {
    const LinkedLines lines =
        link_lines({.updated = updated}, {}, {{.date = date, .summary = "SDD spec progress: 1/2"}});
    return lines.size() == 1 ? lines[0] : "";
  };
  const std::string same_day = claim("2026-01-03", "2026-01-03T23:59:59Z");
  EXPECT_EQ(same_day,
            "SDD804 2026-01-03-main.md:6 `1/2` the entry says 1/2, 'demo-2026-01-02-001' says 2/2 "
            "(see what the spec lost or gained: sdd validate demo-2026-01-02-001)");
  EXPECT_EQ(claim("2026-01-04", "2026-01-03T23:59:59Z"), same_day);
  EXPECT_EQ(claim("2026-01-02", "2026-01-03T00:00:00Z"),
            "SDD804n 2026-01-03-main.md:6 `1/2` the entry says 1/2, 'demo-2026-01-02-001' says 2/2 "
            "(the spec was changed later, on 2026-01-03)");
  // A spec that does not say when it was changed cannot have been changed later.
  EXPECT_EQ(claim("2026-01-02", "yesterday"), same_day);
}

TEST(CountClaim, an_entry_without_a_date_has_that_of_its_file) {
  const std::string undated = log_entry({.date = "", .summary = "SDD 1/2"});
  const auto severity = [&](const std::string& name) {
    return LinkedRepository({spec_file({}), item_file({}), log_file({undated}, name)})
        .lines("SDD804")
        .at(0)
        .substr(0, 8);
  };
  EXPECT_EQ(severity("branch_updates/2026-01-03-main.md"), "SDD804 2");
  EXPECT_EQ(severity("branch_updates/2026-01-02-main.md"), "SDD804n ");
  EXPECT_EQ(severity("current_tasks.md"), "SDD804n ");
}

TEST(CountClaim, is_about_the_spec_that_it_names) {
  const std::string other = "meta/sdd/specs/active/pier-2026-01-05-001.json";
  const auto told = [&](const std::string& summary, const std::string& sdd_spec = "") {
    const LinkedRepository repository(
        {spec_file({}), item_file({}),
         spec_file({.path = other,
                    .status = "in_progress",
                    .total = "9",
                    .completed = "4",
                    .work_item = ""}),
         log_file({log_entry({.sdd_spec = sdd_spec, .summary = summary})})});
    std::string words;
    for (const std::string& line : repository.lines("SDD804")) {
      words += (words.empty() ? "" : "; ") +
               line.substr(line.find("the entry"), line.find(" (") - line.find("the entry"));
    }
    return words;
  };
  EXPECT_EQ(told("In `pier-2026-01-05-001` the spec progress is now 4/9."), "");
  EXPECT_EQ(told("In `pier-2026-01-05-001` the spec progress is now 2/2."),
            "the entry says 2/2, 'pier-2026-01-05-001' says 4/9");
  EXPECT_EQ(told("In `" + other + "` the spec progress is now 2/2."),
            "the entry says 2/2, 'pier-2026-01-05-001' says 4/9");
  // The link may be old; the id is what counts.
  EXPECT_EQ(told("In `meta/sdd/specs/pending/pier-2026-01-05-001.json` SDD is 2/2."),
            "the entry says 2/2, 'pier-2026-01-05-001' says 4/9");
  EXPECT_EQ(told("SDD 2/2 for pier-2026-01-05-001"),
            "the entry says 2/2, 'pier-2026-01-05-001' says 4/9");
  // Of an unknown spec nobody knows the counts.
  EXPECT_EQ(told("In `gone-2026-01-05-001` the spec progress is now 1/2."), "");
  EXPECT_EQ(told("SDD 1/2, SDD-spec (3/2)"),
            "the entry says 1/2, 'demo-2026-01-02-001' says 2/2; "
            "the entry says 3/2, 'demo-2026-01-02-001' says 2/2");
  EXPECT_EQ(told("62/63 tests, HTTP 4/5, round 1/2"), "");
  EXPECT_EQ(told("SDD (2/2)", "`" + other + "`"),
            "the entry says 2/2, 'pier-2026-01-05-001' says 4/9");
}

TEST(DoneEntryOpenSpec, only_the_last_entry_says_that_the_work_is_over) {
  const SpecWords open{.path = kActiveSpec, .status = "in_progress", .completed = "1"};
  const ItemWords item{.status = "active", .spec = kActiveSpec};
  const std::string told =
      " `" + kLinkedItem +
      "` the entry is done, but 'demo-2026-01-02-001' is in_progress (1 of 2 "
      "tasks completed) (complete what is open in the spec, or open the entry)";
  EXPECT_EQ(link_lines(open, item, {{.title = "Step"}, {.title = "All"}}),
            LinkedLines{"SDD805 2026-01-03-main.md:11" + told});
  EXPECT_EQ(link_lines(open, item, {{.title = "Step"}, {.title = "Rest", .open = true}}),
            LinkedLines{});
  EXPECT_EQ(link_lines(open, item, {{.title = "Rest", .date = "2026-01-04", .open = true}, {}}),
            LinkedLines{});
  // An entry about no work item.
  EXPECT_EQ(
      link_lines({.path = kActiveSpec, .status = "in_progress", .completed = "1", .work_item = ""},
                 {.status = "active", .spec = ""}, {{.spec = "N/A", .sdd_spec = kActiveSpec}}),
      LinkedLines{"SDD805 2026-01-03-main.md:3 `" + kActiveSpec + "`" +
                  told.substr(told.find("` ") + 1)});
}

TEST(DoneItemOpenSpec, wants_a_finished_spec) {
  const auto told = [](const SpecWords& spec) {
    return link_lines(spec, {.spec = "`" + spec.path + "`"}, {{}});
  };
  EXPECT_EQ(told({.path = "meta/sdd/specs/archived/demo-2026-01-02-001.json"}), LinkedLines{});
  EXPECT_EQ(told({.total = "0", .completed = "0"}), LinkedLines{});
  EXPECT_EQ(told({.path = kActiveSpec}),
            LinkedLines{"SDD806 2026-01-02__feature__demo.md:6 `done` the work item is done, but "
                        "'demo-2026-01-02-001' is complete, but still in active/ (sdd "
                        "complete-spec demo-2026-01-02-001)"});
  EXPECT_EQ(told({.status = "in_progress", .completed = "1"}),
            LinkedLines{"SDD806 2026-01-02__feature__demo.md:6 `done` the work item is done, but "
                        "'demo-2026-01-02-001' is in_progress (1 of 2 tasks completed) (complete "
                        "what is open in the spec, or open the work item)"});
  for (const std::string done : {"Done", "completed", "Done (shipped)"}) {
    EXPECT_EQ(link_lines({.path = kActiveSpec}, {.status = done, .spec = kActiveSpec}, {{}}).size(),
              1U)
        << done;
  }
  EXPECT_EQ(link_lines({.path = kActiveSpec, .status = "in_progress", .completed = "1"},
                       {.status = "blocked", .spec = kActiveSpec}, {{.open = true}}),
            LinkedLines{});
}

TEST(StateDrift, one_of_three_disagrees) {
  EXPECT_EQ(link_lines({}, {.status = "active"}, {{}}),
            LinkedLines{"SDD807 2026-01-03-main.md:1 `- [x] **[DEMO]** Demo` the last entry about "
                        "this work item is done, but '" +
                        kLinkedItem + "' says Status: active"});
  EXPECT_EQ(link_lines({}, {}, {{.open = true}}),
            LinkedLines{"SDD807 2026-01-03-main.md:1 `- [ ] **[DEMO]** Demo` the last entry about "
                        "this work item is open, but '" +
                        kLinkedItem + "' says Status: done"});
  EXPECT_EQ(link_lines({}, {.status = "In progress"}, {{.open = true}}),
            LinkedLines{"SDD807 2026-01-02__feature__demo.md:6 `In progress` "
                        "'demo-2026-01-02-001' is complete, but the work item says Status: In "
                        "progress"});
  // A done work item has no open entries at all; of several the last is told.
  EXPECT_EQ(
      link_lines({}, {}, {{.title = "A", .open = true}, {.title = "B", .open = true}, {}}),
      LinkedLines{"SDD807 2026-01-03-main.md:10 `- [ ] **[DEMO]** B` an entry about this work "
                  "item is open, but '" +
                  kLinkedItem + "' says Status: done"});
  // Done entries before an open one are steps of an open work item.
  EXPECT_EQ(link_lines({.path = kActiveSpec, .status = "in_progress", .completed = "1"},
                       {.status = "active", .spec = kActiveSpec},
                       {{.title = "A"}, {.title = "B", .open = true}}),
            LinkedLines{});
  // Without a spec the other two can still disagree.
  EXPECT_EQ(link_lines({.work_item = ""}, {.status = "draft", .spec = "N/A"}, {{}}).size(), 1U);
}

TEST(UnloggedWorkItem, wants_one_entry_of_a_log) {
  const std::string told =
      "SDD809 2026-01-02__feature__demo.md:6 `done` the work item is done, but "
      "no entry of a log names it";
  EXPECT_EQ(link_lines({}, {}, {}), LinkedLines{told});
  EXPECT_EQ(link_lines({}, {}, {{.spec = "N/A", .sdd_spec = kLinkedSpec}}), LinkedLines{told});
  EXPECT_EQ(link_lines({}, {.more = "\n## Task Entry\n\n" + log_entry({})}, {}), LinkedLines{told});
  EXPECT_EQ(link_lines({.path = kActiveSpec, .status = "pending", .completed = "0"},
                       {.status = "active", .spec = kActiveSpec}, {}),
            LinkedLines{});
  EXPECT_EQ(LinkedRepository(
                {spec_file({}), item_file({}), log_file({log_entry({})}, "current_tasks.md")})
                .lines(),
            LinkedLines{});
}

TEST(Precedence, a_mangled_path_is_not_dead_as_well) {
  std::string mangled = kLinkedItem;
  for (std::size_t at = mangled.find("__"); at != std::string::npos; at = mangled.find("__")) {
    mangled.replace(at, 2, "**");
  }
  for (const std::string& spec : {mangled, "`" + mangled + "`"}) {
    EXPECT_EQ(link_lines({}, {.status = "active", .spec = "N/A"}, {{.spec = spec}}, "SDD6").size(),
              1U);
    EXPECT_EQ(link_lines({.work_item = ""}, {.spec = "N/A"}, {{.spec = spec}}), LinkedLines{});
  }
}

TEST(Precedence, a_superseded_entry_is_no_drift) {
  const EntryWords open{.title = "verify-1-1 is blocked", .open = true};
  const LinkedLines lines = link_lines({}, {}, {open, {.title = "verify-1-1 passed"}}, "SDD");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].substr(0, 6), "SDD612");
  // Another open one is.
  EXPECT_EQ(
      link_lines({}, {}, {{.title = "Rest", .open = true}, open, {.title = "verify-1-1 passed"}})
          .size(),
      1U);
}

TEST(Precedence, a_link_is_judged_by_one_rule) {
  const std::string gone = "meta/memory_bank/specs/work_items/gone.md";
  const std::string gone_spec = "meta/sdd/specs/active/gone-2026-01-02-007.json";
  // The second path of a field, and any path of another one, is judged by SDD808.
  const LinkedLines lines = link_lines(
      {.work_item = ""}, {.status = "active", .spec = "`" + gone_spec + "`, `" + gone_spec + "x`"},
      {{.spec = "`" + gone + "` and `" + gone + "x`",
        .sdd_spec = "`" + gone_spec + "`",
        .summary = "See `" + gone + "`."}});
  LinkedLines places;
  for (const std::string& line : lines) places.push_back(line.substr(0, line.find("` ") + 1));
  EXPECT_EQ(places, (LinkedLines{"SDD801 2026-01-03-main.md:2 `" + gone + "`",
                                 "SDD808 2026-01-03-main.md:2 `" + gone + "x`",
                                 "SDD802 2026-01-03-main.md:3 `" + gone_spec + "`",
                                 "SDD808 2026-01-03-main.md:7 `" + gone + "`",
                                 "SDD802 2026-01-02__feature__demo.md:8 `" + gone_spec + "`",
                                 "SDD808 2026-01-02__feature__demo.md:8 `" + gone_spec + "x`"}));
}

TEST(Precedence, a_done_work_item_with_an_open_spec_says_it_all) {
  const SpecWords open{.path = kActiveSpec, .status = "in_progress", .completed = "1"};
  const auto codes = [](const LinkedLines& lines) {
    std::string all;
    for (const std::string& line : lines) all += line.substr(0, 7);
    return all;
  };
  const ItemWords item{.spec = kActiveSpec};
  EXPECT_EQ(codes(link_lines(open, item, {{}})), "SDD806 ");
  EXPECT_EQ(codes(link_lines(open, item, {{.open = true}})), "SDD806 ");
  EXPECT_EQ(codes(link_lines(open, item, {{.spec = "N/A", .sdd_spec = kActiveSpec}, {}})),
            "SDD806 ");
  // About another spec the entry may still speak.
  const std::string other = "meta/sdd/specs/active/pier-2026-01-05-001.json";
  const LinkedRepository two(
      {spec_file({}), item_file({}),
       spec_file({.path = other, .status = "pending", .completed = "0", .work_item = ""}),
       log_file({log_entry({.sdd_spec = other})})});
  EXPECT_EQ(codes(two.lines()), "SDD805 ");
}

TEST(Precedence, without_a_status_nothing_disagrees_with_it) {
  const auto codes = [](const std::string& status, const EntryWords& entry) {
    std::string all;
    for (const std::string& line : link_lines({}, {.status = status}, {entry}, "SDD")) {
      all += line.substr(0, 7);
    }
    return all;
  };
  EXPECT_EQ(codes("", {}), "SDD702 ");
  EXPECT_EQ(codes("", {.open = true}), "SDD702 ");
  EXPECT_EQ(codes("verification_pending", {}), "SDD704 ");
  EXPECT_EQ(codes("verification_pending", {.open = true}), "SDD704 ");
}

}  // namespace
}  // namespace sdd::test
