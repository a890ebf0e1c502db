#include "spec/change.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "json/equality.h"
#include "spec/diff.h"
#include "spec/spec_files.h"

namespace sdd::spec {
namespace {

using test::ReadSpec;
using test::SpecFile;

constexpr std::string_view kSmall = R"({
  "spec_id": "demo-2026-01-02-001",
  "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"status": "pending", "children": ["a", "b"]},
    "a": {
      "title": "A",
      "status": "pending",
      "children": [],
      "metadata": {
        "x": 1.50
      }
    },
    "b": {"title": "B", "status": "pending"}
  },
  "journal": [
    {"timestamp": "2026-01-02T03:04:05Z", "title": "T", "task_id": "a"}
  ]
}
)";

std::string changed_small(const Changes& changes) {
  const Result<std::string> changed = apply_changes(std::string(kSmall), changes);
  if (!changed) return "refused: " + changed.error().message;
  const Result<std::string> back = apply_changes(*changed, inverse(changes));
  EXPECT_EQ(back.value_or("refused"), kSmall);
  return *changed;
}

std::string small_with(std::string_view old_text, std::string_view new_text) {
  std::string text(kSmall);
  return text.replace(text.find(old_text), old_text.size(), new_text);
}

TEST(Change, sets_adds_and_removes_members) {
  EXPECT_EQ(changed_small({change_member({"hierarchy", "b", "status"}, json::Snippet{"\"pending\""},
                                         json::Snippet{"\"blocked\""})}),
            small_with(R"("B", "status": "pending")", R"("B", "status": "blocked")"));
  EXPECT_EQ(changed_small({change_member({"hierarchy", "a", "metadata", "y"}, std::nullopt,
                                         json::Snippet{"{\"z\":[]}"})}),
            small_with("1.50\n", "1.50,\n        \"y\": {\n          \"z\": []\n        }\n"));
  Change removal =
      change_member({"hierarchy", "a", "status"}, json::Snippet{"\"pending\""}, std::nullopt);
  removal.before_spot = {Spot::At::kBehind, "title"};
  EXPECT_EQ(changed_small({removal}), small_with("      \"status\": \"pending\",\n", ""));
}

TEST(Change, adds_and_removes_items) {
  const Change added = add_item({"hierarchy", "spec-root", "children"}, "\"c\"", {"\"c\""});
  EXPECT_EQ(changed_small({added}), small_with(R"(["a", "b"])", R"(["a", "b", "c"])"));
  const Change removed = remove_item({"hierarchy", "spec-root", "children"}, "\"a\"", {"\"a\""},
                                     {Spot::At::kFirst, {}});
  EXPECT_EQ(changed_small({removed}), small_with(R"(["a", "b"])", R"(["b"])"));
}

TEST(Change, a_later_change_may_speak_about_what_an_earlier_one_added) {
  const Changes changes = {
      change_member({"metadata"}, std::nullopt, json::Snippet{"{}"}),
      change_member({"metadata", "revisions"}, std::nullopt, json::Snippet{"[]"}),
      add_item({"metadata", "revisions"}, "\"1.1\"", {R"({"version":"1.1"})"}),
      change_member({"metadata", "version"}, std::nullopt, json::Snippet{"\"1.0\""}),
      change_member({"metadata", "version"}, json::Snippet{"\"1.0\""}, json::Snippet{"\"1.1\""}),
  };
  EXPECT_THAT(changed_small(changes), testing::EndsWith(R"(
  ],
  "metadata": {
    "revisions": [
      {
        "version": "1.1"
      }
    ],
    "version": "1.1"
  }
}
)"));
}

TEST(Change, refuses_what_it_does_not_find) {
  const std::string small(kSmall);
  const Change other = change_member({"hierarchy", "a", "status"}, json::Snippet{"\"blocked\""},
                                     json::Snippet{"\"pending\""});
  const Change twice =
      change_member({"hierarchy", "a", "status"}, std::nullopt, json::Snippet{"\"pending\""});
  const Change nowhere =
      change_member({"hierarchy", "c", "status"}, std::nullopt, json::Snippet{"\"pending\""});
  const Change no_list = add_item({"hierarchy"}, "\"x\"", {"\"x\""});
  for (const Change& change : {other, twice, nowhere, no_list}) {
    const Result<std::string> changed = apply_changes(small, {change});
    ASSERT_FALSE(changed) << *changed;
    EXPECT_EQ(changed.error().kind, ErrorKind::kRefused) << changed.error().message;
    EXPECT_THAT(changed.error().message, testing::HasSubstr(pointer_of(change)));
  }
}

