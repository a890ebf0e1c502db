#include "repair/rebuild.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "spec_document.h"

namespace sdd::repair {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// All that a document says, to be put into another one.
struct WholeDocument {
  explicit WholeDocument(const std::string& bytes) : said(read_document("head", bytes, {})) {
    EXPECT_TRUE(said.is_document) << bytes;
    for (const Claim& node : said.nodes) all.nodes.push_back(&node);
    for (const Claim& entry : said.entries) all.entries.push_back(&entry);
    for (const Claim& member : said.members) all.members.push_back(&member);
  }
  Statements said;
  Chosen all;
};

std::string put_all(const std::string& bytes, const std::string& from) {
  const Result<std::string> made = put(bytes, WholeDocument(from).all, {});
  EXPECT_TRUE(made) << made.error().message;
  return made.value_or("");
}

Finished finished_of(const std::string& bytes, const std::set<std::string>& touched,
                     const std::optional<std::string>& last_updated = {}) {
  Result<Finished> made = finish(bytes, touched, last_updated, {});
  EXPECT_TRUE(made) << made.error().message;
  return made.value_or(Finished{});
}

std::vector<std::string> missing_of(const Finished& finished) {
  std::vector<std::string> all;
  for (const Finished::Missing& each : finished.missing) {
    all.push_back(each.named_by + (each.as_parent ? " below " : " above ") + each.id);
  }
  return all;
}

std::vector<std::string> derived_lines(const Finished& finished) {
  std::vector<std::string> lines;
  for (const spec::Change& change : finished.derived) {
    EXPECT_TRUE(change.derived);
    lines.push_back(spec::to_line(change));
  }
  return lines;
}

// The hierarchy of `spec-root` with the children `listed`, and the tasks `present`.
std::string root_with(const std::vector<std::string>& listed,
                      const std::vector<std::string>& present, const std::string& status) {
  test::Rows rows = {{.id = "spec-root", .type = "spec", .children = listed, .total = "1"}};
  for (const std::string& id : present) {
    rows.push_back({.id = id,
                    .status = status,
                    .parent = "spec-root",
                    .completed = status == "completed" ? "1" : "0"});
  }
  return test::spec_json(rows);
}

TEST(Rebuild, a_claim_takes_the_place_of_what_has_its_name_and_no_other_byte_changes) {
  EXPECT_EQ(put_all("{\"title\" : \"old\",\r\n\"hierarchy\":{\"ä\":1 , \"b\" :{\"x\":1}},\r\n"
                    "\"journal\":[ {\"title\":\"e\"}, {\"timestamp\":\"t\",\"n\":1}]}\r\n",
                    R"({"title": "new", "hierarchy": {"b": {"x": [2, 3]}},
                        "journal": [{"timestamp": "t", "n": "\u00fc"}]})"),
            "{\"title\" : \"new\",\r\n\"hierarchy\":{\"ä\":1 , \"b\" :{\"x\": [2, 3]}},\r\n"
            "\"journal\":[ {\"title\":\"e\"}, {\"timestamp\": \"t\", \"n\": \"\\u00fc\"}]}\r\n");
  EXPECT_EQ(put("{ }\n", {}, {}).value(), "{ }\n");
}

