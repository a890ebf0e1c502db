#include "repair/fragments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sdd::repair {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kTaskBody =
    "{\n      \"type\": \"task\",\n      \"title\": \"T\",\n      \"status\": \"pending\",\n"
    "      \"parent\": \"spec-root\",\n      \"children\": [],\n      \"metadata\": {}\n    }";

// Two levels deep, as in a hierarchy.
std::string task_line(const std::string& id) { return "    \"" + id + "\": " + kTaskBody; }

const std::string kEntryLine =
    "    {\n      \"timestamp\": \"2026-01-02T03:04:05Z\",\n      \"title\": \"E\",\n"
    "      \"content\": \"C\"\n    }";

// What was found, as words: "node task-1-1", "entry", "member title"; "?" behind what is out of
// step.
std::vector<std::string> found_in(const std::string& bytes, std::size_t from = 0) {
  std::vector<std::string> words;
  for (const Fragment& fragment : find_fragments(bytes, {}, from)) {
    const std::string key = bytes.substr(fragment.key.begin, fragment.key.size());
    const std::string name = key.empty() ? key : " " + key.substr(1, key.size() - 2);
    const char* kind = fragment.kind == FragmentKind::kNode    ? "node"
                       : fragment.kind == FragmentKind::kEntry ? "entry"
                                                               : "member";
    words.push_back(kind + name + (fragment.in_step ? "" : "?"));
  }
  return words;
}

TEST(Fragments, nothing_stands_whole_in_nothing) {
  EXPECT_THAT(found_in(""), IsEmpty());
  EXPECT_THAT(found_in(std::string(9000, '\0')), IsEmpty());
  EXPECT_THAT(found_in("}]},:\"\\"), IsEmpty());
}

TEST(Fragments, a_document_that_was_cut_off_has_what_closed_before) {
  const std::string bytes = "{\n  \"spec_id\": \"x\",\n  \"hierarchy\": {\n" + task_line("a") +
                            ",\n" + task_line("b").substr(0, 90);
  EXPECT_THAT(found_in(bytes), ElementsAre("member spec_id", "node a"));
}

TEST(Fragments, the_spans_hold_the_key_and_the_value) {
  const std::string bytes = "{\n  \"hierarchy\": {\n" + task_line("a");
  const std::vector<Fragment> found = find_fragments(bytes, {});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(bytes.substr(found[0].key.begin, found[0].key.size()), "\"a\"");
  EXPECT_EQ(bytes.substr(found[0].span.begin, found[0].span.size()), kTaskBody);
}

TEST(Fragments, only_the_end_of_a_document_has_what_opened_in_it) {
  const std::string bytes = "itle\": \"cut\"\n    },\n" + task_line("b") +
                            "\n  },\n  \"journal\": [\n" + kEntryLine + "\n  ]\n}\n";
  EXPECT_THAT(found_in(bytes), ElementsAre("node b", "entry", "member journal"));
}

TEST(Fragments, a_hole_ends_what_was_open_and_nothing_else) {
  const std::string bytes = "{\n  \"hierarchy\": {\n" + task_line("a") + ",\n    \"b\": {\"type\"" +
                            std::string(64, '\0') + "\n" + task_line("c") + ",\n" + kEntryLine;
  EXPECT_THAT(found_in(bytes), ElementsAre("node a", "node c", "entry"));
}

TEST(Fragments, a_node_whose_key_took_the_place_of_a_value_is_found) {
  const std::string before = "{\n  \"hierarchy\": {\n    \"a\": {\n      ";
  const std::string after = ",\n" + task_line("c");
  for (const char* cut : {"\"changes\": [\n        \"x\",\n", "\"parent\": \n"}) {
    EXPECT_THAT(found_in(before + cut + task_line("b") + after), ElementsAre("node b", "node c"))
        << cut;
  }
  // Its line began with another's: out of step.
  EXPECT_THAT(found_in(before + "\"children\": \"b\": " + kTaskBody + after),
              ElementsAre("node b?", "node c"));
  EXPECT_THAT(found_in("\"x\": 1,\n    \"a\": \"b\": " + kTaskBody + after),
              ElementsAre("node b", "node c"));
}

