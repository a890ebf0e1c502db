// The rules about nodes and the tree's shape, in the odd cases: which rule speaks, where, how
// often.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/engine.h"
#include "rules/table.h"
#include "text/source_text.h"

namespace sdd::rules {
namespace {

// One node, compact; `more` stands last and may begin with a member that overrides another.
std::string tree_node(const std::string& id, const std::string& parent, const std::string& children,
                      const std::string& more = "") {
  const std::string type = id == "spec-root" ? "spec" : "task";
  return "\"" + id + R"(": {"type": ")" + type + R"(", "title": "T", "status": "pending", )" +
         R"("parent": )" + (parent == "null" ? parent : "\"" + parent + "\"") +
         R"(, "children": [)" + children + R"(], "total_tasks": 1, "completed_tasks": 0, )" +
         R"("metadata": {})" + more + "}";
}

std::string tree_of(const std::vector<std::string>& nodes) {
  std::string text = R"({"spec_id": "a-2026-01-02-001", "hierarchy": {)";
  for (std::size_t i = 0; i < nodes.size(); ++i) text += (i > 0 ? ",\n" : "\n") + nodes[i];
  return text + "\n}}";
}

// The findings of the family SDD2 for a document.
struct TreeFindings {
  explicit TreeFindings(std::string text)
      : source("specs/active/a-2026-01-02-001.json", std::move(text)) {
    const auto selection = Selection::of({"SDD2"}, {});
    EXPECT_TRUE(selection);
    Engine engine({.purpose = Purpose::kCheck, .selection = *selection});
    list = engine.check(source, place_of(source.path()));
  }

  // "SDD206 /hierarchy/task-1 unsafe: message" for each, one a line.
  std::vector<std::string> told() const {
    std::vector<std::string> lines;
    for (const Finding& finding : list) {
      lines.push_back(std::string(finding.rule->code) + " " + finding.pointer + " " +
                      (finding.fix ? to_string(finding.fix->safety) : "none") + ": " +
                      finding.message);
    }
    return lines;
  }

  std::string text_of(const Finding& finding) const {
    return source.bytes().substr(finding.span.begin, finding.span.end - finding.span.begin);
  }