TEST(Rebuild, a_new_node_stands_behind_the_sibling_in_front_of_it_or_behind_its_parent) {
  const std::string base =
      R"({"hierarchy": {"p": {"children": ["a", "n1", "n2", "b", "new"]}, "q": {},
"a": {"parent": "p"}, "b": {"parent": "p"}, "z": {}}})";
  const auto ids = [&](const std::string& nodes) {
    const test::SpecDocument doc(put_all(base, "{\"hierarchy\": {" + nodes + "}}"));
    std::string order;
    for (const spec::Node& node : doc.spec.nodes()) order += std::string(node.id) + " ";
    return order;
  };
  EXPECT_EQ(ids(R"("new": {"parent": "p"})"), "p q a b new z ");
  EXPECT_EQ(ids(R"("n1": {"parent": "p"}, "n2": {"parent": "p"})"), "p q a n1 n2 b z ");
  EXPECT_EQ(ids(R"("first": {"parent": "q"})"), "p q first a b z ");
  EXPECT_EQ(ids(R"("unlisted": {"parent": "nowhere"})"), "p q a b z unlisted ");
  // Its parent says where, as it is chosen.
  EXPECT_EQ(ids(R"("q": {"children": ["r", "s"]}, "s": {"parent": "q"}, "r": {"parent": "q"})"),
            "p q r s a b z ");
  EXPECT_EQ(ids(R"("q2": {"parent": "q", "children": ["t"]}, "t": {"parent": "q2"})"),
            "p q q2 t a b z ");
}

TEST(Rebuild, new_entries_stand_behind_all_others_by_time) {
  const std::string made = put_all(
      R"({"hierarchy": {}, "journal": [{"timestamp": "2026-01-09T00:00:00Z", "title": "last"}]})",
      R"({"hierarchy": {}, "journal": [
          {"timestamp": "2026-01-03T00:00:00Z", "title": "third"},
          {"title": "without a time"},
          {"timestamp": "2026-01-01T23:00:00-02:00", "title": "second"}]})");
  const test::SpecDocument doc(made);
  std::vector<std::string> titles;
  for (const spec::JournalEntry& entry : doc.spec.journal()) {
    titles.emplace_back(entry.title().string());
  }
  EXPECT_THAT(titles, ElementsAre("last", "without a time", "second", "third"));
  EXPECT_EQ(put_all(R"({"hierarchy": {}})", R"({"hierarchy": {}, "journal": [{"title": "e"}]})"),
            R"({"hierarchy": {}, "journal": [{"title": "e"}]})");
}

TEST(Rebuild, a_journal_of_null_becomes_one_and_any_other_is_no_place_for_entries) {
  const std::string entries = R"({"hierarchy": {}, "journal": [{"title": "e"}]})";
  EXPECT_EQ(put_all(R"({"journal": null, "hierarchy": {}})", entries),
            R"({"journal": [{"title": "e"}], "hierarchy": {}})");
  for (const char* bytes : {R"({"hierarchy": {}, "journal": {}})", R"({"journal": 1})"}) {
    const Result<std::string> made = put(bytes, WholeDocument(entries).all, {});
    ASSERT_FALSE(made) << bytes;
    EXPECT_EQ(made.error().kind, ErrorKind::kDamaged);
  }
}

TEST(Rebuild, nodes_are_put_only_where_there_is_a_hierarchy) {
  const WholeDocument source(R"({"hierarchy": {"a": {}}})");
  for (const char* bytes : {"{}", "[]", R"({"hierarchy": []})"}) {
    const Result<std::string> made = put(bytes, source.all, {});
    ASSERT_FALSE(made) << bytes;
    EXPECT_EQ(made.error().kind, ErrorKind::kDamaged);
  }
}

TEST(Rebuild, nothing_is_put_into_what_is_no_document) {
  for (const char* bytes : {"", "{", "{}{}"}) {
    const Result<std::string> made = put(bytes, {}, {});
    ASSERT_FALSE(made) << bytes;
    EXPECT_EQ(made.error().kind, ErrorKind::kDamaged);
  }
  const Result<Finished> finished = finish("{", {}, {}, {});
  ASSERT_FALSE(finished);
  EXPECT_EQ(finished.error().kind, ErrorKind::kRefused);
}

TEST(Rebuild, a_frame_holds_the_claims_in_the_order_of_their_source_indented_by_two_blanks) {
  const WholeDocument source(
      R"({"title": "Ü", "journal": [{"title":"e"}, {}], "a\"b": 1, "hierarchy": {"x": {}, "y": {}},
          "last": null})");
  EXPECT_EQ(frame(source.all), R"({
  "title": "Ü",
  "journal": [
    {"title":"e"},
    {}
  ],
  "a\"b": 1,
  "hierarchy": {
    "x": {},
    "y": {}
  },
  "last": null
}
)");
  EXPECT_TRUE(Chosen{}.empty());
  EXPECT_EQ(frame({}), "{\n  \"hierarchy\": {\n\n  }\n}\n");
}

