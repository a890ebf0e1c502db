#include "spec/outline.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "json/tree.h"
#include "spec/journal.h"
#include "spec/open_work.h"
#include "spec/progress.h"

namespace sdd::spec {
namespace {

// A spec from its hierarchy's members, with whatever else the document is to hold.
struct OutlinedSpec {
  explicit OutlinedSpec(const std::string& hierarchy, const std::string& more = "")
      : bytes("{" + more + "\"hierarchy\": {" + hierarchy + "}}") {
    json::Parser parser;
    EXPECT_TRUE(parser.parse(bytes, tree)) << bytes;
    spec.read(tree);
  }

  std::string bytes;
  json::Tree tree;
  Spec spec;
};

std::string outlined_node(const std::string& id, const std::string& type, const std::string& status,
                          const std::string& children, const std::string& more = "") {
  return "\"" + id + R"(": {"type": ")" + type + R"(", "status": ")" + status +
         R"(", "children": [)" + children + "]" + more + "}";
}

std::vector<std::string> ids_of(const std::vector<OutlineItem>& items) {
  std::vector<std::string> ids;
  for (const OutlineItem& item : items) {
    ids.push_back(std::string(item.depth, '.') + std::string(item.node->id) +
                  (item.in_tree ? "" : "!"));
  }
  return ids;
}

std::vector<std::string> ids_of(const std::vector<const Node*>& nodes) {
  std::vector<std::string> ids;
  for (const Node* node : nodes) ids.emplace_back(node->id);
  return ids;
}

using Ids = std::vector<std::string>;

TEST(Outline, follows_the_lists_of_children_and_ends_with_what_hangs_on_nothing) {
  const OutlinedSpec file(outlined_node("lost", "task", "pending", "\"lost-2\"") + "," +
                          outlined_node("b", "phase", "pending", "") + "," +
                          outlined_node("a", "phase", "pending", "\"c\"") + "," +
                          outlined_node("c", "task", "pending", "\"gone\", 7") + "," +
                          outlined_node("lost-2", "task", "pending", "") + "," +
                          outlined_node("spec-root", "spec", "pending", "\"a\", \"b\", \"a\""));
  EXPECT_EQ(ids_of(outline(file.spec)), (Ids{"spec-root", ".a", "..c", ".b", "lost!", ".lost-2!"}));
  EXPECT_EQ(ids_of(outline_below(file.spec, *file.spec.find("a"))), (Ids{"a", ".c"}));
  EXPECT_EQ(ids_of(phases(file.spec)), (Ids{"a", "b"}));
}

TEST(Outline, visits_a_circle_once) {
  const OutlinedSpec file(outlined_node("spec-root", "spec", "pending", "\"a\"") + "," +
                          outlined_node("a", "task", "pending", "\"b\"") + "," +
                          outlined_node("b", "task", "pending", "\"a\", \"spec-root\"") + "," +
                          outlined_node("x", "task", "pending", "\"x\"", R"(, "parent": "x")"));
  EXPECT_EQ(ids_of(outline(file.spec)), (Ids{"spec-root", ".a", "..b", "x!"}));
}

TEST(Outline, takes_the_last_of_two_nodes_with_one_id) {
  const OutlinedSpec file(outlined_node("spec-root", "spec", "pending", "\"a\"") + "," +
                          outlined_node("a", "task", "pending", "") + "," +
                          outlined_node("a", "task", "completed", ""));
  const std::vector<OutlineItem> items = outline(file.spec);
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[1].node->status, Status::kCompleted);
}

