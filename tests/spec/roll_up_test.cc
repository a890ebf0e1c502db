#include "spec/roll_up.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

#include "spec_document.h"

namespace sdd::spec {
namespace {

using test::NodeRow;
using test::Rows;
using test::SpecDocument;

std::string rolled_up(std::initializer_list<const char*> children) {
  RollUp roll_up;
  for (const char* child : children) roll_up.add(status(child));
  const auto result = roll_up.status();
  return result ? std::string(to_string(*result)) : "?";
}

TEST(RollUp, follows_the_older_toolkit) {
  EXPECT_EQ(rolled_up({"completed", "completed"}), "completed");
  EXPECT_EQ(rolled_up({"completed", "pending"}), "in_progress");
  EXPECT_EQ(rolled_up({"completed", "blocked"}), "in_progress");
  EXPECT_EQ(rolled_up({"pending", "in_progress"}), "in_progress");
  EXPECT_EQ(rolled_up({"pending", "blocked"}), "pending");
  EXPECT_EQ(rolled_up({"blocked"}), "pending");
  EXPECT_EQ(rolled_up({}), "pending");
}

TEST(RollUp, says_only_what_does_not_hang_on_an_unknown_child) {
  EXPECT_EQ(rolled_up({"done", "in_progress"}), "in_progress");
  EXPECT_EQ(rolled_up({"done", "completed", "pending"}), "in_progress");
  EXPECT_EQ(rolled_up({"done", "completed"}), "?");
  EXPECT_EQ(rolled_up({"done", "pending"}), "?");
}

// "r:early p:late" for the nodes with a fault, in file order.
std::string status_faults(const SpecDocument& doc) {
  const std::vector<NodeStatus> statuses = check_statuses(doc.spec);
  std::string words;
  for (const Node& node : doc.spec.nodes()) {
    const StatusFault fault = statuses[doc.spec.index_of(node)].fault;
    if (fault == StatusFault::kNone) continue;
    words += (words.empty() ? "" : " ") + std::string(node.id) +
             (fault == StatusFault::kClosedTooEarly ? ":early" : ":late");
  }
  EXPECT_FALSE(!words.empty() && statuses_agree(doc.spec));
  return words;
}

// r ─ p ─ a, b; q ─ c, with these statuses, in this order.
std::string faults_of(const char* r, const char* p, const char* q, const char* a, const char* b,
                      const char* c) {
  return status_faults(
      SpecDocument(Rows{{.id = "r", .type = "spec", .status = r, .children = {"p", "q"}},
                        {.id = "p", .status = p, .parent = "r", .children = {"a", "b"}},
                        {.id = "q", .status = q, .parent = "r", .children = {"c"}},
                        {.id = "a", .status = a, .parent = "p"},
                        {.id = "b", .status = b, .parent = "p"},
                        {.id = "c", .status = c, .parent = "q"}}));
}

TEST(CheckStatuses, finds_nothing_where_parents_follow_their_children) {
  const char* const C = "completed";
  const char* const I = "in_progress";
  const char* const P = "pending";
  EXPECT_EQ(faults_of(C, C, C, C, C, C), "");
  EXPECT_EQ(faults_of(P, P, P, P, P, P), "");
  EXPECT_EQ(faults_of(I, I, C, C, P, C), "");
  EXPECT_EQ(faults_of(I, I, P, P, P, P), "");  // begun, no task started yet
  EXPECT_EQ(faults_of(P, "blocked", P, C, I, P), "");
}

TEST(CheckStatuses, one_fault_shows_once_and_at_its_place) {
  const char* const C = "completed";
  const char* const I = "in_progress";
  const char* const P = "pending";
  EXPECT_EQ(faults_of(C, C, C, C, P, C), "p:early");  // reopened, nobody told
  EXPECT_EQ(faults_of(C, I, C, C, P, C), "r:early");  // told up to the phase
  EXPECT_EQ(faults_of(C, I, C, C, C, C), "p:late");   // only the phase is wrong
  EXPECT_EQ(faults_of(I, C, C, C, C, C), "r:late");
  EXPECT_EQ(faults_of(P, P, P, I, P, P), "p:late");  // started, nobody told
  EXPECT_EQ(faults_of(P, I, P, I, P, P), "r:late");
  EXPECT_EQ(faults_of(I, P, P, I, P, P), "p:late");
  EXPECT_EQ(faults_of(P, P, C, P, P, P), "q:early");  // closed over an open task
  EXPECT_EQ(faults_of(C, C, "blocked", C, C, C), "r:early");
}

TEST(CheckStatuses, unknown_statuses_prove_nothing) {
  const char* const C = "completed";
  EXPECT_EQ(faults_of(C, C, C, C, "done", C), "");
  EXPECT_EQ(faults_of(C, "in_progress", C, C, "done", C), "r:early");
  EXPECT_EQ(faults_of("in_progress", "done", C, C, C, C), "");
  EXPECT_EQ(faults_of(C, C, C, "pending", "done", C), "p:early");
}

TEST(CheckStatuses, faults_of_the_tree_prove_nothing) {
  EXPECT_EQ(
      status_faults(SpecDocument(Rows{{.id = "r", .status = "in_progress", .children = {"a", "x"}},
                                      {.id = "a", .status = "completed", .parent = "r"}})),
      "");
  EXPECT_EQ(status_faults(SpecDocument(Rows{{.id = "r", .status = "in_progress", .children = {"a"}},
                                            {.id = "a", .status = "completed", .parent = "r"},
                                            {.id = "b", .parent = "r"}})),
            "");
  EXPECT_EQ(
      status_faults(SpecDocument(Rows{{.id = "r", .status = "completed", .children = {"a", "b"}},
                                      {.id = "a", .status = "completed", .parent = "r"},
                                      {.id = "b", .parent = "a"}})),
      "");
  EXPECT_EQ(
      status_faults(SpecDocument(Rows{{.id = "a", .status = "completed", .children = {"b"}},
                                      {.id = "b", .status = "completed", .children = {"a"}}})),
      "");
}

Completion completion_of(NodeRow root, NodeRow leaf) {
  root.id = "spec-root";
  root.type = "spec";
  root.children = {"a"};
  leaf.id = "a";
  leaf.parent = "spec-root";
  return completion(SpecDocument({root, leaf}).spec);
}

TEST(Completion, needs_status_and_counts_and_children_that_say_so) {
  const NodeRow done{.status = "completed", .completed = "1"};
  const NodeRow open{.status = "pending"};
  EXPECT_EQ(completion_of(done, done), Completion::kComplete);
  EXPECT_EQ(completion_of(open, open), Completion::kOpen);
  EXPECT_EQ(completion_of(done, open), Completion::kUnclear);
  EXPECT_EQ(completion_of({.status = "in_progress", .completed = "1"}, done), Completion::kUnclear);
  EXPECT_EQ(completion_of({.status = "completed", .completed = "0"}, done), Completion::kUnclear);
  EXPECT_EQ(completion_of({.status = "completed", .completed = "0"}, open), Completion::kOpen);
  EXPECT_EQ(completion_of({.status = "done", .completed = "1"}, done), Completion::kUnclear);
  EXPECT_EQ(completion_of({.status = "completed", .completed = ""}, done), Completion::kUnclear);
  EXPECT_EQ(completion(SpecDocument(Rows{{.id = "a"}}).spec), Completion::kUnclear);
  EXPECT_EQ(
      completion(SpecDocument(
                     Rows{{.id = "spec-root", .type = "spec", .status = "completed", .total = "0"}})
                     .spec),
      Completion::kComplete);
}

TEST(Recount, goes_from_the_leaves_up_whatever_stands_above) {
  const SpecDocument doc(
      {{.id = "r", .type = "spec", .children = {"p", "q", "e"}, .total = "77"},
       {.id = "p", .type = "phase", .parent = "r", .children = {"a", "b", "b", "x"}},
       {.id = "q",
        .type = "phase",
        .status = "blocked",
        .parent = "r",
        .children = {"c"},
        .completed = "\"no\""},
       {.id = "e",
        .type = "phase",
        .status = "completed",
        .parent = "r",
        .total = "0",
        .completed = "5"},
       {.id = "a", .status = "completed", .parent = "p"},
       {.id = "b", .status = "done", .parent = "p"},
       {.id = "c", .status = "completed", .parent = "q"}});
  const std::vector<Recount> counts = recount(doc.spec);
  const auto said = [&](std::string_view id) {
    const Recount& count = counts[doc.index(id)];
    return std::to_string(count.completed) + "/" + std::to_string(count.total) + " " +
           (count.status ? std::string(to_string(*count.status)) : "?");
  };
  EXPECT_EQ(said("r"), "2/3 in_progress");
  EXPECT_EQ(said("p"), "1/2 ?");
  EXPECT_EQ(said("q"), "1/1 blocked");
  EXPECT_EQ(said("e"), "0/0 completed");
  EXPECT_EQ(said("b"), "0/1 ?");
}

}  // namespace
}  // namespace sdd::spec