TEST(Change, values_are_compared_by_their_meaning) {
  const Change change = change_member({"hierarchy", "a", "metadata", "x"}, json::Snippet{"1.5"},
                                      json::Snippet{"15e-1"});
  EXPECT_EQ(apply_changes(std::string(kSmall), {change}).value_or("refused"), kSmall);
  const ReadSpec read{std::string(kSmall)};
  EXPECT_TRUE(holds(change, read.tree.root()));
  EXPECT_TRUE(holds(inverse(change), read.tree.root()));
}

TEST(Change, one_line_says_what_happens) {
  const auto member = [](const char* name, const char* before, const char* after) {
    Change change =
        change_member({"hierarchy", "task-1", name}, json::Snippet{before}, json::Snippet{after});
    return to_line(change);
  };
  EXPECT_EQ(member("status", "\"pending\"", "\"completed\""), "task-1: status pending → completed");
  EXPECT_EQ(member("title", "\"one two\"", "\"\\u001b[1m\""),
            "task-1: title 'one two' → '\\u001B[1m'");
  EXPECT_EQ(to_line(change_member({"hierarchy", "task-1"}, std::nullopt,
                                  json::Snippet{R"({"title": "New"})"})),
            "task-1: node + 'New'");
  EXPECT_EQ(to_line(add_item({"journal"}, "k", {R"({"title": "T", "task_id": "a"})"})),
            "journal + 'T' (a)");
  EXPECT_EQ(to_line(remove_item({"hierarchy", "p", "children"}, "\"a\"", {"\"a\""}, {})),
            "p: children - a");
  EXPECT_EQ(to_line(change_member({"metadata", "progress_percentage"}, json::Snippet{"40"},
                                  json::Snippet{"42"})),
            "metadata.progress_percentage 40 → 42");
}

TEST(Change, reading_refuses_what_is_no_change) {
  for (const char* text :
       {"1", "{}", R"({"pointer": "/a", "change": "grow", "old": 1, "new": 2})",
        R"({"pointer": "a", "change": "set", "old": 1, "new": 2})",
        R"({"pointer": "/a~2", "change": "set", "old": 1, "new": 2})",
        R"({"pointer": "/a", "change": "set", "old": 1})",
        R"({"pointer": "/journal", "change": "add-item", "key": "k", "old": null, "new": 1})",
        R"({"pointer": "/journal/-", "change": "add-item", "old": null, "new": 1})"}) {
    const ReadSpec read{std::string(text)};
    EXPECT_FALSE(read_change(read.tree.root())) << text;
  }
}

// --- Properties over all specs ---

// Random statements about a spec, all of which it can take.
class RandomChanges {
 public:
  RandomChanges(const Spec& spec, std::uint64_t seed) : spec_(spec), random_(seed) {}

  Changes some(std::size_t count) {
    Changes changes;
    while (changes.size() < count && !spec_.nodes().empty()) {
      Change change = any();
      const std::string target = pointer_of(change) + "\n" + change.key;
      const bool fits = std::none_of(taken_.begin(), taken_.end(), [&](const std::string& other) {
        return other.starts_with(target) || target.starts_with(other);
      });
      if (!fits && ++misses_ > 50) break;
      if (!fits) continue;
      taken_.push_back(target);
      changes.push_back(std::move(change));
    }
    return changes;
  }

 private:
  Change any() {
    const Node& node = random_.pick(spec_.nodes());
    const std::string id(node.id);
    const std::string number = std::to_string(++number_);
    switch (random_.below(6)) {
      case 0:
        return member({"hierarchy", id, "title"}, node.title, "\"Титул " + number + " \\\" 😀\"");
      case 1:
        return member({"hierarchy", id, "new " + number}, {}, R"({"a":[1,{"b":[]}],"c":1.50})");
      case 2:
        return member({"hierarchy", "task-99-" + number}, {},
                      R"({"type":"task","title":"N","children":[],"metadata":{"file_path":"a"}})");
      case 3: {
        if (!node.metadata_value.is_object() || node.metadata_value.size() == 0) return any();
        const json::Member first = *node.metadata_value.members().begin();
        return member({"hierarchy", id, "metadata", std::string(first.key.string())}, first.value,
                      "");
      }
      case 4: {
        if (!node.children_value.is_array()) return any();
        return add_item({"hierarchy", id, "children"}, "\"x" + number + "\"",
                        {"\"x" + number + "\""});
      }
      default: {
        const std::string entry = R"({"timestamp":"2030-01-01T00:00:00.00000)" + number +
                                  R"(Z","title":"E","metadata":{},"task_id":")" + id + "\"}";
        if (!spec_.journal_value.is_array()) return any();
        const ReadSpec read(entry);
        return add_item({"journal"}, item_key(ListKind::kEntries, read.tree.root()), {entry});
      }
    }
  }

  static Change member(Path path, json::Value before, const std::string& after) {
    Change change = change_member(std::move(path), std::nullopt, std::nullopt);
    if (before) change.before = json::Snippet{std::string(before.raw()), true};
    if (!after.empty()) change.after = json::Snippet{after};
    if (after.empty()) change.before_spot = {Spot::At::kFirst, {}};
    return change;
  }

  const Spec& spec_;
  bench::Random random_;
  std::vector<std::string> taken_;
  std::size_t number_ = 0;
  std::size_t misses_ = 0;
};

