#include "repair/versions.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace sdd::repair {
namespace {

constexpr Span kAtASeam = {8140, 8160};
constexpr Span kFarFromSeams = {4000, 4100};

// What a writer with two blanks to a level would hand on in three pieces.
std::string three_pieces() {
  std::string bytes = "{\n";
  while (bytes.size() < 20000) bytes += "  \"key\": \"some text that says little\",\n";
  return bytes;
}

// Two nodes that look alike, `fresh` with the latest time and `old` a day before it.
Statements two_nodes(Span place) {
  Statements statements = read_document("file", R"({"hierarchy": {
      "fresh": {"status": "completed", "metadata": {"completed_at": "2026-01-02T10:00:00Z"}},
      "old": {"status": "completed", "metadata": {"completed_at": "2026-01-01T10:00:00Z"}}}})",
                                        {});
  for (Claim& node : statements.nodes) node.place = place;
  return statements;
}

struct TwoDoubts {
  bool fresh = false;
  bool old = false;
  friend bool operator==(const TwoDoubts&, const TwoDoubts&) = default;
};

TwoDoubts doubts_of(Statements statements, const std::string& bytes, const Suspicion& suspicion,
                    const Witnesses& witnesses = {}) {
  doubt(statements, bytes, suspicion, witnesses);
  return {statements.nodes.at(0).in_doubt, statements.nodes.at(1).in_doubt};
}

bool better_member(const std::string& name, const std::string& a, const std::string& b) {
  const auto member = [&](const std::string& value) {
    return read_document("file", "{\"" + name + "\": \"" + value + "\", \"hierarchy\": {}}", {});
  };
  const Statements first = member(a);
  const Statements second = member(b);
  return is_better(&Statements::members, first.members.at(0), second.members.at(0));
}

bool better_node(const std::string& a, const std::string& b) {
  const auto node = [](const std::string& value) {
    return read_document("file", "{\"hierarchy\": {\"n\": " + value + "}}", {});
  };
  const Statements first = node(a);
  const Statements second = node(b);
  return is_better(&Statements::nodes, first.nodes.at(0), second.nodes.at(0));
}

TEST(Versions, nodes_agree_whatever_is_derived_and_entries_word_by_word) {
  const std::string two =
      R"([{"children": ["x"], "status": "pending", "total_tasks": 1},
          {"children": ["x"], "status": "completed", "total_tasks": 2}])";
  json::Parser parser;
  json::Tree tree;
  ASSERT_TRUE(parser.parse(two, tree));
  const Claim a{.source = "a", .value = *tree.root().elements().begin()};
  const Claim b{.source = "b", .value = *++tree.root().elements().begin()};
  EXPECT_TRUE(agree(&Statements::nodes, a, b));
  EXPECT_FALSE(agree(&Statements::entries, a, b));
  EXPECT_FALSE(agree(&Statements::members, a, b));
  EXPECT_TRUE(agree(&Statements::entries, a, a));
}

TEST(Versions, a_witness_says_the_same_of_the_same_name_and_is_not_in_doubt_itself) {
  Statements source = two_nodes(kAtASeam);
  const Statements file = two_nodes(kAtASeam);
  source.nodes[1].in_doubt = true;
  Witnesses witnesses;
  EXPECT_FALSE(witnesses.confirm(&Statements::nodes, file.nodes[0]));
  witnesses.add(source);
  EXPECT_TRUE(witnesses.confirm(&Statements::nodes, file.nodes[0]));
  EXPECT_FALSE(witnesses.confirm(&Statements::nodes, file.nodes[1]));
  EXPECT_FALSE(witnesses.confirm(&Statements::members, file.nodes[0]));
  Claim renamed = file.nodes[0];
  renamed.name = "other";
  EXPECT_FALSE(witnesses.confirm(&Statements::nodes, renamed));
  Claim different = file.nodes[0];
  different.value = file.nodes[1].value;
  EXPECT_FALSE(witnesses.confirm(&Statements::nodes, different));
}

TEST(Versions, at_a_possible_seam_what_is_fresh_or_odd_is_in_doubt_and_all_where_it_is_strict) {
  const std::string bytes = three_pieces();
  EXPECT_EQ(doubts_of(two_nodes(kAtASeam), bytes, {}), (TwoDoubts{true, false}));
  EXPECT_EQ(doubts_of(two_nodes(kAtASeam), bytes, {.strict = true}), (TwoDoubts{true, true}));
  EXPECT_EQ(doubts_of(two_nodes(kFarFromSeams), bytes, {.strict = true}), TwoDoubts{});
  EXPECT_EQ(doubts_of(two_nodes(kAtASeam), bytes.substr(0, 8192), {.strict = true}), TwoDoubts{});

  Statements odd = read_document("file", R"({"last_updated": "2026-01-02T10:00:00Z",
      "hierarchy": {"odd": {"metadata": {"a": 1}}, "usual": {}, "usual too": {}}})",
                                 {});
  for (Claim& node : odd.nodes) node.place = kAtASeam;
  EXPECT_EQ(doubts_of(odd, bytes, {}), (TwoDoubts{true, false}));
}