TEST(Rebuild, ids_that_are_nowhere_go_from_the_lists_of_touched_nodes_and_are_told) {
  const std::string bytes = root_with({"gone", "a", "gone too"}, {"a"}, "pending");
  const Finished finished = finished_of(bytes, {"spec-root"});
  EXPECT_THAT(missing_of(finished),
              ElementsAre("spec-root above gone", "spec-root above gone too"));
  EXPECT_EQ(finished.bytes, root_with({"a"}, {"a"}, "pending"));
  EXPECT_EQ(derived_lines(finished).size(), 2U);

  const Finished untouched = finished_of(bytes, {"a", "unknown"});
  EXPECT_THAT(missing_of(untouched), IsEmpty());
  EXPECT_EQ(untouched.bytes, bytes);

  const std::string orphan = test::spec_json(
      {{.id = "spec-root", .type = "spec", .total = "0"}, {.id = "a", .parent = "phase-9"}});
  EXPECT_THAT(missing_of(finished_of(orphan, {"a"})), ElementsAre("a below phase-9"));
  EXPECT_EQ(finished_of(orphan, {"a"}).bytes, orphan);
  EXPECT_THAT(missing_of(finished_of(orphan, {"spec-root"})), IsEmpty());
}

TEST(Rebuild, a_touched_node_joins_the_end_of_its_parents_list_and_the_counts_follow) {
  const std::string bytes = root_with({"a"}, {"a", "b"}, "pending");
  const Finished finished = finished_of(bytes, {"b"});
  const test::SpecDocument doc(finished.bytes);
  EXPECT_EQ(doc.spec.root()->children_value.raw(), R"(["a", "b"])");
  EXPECT_EQ(doc.spec.root()->total, 2);
  EXPECT_THAT(missing_of(finished), IsEmpty());
  EXPECT_EQ(derived_lines(finished).size(), 2U);
  EXPECT_EQ(finished_of(bytes, {"a"}).bytes, bytes);
}

TEST(Rebuild, what_lacks_a_child_is_not_completed_by_that) {
  const auto status = [](const std::vector<std::string>& listed) {
    const Finished finished =
        finished_of(root_with(listed, {"a"}, "completed"), {"spec-root", "a"});
    const test::SpecDocument doc(finished.bytes);
    return std::string(doc.spec.root()->status_value.string());
  };
  EXPECT_EQ(status({"a"}), "completed");
  EXPECT_EQ(status({"a", "gone"}), "pending");
}

TEST(Rebuild, last_updated_is_written_where_the_document_says_an_earlier_time_or_none) {
  const auto written = [](const std::string& stated) {
    const Finished finished =
        finished_of("{" + stated + "\"hierarchy\": {}}", {}, R"("2026-01-02T10:00:00Z")");
    return read_document("file", finished.bytes, {});
  };
  for (const char* earlier : {"", R"("last_updated": "2026-01-02T11:00:00+02:00", )",
                              R"("last_updated": "no time", )", R"("last_updated": null, )"}) {
    const Statements said = written(earlier);
    ASSERT_EQ(said.members.size(), 1U) << earlier;
    EXPECT_EQ(said.members[0].value.raw(), R"("2026-01-02T10:00:00Z")") << earlier;
  }
  for (const char* not_earlier : {R"("last_updated": "2026-01-02T12:00:00+02:00", )",
                                  R"("last_updated": "2026-01-02T09:00:00-02:00", )"}) {
    const Statements said = written(not_earlier);
    EXPECT_NE(said.members.at(0).value.raw(), R"("2026-01-02T10:00:00Z")") << not_earlier;
  }
}

}  // namespace
}  // namespace sdd::repair
