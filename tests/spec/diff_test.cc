#include "spec/diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>
#include <string>
#include <vector>

#include "json/equality.h"
#include "spec/spec_files.h"
#include "spec/story.h"
#include "spec_document.h"

namespace sdd::spec {
namespace {

using test::ReadSpec;
using test::SpecDocument;

std::vector<std::string> diff_lines(const std::string& before, const std::string& after) {
  const ReadSpec a(before);
  const ReadSpec b(after);
  EXPECT_TRUE(a.ok && b.ok);
  const Changes changes = diff(a.spec, b.spec);
  const Result<std::string> made = apply_changes(before, changes);
  EXPECT_TRUE(made) << made.error().message;
  if (made) {
    const ReadSpec again(*made);
    EXPECT_TRUE(json::same(again.tree.root(), b.tree.root())) << *made;
    EXPECT_TRUE(diff(again.spec, b.spec).empty());
    const Result<std::string> back = apply_changes(*made, inverse(changes));
    EXPECT_TRUE(back) << back.error().message;
    if (back) {
      const ReadSpec old(*back);
      EXPECT_TRUE(json::same(old.tree.root(), a.tree.root())) << *back;
    }
  }
  std::vector<std::string> lines;
  for (const Change& change : changes) lines.push_back(to_line(change));
  return lines;
}

TEST(Diff, spelling_and_order_of_members_are_no_change) {
  EXPECT_THAT(diff_lines(R"({"a": 1.0, "b": "\u0041"})", R"({"b":"A","a":1})"), testing::IsEmpty());
}

TEST(Diff, names_what_happened) {
  EXPECT_THAT(
      diff_lines(R"({"hierarchy": {"p": {"children": ["a", "b"], "status": "pending"}},
                             "journal": [{"timestamp": "t", "title": "one"}]})",
                 R"({"hierarchy": {"p": {"children": ["b", "c"], "status": "blocked"},
                                           "c": {"title": "C"}},
                             "journal": [{"timestamp": "t", "title": "one"},
                                         {"timestamp": "u", "title": "two", "task_id": "c"}]})"),
      testing::UnorderedElementsAre("p: children - a", "p: status pending → blocked",
                                    "p: children + c", "c: node + 'C'", "journal + 'two' (c)"));
}

TEST(Diff, an_entry_with_the_same_identity_is_changed_in_place) {
  EXPECT_THAT(diff_lines(R"({"journal": [{"timestamp": "t", "title": "one", "content": "a"}]})",
                         R"({"journal": [{"timestamp": "t", "title": "one", "content": "b"}]})"),
              testing::ElementsAre("journal 'one' changed"));
}

TEST(Diff, new_frames_and_lists_are_told_member_by_member) {
  EXPECT_THAT(
      diff_lines("{}", R"({"metadata": {"version": "1.1", "assumptions": ["x", "y"]}})"),
      testing::ElementsAre("metadata + {}", "metadata.version + 1.1", "metadata.assumptions + []",
                           "metadata.assumptions + x", "metadata.assumptions + y"));
}

TEST(Diff, lists_keep_their_order) {
  bench::Random random(3);
  for (int round = 0; round < 500; ++round) {
    std::vector<std::string> names = {"a", "b", "c", "d", "e", "f", "g"};
    std::string text[2];
    for (std::string& one : text) {
      for (std::size_t i = names.size() - 1; i > 0; --i) {
        if (random.chance(40)) std::swap(names[i], names[random.below(i)]);
      }
      one = R"({"hierarchy": {"p": {"children": [)";
      bool first = true;
      for (const std::string& name : names) {
        if (random.chance(25)) continue;
        one += std::string(first ? "" : ", ") + "\"" + name + "\"";
        if (random.chance(10)) one += ", \"" + name + "\"";
        first = false;
      }
      one += "]}}}";
    }
    diff_lines(text[0], text[1]);
  }
}

