#include "repair/claims.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "spec/lists.h"

namespace sdd::repair {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> names_of_claims(const std::vector<Claim>& claims) {
  std::vector<std::string> names;
  for (const Claim& claim : claims) names.push_back(claim.name);
  return names;
}

std::string bytes_at(const std::string& bytes, Span span) {
  return bytes.substr(span.begin, span.size());
}

bool same_nodes(const std::string& a, const std::string& b) {
  const std::string both = "[" + a + "," + b + "]";
  json::Parser parser;
  json::Tree tree;
  EXPECT_TRUE(parser.parse(both, tree)) << both;
  const auto first = tree.root().elements().begin();
  return same_node(*first, *std::next(first));
}

bool has_key_twice(const std::string& text) {
  json::Parser parser;
  json::Tree tree;
  EXPECT_TRUE(parser.parse(text, tree)) << text;
  return repeats_a_key(tree.root());
}

// A node as a writer with two blanks to a level leaves it.
std::string laid_out_node(const std::string& id, const std::string& title) {
  return "    \"" + id + "\": {\n      \"type\": \"task\",\n      \"title\": \"" + title +
         "\",\n      \"status\": \"pending\",\n      \"parent\": null,\n      \"children\": []\n"
         "    }";
}

std::string log_line(const std::string& changes) {
  return R"({"event": "intent", "changes": [)" + changes + "]}\n";
}

TEST(Claims, a_document_claims_its_nodes_entries_and_members_with_their_places) {
  const std::string bytes =
      R"({"title": "Grün", "hierarchy": {"ä": {"n": 1}, "b": {}}, "journal": [ {"title": "e"} ]})";
  const Statements said = read_document("head", bytes, {});
  EXPECT_TRUE(said.is_document);
  EXPECT_THAT(names_of_claims(said.members), ElementsAre("title"));
  EXPECT_THAT(names_of_claims(said.nodes), ElementsAre("ä", "b"));
  EXPECT_EQ(said.nodes[0].source, "head");
  EXPECT_EQ(bytes_at(bytes, said.nodes[0].place), R"("ä": {"n": 1})");
  EXPECT_EQ(bytes_at(bytes, said.nodes[0].span), R"({"n": 1})");
  EXPECT_EQ(bytes_at(bytes, said.members[0].place), R"("title": "Grün")");
  ASSERT_EQ(said.entries.size(), 1U);
  EXPECT_EQ(bytes_at(bytes, said.entries[0].place), R"({"title": "e"})");
  EXPECT_EQ(said.entries[0].name, spec::item_key(spec::ListKind::kEntries, said.entries[0].value));
}

TEST(Claims, what_was_read_stays_when_the_bytes_change_and_the_statements_move) {
  std::string bytes = R"({"hierarchy": {"a": {"title": "long enough to stand on the heap"}}})";
  Statements first = read_document("head", bytes, {});
  bytes.assign(bytes.size(), 'x');
  const Statements moved = std::move(first);
  EXPECT_EQ(moved.nodes.at(0).value.find("title").string(), "long enough to stand on the heap");
}

TEST(Claims, bytes_that_are_no_document_claim_nothing) {
  for (const char* bytes :
       {"", " \n", "{", "[1]", R"({"title": "T"})", R"({"title": "T", "hierarchy": []})",
        R"({"hierarchy": {"a": {}}}})", "{\"hierarchy\": {\"\xff\": {}}}"}) {
    const Statements said = read_document("head", bytes, {});
    EXPECT_FALSE(said.is_document) << bytes;
    EXPECT_THAT(names_of_claims(said.nodes), IsEmpty()) << bytes;
    EXPECT_THAT(names_of_claims(said.members), IsEmpty()) << bytes;
    EXPECT_EQ(said.newest, std::nullopt) << bytes;
  }
}

TEST(Claims, the_newest_time_is_that_of_any_claim_and_an_entry_needs_none) {
  const Statements said = read_document("head", R"({"last_updated": "2026-01-01T00:00:00Z",
      "hierarchy": {"a": {"metadata": {"completed_at": "2026-01-03T00:00:00Z"}}},
      "journal": [{"title": "without a time"}, {"timestamp": "2026-01-02T00:00:00Z"}]})",
                                        {});
  EXPECT_EQ(said.newest, parse_rfc3339("2026-01-03T00:00:00Z"));
  EXPECT_EQ(said.entries.size(), 2U);
  const Statements timeless =
      read_document("head", R"({"hierarchy": {}, "journal": [{"title": "without a time"}]})", {});
  EXPECT_EQ(timeless.entries.size(), 1U);
  EXPECT_EQ(timeless.newest, std::nullopt);
}

TEST(Claims, fragments_are_what_stands_whole_with_its_place_in_the_file) {
  const std::string node = laid_out_node("ü", "T");
  const std::string broken = laid_out_node("broken", "\xff");
  const std::string bytes = "{\n  \"title\": \"T\",\n  \"hierarchy\": {\n" + node + ",\n" + broken +
                            ",\n    \"cut\": {\n      \"type\": \"ta";
  const Statements said = read_fragments("file", bytes, {});
  EXPECT_FALSE(said.is_document);
  EXPECT_THAT(names_of_claims(said.members), ElementsAre("title"));
  ASSERT_THAT(names_of_claims(said.nodes), ElementsAre("ü"));
  EXPECT_EQ("    " + bytes_at(bytes, said.nodes[0].place), node);
  EXPECT_TRUE(said.nodes[0].in_step);
  EXPECT_THAT(names_of_claims(read_fragments("file", "", {}).nodes), IsEmpty());
}