TEST(Fragments, an_entry_whose_brace_is_that_of_another_versions_member_is_found) {
  const std::string before = "{\n  \"journal\": [\n    {\n      \"title\": \"cut\",\n";
  for (const char* key : {"metadata", "content", "anything"}) {
    const std::string moved = "      \"" + std::string(key) + "\": " + kEntryLine.substr(4);
    EXPECT_THAT(found_in(before + moved + ",\n" + kEntryLine), ElementsAre("entry?", "entry"));
  }
  // Behind a text that was cut.
  EXPECT_THAT(found_in(before + "      \"task_id\": \"ver\"ta_\"metadata\": " +
                       kEntryLine.substr(4) + ",\n" + kEntryLine),
              ElementsAre("entry?", "entry"));
  // What is deeper than an entry is none.
  EXPECT_THAT(found_in(before + "      \"metadata\": {\n        \"title\": \"\",\n"
                                "        \"content\": \"\", \"timestamp\": \"\"\n      },\n"),
              IsEmpty());
}

TEST(Fragments, a_key_is_not_the_value_of_the_member_in_front_of_it) {
  const std::string bytes = "{\n  \"title\": \"b\": " + kTaskBody + "\n}";
  EXPECT_THAT(found_in(bytes), ElementsAre("node b?"));
}

TEST(Fragments, a_line_that_is_indented_otherwise_puts_its_node_out_of_step) {
  std::string moved = task_line("b");
  moved.replace(moved.find("      \"title\""), 6, "   ");
  const std::string bytes =
      "{\n  \"hierarchy\": {\n" + task_line("a") + ",\n" + moved + ",\n" + task_line("c");
  EXPECT_THAT(found_in(bytes), ElementsAre("node a", "node b?", "node c"));
}

TEST(Fragments, a_node_inside_of_another_is_part_of_it) {
  const std::string inner =
      "{\"type\": \"task\", \"title\": \"T\", \"status\": \"pending\", "
      "\"parent\": null, \"children\": []";
  EXPECT_THAT(
      found_in("{\"hierarchy\": {\"a\": " + inner + ", \"metadata\": {\"b\": " + inner + "}}}"),
      ElementsAre("node a"));
}

TEST(Fragments, reading_may_begin_behind_a_document) {
  const std::string front = "{\n  \"hierarchy\": {\n" + task_line("a") + "\n  }\n}";
  EXPECT_THAT(found_in(front + "\n    ,\n" + task_line("b") + "\n  }\n}", front.size()),
              ElementsAre("node b"));
}

TEST(Fragments, a_version_that_ended_may_have_cut_the_first_line_of_what_stands_behind_it) {
  const std::string ends = "\n    }\n  ]\n}\n";
  const std::string rest = "{\n  \"x\": 1\n}" + ends + kEntryLine.substr(2) + "\n  ]\n}\n";
  EXPECT_THAT(found_in(rest, 12), ElementsAre("entry"));
  // Anywhere else such a line is out of step.
  EXPECT_THAT(found_in("{\n  \"x\": 1,\n    1\n" + kEntryLine.substr(2) + "\n"),
              ElementsAre("member x", "entry?"));
}

TEST(Fragments, what_nests_too_deep_is_given_up_without_harm) {
  json::Limits limits;
  limits.max_depth = 8;
  const std::string bytes = "{\n  \"x\": " + std::string(100'000, '[') + "\n" + task_line("a");
  const std::vector<Fragment> found = find_fragments(bytes, limits);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(bytes.substr(found[0].key.begin, found[0].key.size()), "\"a\"");
}

}  // namespace
}  // namespace sdd::repair