  SourceText source;
  std::vector<Finding> list;
};

using Told = std::vector<std::string>;

TEST(HierarchyRules, a_sound_tree_gives_nothing) {
  EXPECT_EQ(
      TreeFindings(tree_of({tree_node("spec-root", "null", R"("a", "b")"),
                            tree_node("a", "spec-root", ""), tree_node("b", "spec-root", "")}))
          .told(),
      Told{});
}

TEST(HierarchyRules, a_missing_root_is_told_once_whatever_stands_there) {
  EXPECT_EQ(TreeFindings("[]").told(), Told{"SDD201  none: the document is an array, not a spec"});
  EXPECT_EQ(TreeFindings("{}").told(),
            Told{"SDD201  none: there is no hierarchy, so there is no 'spec-root'"});
  EXPECT_EQ(TreeFindings(R"({"hierarchy": null})").told(),
            Told{"SDD201 /hierarchy none: hierarchy is null, not an object of nodes"});
  EXPECT_EQ(TreeFindings(R"({"hierarchy": {}})").told(),
            Told{"SDD201 /hierarchy none: hierarchy is empty"});
  const TreeFindings other(tree_of({tree_node("spec_root", "null", "")}));
  EXPECT_EQ(other.told(), Told{"SDD201 /hierarchy none: hierarchy has no node 'spec-root'"});
  EXPECT_EQ(other.list[0].help, "is 'spec_root' meant to be it?");
  const TreeFindings named(tree_of({tree_node("a", "spec-root", "")}));
  EXPECT_EQ(named.told(), Told{"SDD201 /hierarchy none: hierarchy has no node 'spec-root'"});
  EXPECT_EQ(other.text_of(other.list[0]), "\"hierarchy\"");
}

TEST(HierarchyRules, the_root_has_no_parent) {
  const TreeFindings found(
      tree_of({tree_node("spec-root", "ghost", R"("a")"), tree_node("a", "spec-root", "")}));
  EXPECT_EQ(found.told(), Told{"SDD202 /hierarchy/spec-root/parent safe: the parent of "
                               "'spec-root' is 'ghost', not null"});
  EXPECT_EQ(found.text_of(found.list[0]), "\"ghost\"");
}

TEST(HierarchyRules, an_unknown_parent_is_no_orphan_and_no_mismatch) {
  const TreeFindings listed(
      tree_of({tree_node("spec-root", "null", R"("a")"), tree_node("a", "ghost", "")}));
  EXPECT_EQ(listed.told(), Told{"SDD203 /hierarchy/a/parent plan: parent is 'ghost', and there is "
                                "no such node"});
  EXPECT_EQ(listed.list[0].node, "a");
  EXPECT_EQ(listed.list[0].help, "'spec-root' lists it as a child");
  EXPECT_EQ(listed.list[0].fix->title, "set parent to 'spec-root'");

  const TreeFindings alone(
      tree_of({tree_node("spec-root", "null", R"("phase-1")"),
               tree_node("phase-1", "spec-root", ""), tree_node("task-1-1", "phase-l", "")}));
  ASSERT_EQ(alone.list.size(), 1U);
  EXPECT_EQ(alone.list[0].help, "did you mean 'phase-1'?");
  EXPECT_EQ(alone.list[0].fix->title, "set parent to 'phase-1'");
}

TEST(HierarchyRules, a_lost_node_is_told_at_both_ends) {
  const TreeFindings found(tree_of(
      {tree_node("spec-root", "null", R"("phase-1")"), tree_node("task-1-1", "phase-1", "")}));
  EXPECT_EQ(found.told(),
            (Told{"SDD204 /hierarchy/spec-root/children/0 none: 'spec-root' lists 'phase-1' as a "
                  "child, and there is no such node",
                  "SDD203 /hierarchy/task-1-1/parent none: parent is 'phase-1', and there is no "
                  "such node"}));
  EXPECT_EQ(found.list[0].help,
            "one node names it as its parent: the node itself may have been lost");
  EXPECT_EQ(found.list[1].help,
            "'phase-1' is listed as a child, too: the node itself may have been lost");
}

TEST(HierarchyRules, unknown_children_are_told_once_and_with_the_nearest_id) {
  const TreeFindings found(
      tree_of({tree_node("spec-root", "null", R"("a", "tusk-1", 7, "tusk-1")"),
               tree_node("a", "spec-root", ""), tree_node("task-1", "spec-root", "")}));
  EXPECT_EQ(found.told(),
            (Told{"SDD204 /hierarchy/spec-root/children/1 plan: 'spec-root' lists 'tusk-1' as a "
                  "child, and there is no such node",
                  "SDD204 /hierarchy/spec-root/children/2 none: a child is a number, not the id of "
                  "a node",
                  "SDD213 /hierarchy/spec-root/children/3 safe: 'spec-root' lists 'tusk-1' as a "
                  "child a second time",
                  "SDD206 /hierarchy/task-1 unsafe: 'task-1' cannot be reached from 'spec-root': "
                  "its parent 'spec-root' does not list it"}));
  EXPECT_EQ(found.list[0].help, "did you mean 'task-1'?");
  EXPECT_EQ(found.text_of(found.list[3]), "\"task-1\"");
}

TEST(HierarchyRules, a_wrong_list_is_safe_to_mend_when_the_other_two_ends_agree) {
  const TreeFindings found(tree_of(
      {tree_node("spec-root", "null", R"("a", "c")"), tree_node("a", "spec-root", R"("b", "b")"),
       tree_node("b", "c", ""), tree_node("c", "spec-root", R"("b")")}));
  EXPECT_EQ(found.told(),
            (Told{"SDD205 /hierarchy/a/children/0 safe: 'a' lists 'b' as a child, but its parent "
                  "is 'c', which lists it, too",
                  "SDD213 /hierarchy/a/children/1 safe: 'a' lists 'b' as a child a second time"}));
  EXPECT_EQ(found.list[0].node, "a");
  EXPECT_EQ(found.list[0].fix->title, "take 'b' out of the children of 'a'");
}

TEST(HierarchyRules, a_wrong_list_is_a_plan_when_the_agreed_parent_hangs_nowhere) {
  const TreeFindings found(
      tree_of({tree_node("spec-root", "null", R"("a")"), tree_node("a", "spec-root", R"("b")"),
               tree_node("b", "c", ""), tree_node("c", "spec-root", R"("b")")}));
  EXPECT_EQ(found.told(),
            (Told{"SDD205 /hierarchy/a/children/0 plan: 'a' lists 'b' as a child, but its parent "
                  "is 'c', which lists it, too",
                  "SDD206 /hierarchy/c unsafe: 'c' cannot be reached from 'spec-root': its parent "
                  "'spec-root' does not list it"}));
}

TEST(HierarchyRules, a_wrong_parent_is_told_at_the_child_however_many_list_it) {
  const TreeFindings found(
      tree_of({tree_node("spec-root", "null", R"("a", "c", "d")"),
               tree_node("a", "spec-root", R"("b")"), tree_node("b", "c", ""),
               tree_node("c", "spec-root", ""), tree_node("d", "spec-root", R"("b")")}));
  EXPECT_EQ(found.told(), Told{"SDD205 /hierarchy/b/parent none: the parent of 'b' is 'c', but 'c' "
                               "does not list it and 'a' and 'd' do"});
  const TreeFindings null(
      tree_of({tree_node("spec-root", "null", R"("a")"), tree_node("a", "null", "")}));
  EXPECT_EQ(null.told(), Told{"SDD205 /hierarchy/a/parent plan: the parent of 'a' is null, but "
                              "'spec-root' lists it as a child"});
}

TEST(HierarchyRules, only_the_top_of_a_detached_piece_is_an_orphan) {
  const TreeFindings found(tree_of(
      {tree_node("spec-root", "null", R"("phase-1")"), tree_node("phase-1", "spec-root", ""),
       tree_node("task-1-1", "null", R"("task-1-1-1")"), tree_node("task-1-1-1", "task-1-1", "")}));
  EXPECT_EQ(found.told(), Told{"SDD206 /hierarchy/task-1-1 unsafe: 'task-1-1' cannot be reached "
                               "from 'spec-root': no node lists it, and its parent is null"});
  EXPECT_EQ(found.list[0].fix->title, "put it last into the children of 'phase-1'");
}

TEST(HierarchyRules, parents_that_go_in_a_circle_without_lists_are_orphans_without_a_proposal) {
  const TreeFindings found(tree_of({tree_node("spec-root", "null", ""), tree_node("a", "b", ""),
                                    tree_node("b", "a", ""), tree_node("c", "c", "")}));
  EXPECT_EQ(found.told(),
            (Told{"SDD206 /hierarchy/a none: 'a' cannot be reached from 'spec-root': its parent "
                  "'b' does not list it",
                  "SDD206 /hierarchy/b none: 'b' cannot be reached from 'spec-root': its parent "
                  "'a' does not list it",
                  "SDD206 /hierarchy/c none: 'c' cannot be reached from 'spec-root': it names "
                  "itself as its parent"}));
}

TEST(HierarchyRules, a_circle_that_hangs_on_the_tree_is_told_at_the_link_that_leads_back) {
  const TreeFindings found(tree_of({tree_node("spec-root", "null", R"("phase-2")"),
                                    tree_node("phase-2", "spec-root", R"("task-2-1")"),
                                    tree_node("task-2-1", "phase-2", R"("x", "phase-2")"),
                                    tree_node("x", "task-2-1", "")}));
  EXPECT_EQ(found.told(), Told{"SDD207 /hierarchy/task-2-1/children/1 none: the hierarchy runs in "
                               "a circle: 'phase-2' > 'task-2-1' > 'phase-2'"});
  EXPECT_EQ(found.list[0].help, "take 'phase-2' out of the children of 'task-2-1'");
  EXPECT_EQ(found.text_of(found.list[0]), "\"phase-2\"");
  ASSERT_EQ(found.list[0].related.size(), 1U);
}

TEST(HierarchyRules, a_detached_circle_is_told_once_and_hides_what_hangs_below_it) {
  const TreeFindings found(
      tree_of({tree_node("spec-root", "null", ""), tree_node("d", "b", ""),
               tree_node("a", "b", R"("b")"), tree_node("b", "a", R"("a", "a", "d")")}));
  EXPECT_EQ(found.told(),
            (Told{"SDD207 /hierarchy/b/children/0 none: the hierarchy runs in a circle: 'a' > 'b' "
                  "> 'a'",
                  "SDD213 /hierarchy/b/children/1 safe: 'b' lists 'a' as a child a second time"}));
}

TEST(HierarchyRules, two_circles_are_two_findings_and_a_node_can_list_itself) {
  const TreeFindings found(
      tree_of({tree_node("spec-root", "null", R"("a")"), tree_node("a", "spec-root", R"("b", "c")"),
               tree_node("b", "a", R"("a")"), tree_node("c", "a", R"("c", "spec-root")")}));
  EXPECT_EQ(found.told(),
            (Told{"SDD207 /hierarchy/b/children/0 none: the hierarchy runs in a circle: 'a' > 'b' "
                  "> 'a'",
                  "SDD207 /hierarchy/c/children/0 none: 'c' lists itself as a child",
                  "SDD207 /hierarchy/c/children/1 none: the hierarchy runs in a circle: "
                  "'spec-root' > 'a' > 'c' > 'spec-root'"}));
}

TEST(HierarchyRules, each_missing_member_is_one_finding) {
  const TreeFindings found(tree_of({tree_node("spec-root", "null", R"("a", "b")"),
                                    tree_node("b", "spec-root", ""), "\"a\": {}"}));
  ASSERT_EQ(found.list.size(), 8U);
  std::vector<std::string> missing;
  for (const Finding& finding : found.list) {
    EXPECT_STREQ(finding.rule->code, "SDD208");
    EXPECT_EQ(finding.pointer, "/hierarchy/a");
    EXPECT_EQ(found.text_of(finding), "\"a\"");
    missing.push_back(finding.missing + (finding.fix ? ": " + finding.fix->title : ""));
  }
  EXPECT_EQ(missing, (Told{"type", "title", "status", "parent", "children: add children: []",
                           "total_tasks", "completed_tasks", "metadata: add metadata: {}"}));
}

TEST(HierarchyRules, a_missing_count_is_safe_to_add_where_it_follows) {
  const std::string leaf =
      R"("a": {"type": "task", "title": "T", "status": "completed", "parent": "spec-root", "children": [], "metadata": {}})";
  const std::string inner =
      R"("b": {"type": "phase", "title": "T", "status": "done", "parent": "spec-root", "children": ["c"], "metadata": {}})";
  const TreeFindings found(tree_of(
      {tree_node("spec-root", "null", R"("a", "b")"), leaf, inner, tree_node("c", "b", "")}));
  EXPECT_EQ(found.told(),
            (Told{"SDD208 /hierarchy/a safe: 'a' has no total_tasks",
                  "SDD208 /hierarchy/a safe: 'a' has no completed_tasks",
                  "SDD208 /hierarchy/b safe: 'b' has no total_tasks",
                  "SDD208 /hierarchy/b safe: 'b' has no completed_tasks",
                  "SDD210 /hierarchy/b/status unsafe: status is 'done', not one of pending, "
                  "in_progress, completed and blocked"}));
  EXPECT_EQ(found.list[1].fix->title, "add completed_tasks: 1");
  EXPECT_EQ(found.list[3].fix->title, "add completed_tasks: 0");
}

TEST(HierarchyRules, missing_children_are_one_fault_and_no_empty_list_where_others_name_the_node) {
  const std::string a =
      R"("a": {"type": "phase", "title": "T", "status": "pending", "parent": "spec-root", "total_tasks": 0, "completed_tasks": 0, "metadata": {}})";
  const TreeFindings missing(tree_of({tree_node("spec-root", "null", R"("a")"), a,
                                      tree_node("b", "a", ""), tree_node("c", "a", "")}));
  EXPECT_EQ(missing.told(), Told{"SDD208 /hierarchy/a none: 'a' has no children"});
  const TreeFindings lost(
      tree_of({tree_node("spec-root", "null", R"("a")"), "\"a\": null", tree_node("b", "a", "")}));
  EXPECT_EQ(lost.told(), Told{"SDD212 /hierarchy/a none: 'a' is null, not an object"});
}

TEST(HierarchyRules, statuses_and_types_get_a_proposal) {
  const auto proposal = [](const std::string& member, const std::string& value) {
    const TreeFindings found(
        tree_of({tree_node("spec-root", "null", "", ", \"" + member + "\": " + value)}));
    return found.list.size() == 1 ? found.list[0].help : "not one finding";
  };
  EXPECT_EQ(proposal("status", R"("done")"), "did you mean 'completed'?");
  EXPECT_EQ(proposal("status", R"("In Progress")"), "did you mean 'in_progress'?");
  EXPECT_EQ(proposal("status", R"("in-progress")"), "did you mean 'in_progress'?");
  EXPECT_EQ(proposal("status", R"("not started")"), "did you mean 'pending'?");
  EXPECT_EQ(proposal("status", R"("waiting")"), "did you mean 'blocked'?");
  EXPECT_EQ(proposal("status", R"("Completd")"), "did you mean 'completed'?");
  EXPECT_EQ(proposal("status", R"("")"), "");
  EXPECT_EQ(proposal("status", "null"), "");
  EXPECT_EQ(proposal("type", R"("tasks")"), "did you mean 'task'?");
  EXPECT_EQ(proposal("type", R"("Story")"), "did you mean 'task'?");
  EXPECT_EQ(proposal("type", R"("sub-task")"), "did you mean 'subtask'?");
  EXPECT_EQ(proposal("type", R"("giraffe")"), "");
  EXPECT_EQ(proposal("type", "1"), "");
}

TEST(HierarchyRules, a_node_that_is_no_object_is_that_and_nothing_else) {
  const TreeFindings found(tree_of(
      {tree_node("spec-root", "null", R"("a")"), "\"a\": \"lost\"", "\"b\": null", "\"c\": []"}));
  EXPECT_EQ(found.told(), (Told{"SDD212 /hierarchy/a none: 'a' is a string, not an object",
                                "SDD212 /hierarchy/b none: 'b' is null, not an object",
                                "SDD212 /hierarchy/c none: 'c' is an array, not an object"}));
  EXPECT_EQ(found.text_of(found.list[0]), "\"lost\"");
}

TEST(HierarchyRules, what_a_second_key_hides_counts_for_nothing) {
  const std::string root = tree_node("spec-root", "null", R"("a", "b")");
  const std::string b = tree_node("b", "spec-root", "");
  const std::string later = tree_node("a", "spec-root", "");
  EXPECT_EQ(TreeFindings(tree_of({root, tree_node("a", "spec-root", R"("ghost", "b")"), b, later}))
                .told(),
            Told{});
  // What only the hidden node lists is no orphan: the repeated key is the fault (SDD010).
  const std::string hidden = tree_node("a", "spec-root", R"("c")");
  EXPECT_EQ(TreeFindings(tree_of({root, hidden, b, tree_node("c", "a", ""), later})).told(),
            Told{});
}

// A chain of 50,000 nodes, each the child of the one before; its end leads back to `back_to`.
std::string chain_of_nodes(const std::string& back_to) {
  constexpr int kLength = 50'000;
  std::vector<std::string> nodes = {tree_node("spec-root", "null", "\"n0\"")};
  for (int i = 0; i < kLength; ++i) {
    const std::string parent = i == 0 ? "spec-root" : "n" + std::to_string(i - 1);
    const std::string child = i + 1 < kLength ? "\"n" + std::to_string(i + 1) + "\"" : back_to;
    nodes.push_back(tree_node("n" + std::to_string(i), parent, child));
  }
  return tree_of(nodes);
}

TEST(HierarchyRules, a_chain_of_fifty_thousand_is_walked) {
  EXPECT_EQ(TreeFindings(chain_of_nodes("")).told(), Told{});
  const TreeFindings circle(chain_of_nodes("\"n1\""));
  ASSERT_EQ(circle.list.size(), 1U);
  EXPECT_STREQ(circle.list[0].rule->code, "SDD207");
  EXPECT_NE(circle.list[0].message.find("'n20' > (49975 more) > 'n49996'"), std::string::npos)
      << circle.list[0].message;
}

TEST(HierarchyRules, fifty_thousand_faults_do_not_cost_their_square) {
  std::vector<std::string> nodes = {tree_node("spec-root", "null", "\"ghost-0\"")};
  for (int i = 0; i < 50'000; ++i) {
    nodes.push_back(tree_node("n" + std::to_string(i), "ghost-" + std::to_string(i),
                              "\"ghost-" + std::to_string(i) + "\""));
  }
  EXPECT_EQ(TreeFindings(tree_of(nodes)).list.size(), kMaxFindings);
}

}  // namespace
}  // namespace sdd::rules