TEST(Outline, goes_down_fifty_thousand_levels) {
  std::string nodes = outlined_node("spec-root", "spec", "pending", "\"n0\"");
  for (int i = 0; i < 50'000; ++i) {
    nodes += "," + outlined_node("n" + std::to_string(i), "phase", "pending",
                                 "\"n" + std::to_string(i + 1) + "\"");
  }
  nodes += "," + outlined_node("n50000", "task", "completed", "");
  const OutlinedSpec file(nodes);
  EXPECT_EQ(outline(file.spec).back().depth, 50'001U);
  const ProgressReader progress(file.spec);
  EXPECT_EQ(progress.of(*file.spec.find("n7")).completed, 1);
  EXPECT_EQ(ids_of(open_work(file.spec, *file.spec.root())), Ids{"n49999"});
}

TEST(Title, is_the_documents_else_its_metadatas_else_the_roots) {
  const std::string root = R"("spec-root": {"title": "C"})";
  EXPECT_EQ(title_of(OutlinedSpec(root, R"("title": "A", "metadata": {"title": "B"},)").spec), "A");
  EXPECT_EQ(title_of(OutlinedSpec(root, R"("title": "", "metadata": {"title": "B"},)").spec), "B");
  EXPECT_EQ(title_of(OutlinedSpec(root).spec), "C");
  EXPECT_EQ(title_of(OutlinedSpec("").spec), "");
}

TEST(Progress, rounds_down_and_stays_between_0_and_100) {
  EXPECT_EQ((Progress{49, 48}.percentage()), 97);
  EXPECT_EQ((Progress{49, 49}.percentage()), 100);
  EXPECT_EQ((Progress{0, 0}.percentage()), 0);
  EXPECT_EQ((Progress{4, 9}.percentage()), 100);
  EXPECT_EQ((Progress{INT64_MAX, INT64_MAX - 1}.percentage()), 99);
  EXPECT_EQ((Progress{INT64_MAX, INT64_MAX / 2}.percentage()), 50);
}

TEST(Progress, is_what_a_node_states_else_its_leaves) {
  const OutlinedSpec file(
      outlined_node("spec-root", "spec", "pending", "\"p\", \"q\"") + "," +
      outlined_node("p", "phase", "pending", "\"a\", \"b\"", R"(, "total_tasks": "2")") + "," +
      outlined_node("q", "phase", "pending", "\"c\"",
                    R"(, "total_tasks": 9, "completed_tasks": 3)") +
      "," + outlined_node("a", "task", "completed", "") + "," +
      outlined_node("b", "verify", "pending", "") + "," +
      outlined_node("c", "task", "completed", ""));
  const ProgressReader progress(file.spec);
  EXPECT_EQ(progress.of_spec().total, 3);
  EXPECT_EQ(progress.of_spec().completed, 2);
  EXPECT_EQ(progress.of(*file.spec.find("p")).total, 2);
  EXPECT_EQ(progress.of(*file.spec.find("p")).completed, 1);
  EXPECT_EQ(progress.of(*file.spec.find("q")).total, 9);
}

TEST(CurrentPhase, is_the_first_in_progress_else_the_first_pending) {
  const std::string root = outlined_node("spec-root", "spec", "pending", "\"p\", \"q\", \"r\"");
  const auto current = [&](const char* p, const char* q, const char* r) {
    const OutlinedSpec file(root + "," + outlined_node("p", "phase", p, "") + "," +
                            outlined_node("q", "phase", q, "") + "," +
                            outlined_node("r", "phase", r, ""));
    const Node* phase = current_phase(file.spec);
    return phase == nullptr ? std::string("none") : std::string(phase->id);
  };
  EXPECT_EQ(current("completed", "pending", "in_progress"), "r");
  EXPECT_EQ(current("completed", "pending", "pending"), "q");
  EXPECT_EQ(current("completed", "completed", "blocked"), "none");
}

TEST(OpenWork, names_the_lowest_open_nodes) {
  const OutlinedSpec file(outlined_node("spec-root", "spec", "in_progress", "\"p\", \"q\", \"r\"") +
                          "," + outlined_node("p", "phase", "in_progress", "\"a\", \"b\"") + "," +
                          outlined_node("a", "task", "pending", "\"a-1\"") + "," +
                          outlined_node("a-1", "subtask", "completed", "") + "," +
                          outlined_node("b", "task", "finished", "") + "," +
                          outlined_node("q", "phase", "completed", "\"c\"") + "," +
                          outlined_node("c", "task", "completed", "") + "," +
                          outlined_node("r", "phase", "pending", ""));
  EXPECT_EQ(ids_of(open_work(file.spec, *file.spec.root())), (Ids{"a", "b", "r"}));
  EXPECT_EQ(ids_of(open_work(file.spec, *file.spec.find("q"))), Ids{});
  EXPECT_EQ(ids_of(open_work(file.spec, *file.spec.find("p"))), (Ids{"a", "b"}));
}

TEST(OpenWork, names_the_root_where_nothing_else_is_open_and_nodes_outside_of_the_tree) {
  const OutlinedSpec lagging(outlined_node("spec-root", "spec", "in_progress", "\"a\"") + "," +
                             outlined_node("a", "task", "completed", ""));
  EXPECT_EQ(ids_of(open_work(lagging.spec, *lagging.spec.root())), Ids{"spec-root"});
  const OutlinedSpec orphan(outlined_node("spec-root", "spec", "completed", "\"a\"") + "," +
                            outlined_node("a", "task", "completed", "") + "," +
                            outlined_node("lost", "task", "pending", ""));
  EXPECT_EQ(ids_of(open_work(orphan.spec, *orphan.spec.root())), Ids{"lost"});
}

TEST(Unjournaled, are_completed_tasks_without_an_entry_since) {
  const auto task = [](const std::string& id, const std::string& type,
                       const std::string& completed_at) {
    return outlined_node(
        id, type, "completed", "",
        R"(, "metadata": {"needs_journaling": true)" +
            (completed_at.empty() ? "" : R"(, "completed_at": ")" + completed_at + "\"") + "}");
  };
  const OutlinedSpec file(task("none", "task", "2026-01-02T10:00:00Z") + "," +
                              task("later", "verify", "2026-01-02T10:00:00Z") + "," +
                              task("slightly-before", "subtask", "2026-01-02T10:00:00Z") + "," +
                              task("earlier", "task", "2026-01-02T10:00:00Z") + "," +
                              task("no-time", "task", "") + "," +
                              task("a-phase", "phase", "2026-01-02T10:00:00Z") + "," +
                              outlined_node("open", "task", "pending", "",
                                            R"(, "metadata": {"needs_journaling": true})"),
                          R"("journal": [
        {"task_id": "later", "timestamp": "2026-01-01T10:00:00Z"},
        {"task_id": "later", "timestamp": "2026-01-03T10:00:00Z"},
        {"task_id": "slightly-before", "timestamp": "2026-01-02T09:59:58Z"},
        {"task_id": "earlier", "timestamp": "2026-01-02T09:59:57.999Z"},
        {"task_id": "no-time"}, 7],)");
  EXPECT_EQ(ids_of(unjournaled(file.spec)), (Ids{"none", "earlier"}));
}

}  // namespace
}  // namespace sdd::spec