// What lies outside the edits, before and after.
void expect_untouched(const std::string& before, const std::string& after,
                      const std::vector<Edit>& edits) {
  std::size_t grown = 0;
  std::size_t at = 0;
  for (const Edit& edit : sorted(edits)) {
    EXPECT_EQ(before.substr(at, edit.span.begin - at),
              after.substr(at + grown, edit.span.begin - at));
    at = edit.span.end;
    grown += edit.text.size() - edit.span.size();
  }
  EXPECT_EQ(before.substr(at), after.substr(at + grown));
}

TEST(Change, properties_of_random_changes_on_every_spec) {
  std::size_t files = 0;
  std::size_t count = 0;
  std::size_t restored = 0;
  std::size_t rounds = 0;
  for (const SpecFile& file : test::spec_files()) {
    SCOPED_TRACE(file.name);
    const ReadSpec before(file.bytes);
    ASSERT_TRUE(before.ok);
    ++files;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      const Changes changes = RandomChanges(before.spec, seed * 1000 + files).some(1 + seed * 2);
      const auto edits = edits_for(before.tree, changes);
      ASSERT_TRUE(edits) << edits.error().message;
      const std::string bytes = apply_edits(before.bytes, *edits).value();
      expect_untouched(before.bytes, bytes, *edits);
      EXPECT_EQ(apply_edits(bytes, invert_edits(*edits, before.bytes)).value(), before.bytes);
      const ReadSpec after(bytes);
      ASSERT_TRUE(after.ok) << bytes;
      for (const Change& change : changes) {
        EXPECT_TRUE(holds(change, after.tree.root())) << to_line(change);
        EXPECT_FALSE(holds(inverse(change), after.tree.root())) << to_line(change);
      }
      // Nothing else has changed: the difference is what was wished.
      const Changes seen = diff(before.spec, after.spec);
      EXPECT_EQ(seen.size(), changes.size());
      for (const Change& change : changes) {
        EXPECT_TRUE(std::any_of(seen.begin(), seen.end(), [&](const Change& other) {
          return pointer_of(other) == pointer_of(change) && other.key == change.key &&
                 holds(other, after.tree.root());
        })) << to_line(change);
      }
      const Result<std::string> back = apply_changes(bytes, inverse(changes));
      ASSERT_TRUE(back) << back.error().message;
      const ReadSpec again(*back);
      EXPECT_TRUE(json::same(again.tree.root(), before.tree.root()));
      restored += *back == before.bytes ? 1U : 0U;
      ++rounds;
      count += changes.size();
    }
  }
  std::cout << files << " specs, " << count << " changes; undone as changes, " << restored << " of "
            << rounds << " give the original bytes\n";
  EXPECT_GE(restored * 100, rounds * 95);
}

TEST(Change, is_read_back_from_its_json) {
  std::size_t count = 0;
  for (const SpecFile& file : test::spec_files()) {
    const ReadSpec before(file.bytes);
    Changes changes = RandomChanges(before.spec, 5).some(12);
    const Changes back = inverse(changes);
    changes.insert(changes.end(), back.begin(), back.end());
    for (const Change& change : changes) {
      json::Writer out(json::Writer::kCompact);
      write(out, change);
      const ReadSpec text(out.text());
      ASSERT_TRUE(text.ok) << out.text();
      const Result<Change> read = read_change(text.tree.root());
      ASSERT_TRUE(read) << read.error().message;
      EXPECT_TRUE(same(*read, change)) << out.text();
      EXPECT_FALSE(to_line(change).empty());
      ++count;
    }
  }
  EXPECT_GT(count, 100U);
}

}  // namespace
}  // namespace sdd::spec