TEST(Diff, knows_what_is_derived) {
  const SpecDocument before({{.id = "spec-root", .type = "spec", .children = {"p", "q"}},
                             {.id = "p", .parent = "spec-root", .children = {"a"}},
                             {.id = "q", .parent = "spec-root", .children = {"b"}},
                             {.id = "a", .parent = "p"},
                             {.id = "b", .parent = "q"}});
  const SpecDocument after(
      {{.id = "spec-root", .type = "spec", .children = {"p", "q"}},
       {.id = "p",
        .status = "completed",
        .parent = "spec-root",
        .children = {"a"},
        .completed = "1"},
       {.id = "q", .status = "blocked", .parent = "spec-root", .children = {"b"}},
       {.id = "a", .status = "completed", .parent = "p", .completed = "1"},
       {.id = "b", .parent = "q"}});
  std::vector<std::string> stated;
  for (const Change& change : stated_only(diff(before.spec, after.spec))) {
    stated.push_back(to_line(change));
  }
  EXPECT_THAT(stated, testing::UnorderedElementsAre("q: status pending → blocked",
                                                    "a: status pending → completed"));
}

TEST(Diff, any_two_specs_differ_by_what_makes_one_of_the_other) {
  const std::vector<test::SpecFile> files = test::spec_files();
  bench::Random random(9);
  std::size_t pairs = 0;
  std::size_t changes = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    // Versions of one spec have names that end alike; other pairs are a harder trial.
    for (std::size_t j = 0; j < files.size(); ++j) {
      const auto tail = [](const std::string& name) {
        return name.substr(name.find_last_of("/_") + 1);
      };
      if (i == j || (tail(files[i].name) != tail(files[j].name) && !random.chance(2))) continue;
      SCOPED_TRACE(files[i].name + " and " + files[j].name);
      changes += diff_lines(files[i].bytes, files[j].bytes).size();
      ++pairs;
    }
  }
  std::cout << pairs << " pairs, " << changes << " changes\n";
  EXPECT_GT(pairs, 10U);
}

std::vector<std::string> story_lines(const std::string& before, const std::string& after) {
  const ReadSpec a(before);
  const ReadSpec b(after);
  return story_of(&a.spec, &b.spec, diff(a.spec, b.spec)).lines();
}

TEST(Story, tells_what_happened_and_not_what_follows_from_it) {
  const SpecDocument before({{.id = "spec-root", .type = "spec", .children = {"b", "a"}},
                             {.id = "b", .parent = "spec-root"},
                             {.id = "a", .parent = "spec-root", .metadata = R"({"k": 1})"}});
  std::string text = test::spec_json(
      {{.id = "spec-root",
        .type = "spec",
        .status = "in_progress",
        .children = {"b", "a", "c"},
        .total = "3",
        .completed = "1"},
       {.id = "b", .status = "in_progress", .parent = "spec-root"},
       {.id = "a",
        .status = "completed",
        .parent = "spec-root",
        .completed = "1",
        .metadata = R"({"k": 2, "completed_at": "2026-01-03T00:00:00Z"})"},
       {.id = "c", .parent = "spec-root"}},
      R"("journal": [{"timestamp": "t", "title": "A", "task_id": "a"}, {"title": "B"}],)");
  EXPECT_THAT(story_lines(before.bytes, text),
              testing::ElementsAre("b: pending → in_progress", "a: pending → completed",
                                   "+ c \"T\" (task)", "a: metadata.k 1 → 2", "journal +2",
                                   "  \"A\" (a)", "  \"B\"", "counts 0/1 → 1/3"));
  EXPECT_TRUE(story_lines(text, text).empty());
}

TEST(Story, passes_over_nothing_that_was_stated) {
  const std::vector<test::SpecFile> files = test::spec_files();
  std::size_t told = 0;
  for (std::size_t i = 1; i < files.size(); ++i) {
    const ReadSpec a(files[i - 1].bytes);
    const ReadSpec b(files[i].bytes);
    const Changes changes = diff(a.spec, b.spec);
    const Story story = story_of(&a.spec, &b.spec, changes);
    EXPECT_EQ(story.empty(), stated_only(changes).empty() && story.before == story.after);
    told += story.lines().size();
  }
  EXPECT_GT(told, 100U);
}

}  // namespace
}  // namespace sdd::spec