TEST(Versions, what_a_witness_confirms_is_not_in_doubt) {
  Statements source = two_nodes({});
  std::swap(source.nodes[1].name, source.nodes[0].name);
  source.nodes.pop_back();
  Witnesses misnamed;
  misnamed.add(source);
  const std::string bytes = three_pieces();
  EXPECT_EQ(doubts_of(two_nodes(kAtASeam), bytes, {.strict = true}, misnamed),
            (TwoDoubts{true, true}));
  source.nodes[0].name = "fresh";
  Witnesses witnesses;
  witnesses.add(source);
  EXPECT_EQ(doubts_of(two_nodes(kAtASeam), bytes, {.strict = true}, witnesses),
            (TwoDoubts{false, true}));
}

TEST(Versions, in_a_spliced_file_old_nodes_at_likely_seams_and_all_out_of_step_are_in_doubt) {
  const std::string bytes = three_pieces();
  EXPECT_EQ(doubts_of(two_nodes(kAtASeam), bytes, {.spliced = true}), (TwoDoubts{true, true}));
  Statements far = two_nodes(kFarFromSeams);
  EXPECT_EQ(doubts_of(far, bytes, {.spliced = true}), TwoDoubts{});
  far.nodes[1].in_step = false;
  EXPECT_EQ(doubts_of(far, bytes, {.spliced = true}), (TwoDoubts{false, true}));
  EXPECT_EQ(doubts_of(far, bytes, {.strict = true}), TwoDoubts{});
}

TEST(Versions, in_a_spliced_file_a_key_that_stands_twice_makes_doubt_wherever_it_stands) {
  Statements statements =
      read_document("file", R"({"hierarchy": {"a": {"status": "pending", "status": "completed"},
      "b": {"status": "pending"}}, "journal": [{"title": "x", "title": "x"}]})",
                    {});
  doubt(statements, three_pieces(), {.spliced = true}, {});
  EXPECT_TRUE(statements.nodes.at(0).in_doubt);
  EXPECT_FALSE(statements.nodes.at(1).in_doubt);
  EXPECT_TRUE(statements.entries.at(0).in_doubt);
}

TEST(Versions, of_members_texts_are_not_in_doubt_unless_pieces_are_known_to_meet_there) {
  Statements statements =
      read_document("file", R"({"title": "T", "total": 12, "metadata": {}, "hierarchy": {}})", {});
  for (Claim& member : statements.members) member.place = kAtASeam;
  const auto in_doubt = [&](const Suspicion& suspicion) {
    doubt(statements, three_pieces(), suspicion, {});
    std::vector<bool> all;
    for (const Claim& member : statements.members) all.push_back(member.in_doubt);
    return all;
  };
  EXPECT_EQ(in_doubt({.strict = true}), (std::vector<bool>{false, true, true}));
  EXPECT_EQ(in_doubt({.spliced = true}), (std::vector<bool>{true, true, true}));
  EXPECT_EQ(in_doubt({}), (std::vector<bool>{false, false, false}));
}

TEST(Versions, of_two_nodes_the_further_status_is_better_then_the_later_time) {
  const std::string pending = R"({"status": "pending", "at": "2026-01-02T10:00:00Z"})";
  const std::string blocked = R"({"status": "blocked", "at": "2026-01-01T10:00:00Z"})";
  const std::string running = R"({"status": "in_progress", "at": "2026-01-01T11:00:00+02:00"})";
  const std::string done = R"({"status": "completed"})";
  const std::string unknown = R"({"status": "?", "at": "2026-01-03T10:00:00Z"})";
  EXPECT_TRUE(better_node(pending, blocked));
  EXPECT_FALSE(better_node(blocked, pending));
  EXPECT_TRUE(better_node(blocked, done));
  EXPECT_FALSE(better_node(done, pending));
  EXPECT_TRUE(better_node(running, blocked));
  EXPECT_FALSE(better_node(blocked, running));
  EXPECT_FALSE(better_node(done, done));
  EXPECT_FALSE(better_node(pending, unknown));
  EXPECT_TRUE(better_node(done, R"({"status": "completed", "at": "2026-01-01T10:00:00Z"})"));
}

TEST(Versions, of_two_last_updated_the_later_is_better_and_of_others_the_first_stays) {
  EXPECT_TRUE(better_member("last_updated", "2026-01-01T10:00:00Z", "2026-01-01T09:00:00-02:00"));
  EXPECT_FALSE(better_member("last_updated", "2026-01-02T10:00:00Z", "2026-01-01T10:00:00Z"));
  EXPECT_FALSE(better_member("last_updated", "2026-01-02T10:00:00Z", "no time"));
  EXPECT_TRUE(better_member("last_updated", "no time", "2026-01-02T10:00:00Z"));
  EXPECT_FALSE(better_member("generated", "2026-01-01T10:00:00Z", "2026-01-02T10:00:00Z"));
  const Statements two = read_document("file", R"({"hierarchy": {}, "journal": [
      {"timestamp": "2026-01-01T10:00:00Z"}, {"timestamp": "2026-01-02T10:00:00Z"}]})",
                                       {});
  EXPECT_FALSE(is_better(&Statements::entries, two.entries.at(0), two.entries.at(1)));
}

}  // namespace
}  // namespace sdd::repair