TEST(Claims, fragments_are_read_from_the_offset_on) {
  const std::string document = "{\n  \"hierarchy\": {\n" + laid_out_node("a", "T") + "\n  }\n}\n";
  const std::string bytes = document + laid_out_node("b", "T") + "\n  }\n}\n";
  const Statements tail = read_fragments("file", bytes, {}, document.size());
  ASSERT_THAT(names_of_claims(tail.nodes), ElementsAre("b"));
  EXPECT_EQ(tail.nodes[0].place.begin, document.size() + 4);
  EXPECT_EQ(bytes_at(bytes, tail.nodes[0].span).front(), '{');
}

TEST(Claims, a_log_claims_what_its_updates_added_whatever_the_other_lines_are) {
  const std::string added_node =
      R"({"pointer": "/hierarchy/a~1b", "change": "add", "old": null, "new": {"title": "N"}})";
  const std::string added_entry =
      R"({"pointer": "/journal/-", "change": "add-item", "key": "k", "old": null,)"
      R"( "new": {"title": "Ü", "timestamp": "2026-01-02T00:00:00Z"}})";
  const std::string others =
      R"({"pointer": "/hierarchy/c", "change": "set", "old": {"x": 1}, "new": {"x": 2}},)"
      R"({"pointer": "/hierarchy/f", "change": "set", "old": 1, "new": {"x": 2}},)"
      R"({"pointer": "/hierarchy/d", "change": "remove", "old": {"x": 1}, "new": null},)"
      R"({"pointer": "/hierarchy/e/metadata", "change": "add", "old": null, "new": {}},)"
      R"({"pointer": "/journal/-", "change": "remove-item", "key": "k", "old": {}, "new": null},)"
      R"({"pointer": "no pointer", "change": "add", "old": null, "new": {}}, 1, null)";
  std::string bytes = "no JSON with \"changes\"\n\n{\"changes\": \xff}\n{\"changes\": 1}\r\n" +
                      log_line(added_node + "," + others) + "[1, 2]\r\n" + log_line(added_entry);
  bytes.resize(bytes.size() - 1);
  bytes += "\r\n" + log_line(added_node).substr(0, 60);
  const Statements said = read_log("log", bytes, {});
  EXPECT_FALSE(said.is_document);
  ASSERT_THAT(names_of_claims(said.nodes), ElementsAre("a/b"));
  EXPECT_EQ(bytes_at(bytes, said.nodes[0].span), R"({"title": "N"})");
  ASSERT_EQ(said.entries.size(), 1U);
  EXPECT_EQ(bytes_at(bytes, said.entries[0].place),
            R"({"title": "Ü", "timestamp": "2026-01-02T00:00:00Z"})");
  EXPECT_EQ(said.newest, parse_rfc3339("2026-01-02T00:00:00Z"));
  EXPECT_THAT(names_of_claims(read_log("log", "", {}).nodes), IsEmpty());
}

TEST(Claims, a_line_of_a_log_that_is_too_deep_hides_no_other) {
  const auto adding = [](const std::string& id, std::size_t depth) {
    return log_line(R"({"pointer": "/hierarchy/)" + id +
                    R"(", "change": "add", "old": null, "new": {"x": )" + std::string(depth, '[') +
                    std::string(depth, ']') + "}}");
  };
  for (const std::size_t depth : {506U, 507U, 508U, 509U}) {
    const Statements said = read_log("log", adding("good", 1) + adding("deep", depth), {});
    ASSERT_FALSE(said.nodes.empty()) << depth;
    EXPECT_EQ(said.nodes[0].name, "good");
    EXPECT_EQ(said.nodes.size(), depth < 508 ? 2U : 1U) << depth;
  }
}

TEST(Claims, nodes_are_the_same_counts_aside_and_the_status_of_those_with_children) {
  EXPECT_TRUE(same_nodes(R"({"title": "T", "total_tasks": 1})",
                         R"({"completed_tasks": 2, "title": "\u0054"})"));
  EXPECT_FALSE(same_nodes(R"({"title": "T"})", R"({"title": "T", "parent": null})"));
  EXPECT_FALSE(same_nodes(R"({"children": [], "status": "pending"})",
                          R"({"children": [], "status": "completed"})"));
  EXPECT_TRUE(same_nodes(R"({"children": ["x"], "status": "pending"})",
                         R"({"children": ["x"], "status": "completed"})"));
  EXPECT_FALSE(same_nodes(R"({"children": ["x"], "status": "pending"})",
                          R"({"children": ["y"], "status": "pending"})"));
  EXPECT_TRUE(same_nodes("1", "1.0"));
  EXPECT_FALSE(same_nodes("{}", "null"));
  EXPECT_FALSE(same_node({}, {}));
}

TEST(Claims, a_key_that_stands_twice_is_noted_at_any_depth_however_it_is_spelled) {
  EXPECT_TRUE(has_key_twice(R"([{"a": [{"b": 1, "\u0062": 1}]}])"));
  EXPECT_FALSE(has_key_twice(R"({"a": {"a": 1}, "b": [{"a": 1}, {"a": 1}], "A": "a"})"));
  EXPECT_FALSE(has_key_twice("1"));
  EXPECT_FALSE(repeats_a_key({}));
  const Statements said = read_document("head", R"({"hierarchy": {"a": {"x": {"y": 1, "y": 2}},
      "a": {"x": 1}, "b": null, "c": "text"}, "journal": [1, {"n": 1, "n": 1}, []]})",
                                        {});
  ASSERT_THAT(names_of_claims(said.nodes), ElementsAre("a", "a"));
  EXPECT_TRUE(said.nodes[0].repeats);
  EXPECT_FALSE(said.nodes[1].repeats);
  ASSERT_EQ(said.entries.size(), 1U);
  EXPECT_TRUE(said.entries[0].repeats);
}

}  // namespace
}  // namespace sdd::repair
