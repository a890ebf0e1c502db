#include "spec/spec.h"

#include <gtest/gtest.h>

#include <string>

#include "spec_document.h"
#include "support.h"

namespace sdd::spec {
namespace {

using test::Rows;
using test::SpecDocument;

TEST(Spec, reads_the_members_of_a_document_and_its_nodes) {
  const SpecDocument doc(std::string(R"({"spec_id": "a-2026-01-02-001", "title": "A",
    "metadata": {"progress_percentage": 5, "current_phase": "phase-1"}, "current_phase": "phase-2",
    "status": "active",
    "hierarchy": {
      "spec-root": {"type": "spec", "status": "in_progress", "children": ["phase-1"],
                    "total_tasks": 2, "completed_tasks": 1, "parent": null},
      "phase-1": {"type": "phase", "status": "blocked", "children": [], "parent": "spec-root",
                  "metadata": {"file_path": "a.cc", "completed_at": "x"}}},
    "journal": [{"title": "T", "task_id": "phase-1"}, 7]})"));
  ASSERT_TRUE(doc.ok);
  const Spec& spec = doc.spec;
  EXPECT_EQ(spec.spec_id.string(), "a-2026-01-02-001");
  EXPECT_EQ(spec.status_value.string(), "active");
  EXPECT_EQ(spec.metadata_or_top("current_phase").string(), "phase-1");
  EXPECT_EQ(spec.metadata_or_top("status").string(), "active");
  EXPECT_FALSE(spec.metadata_or_top("none"));
  ASSERT_NE(spec.root(), nullptr);
  EXPECT_EQ(spec.root()->type, NodeType::kSpec);
  EXPECT_EQ(spec.root()->total, 2);
  ASSERT_EQ(spec.children(*spec.root()).size(), 1U);
  const Node* phase = spec.at(spec.children(*spec.root())[0].node);
  ASSERT_EQ(phase, spec.find("phase-1"));
  EXPECT_EQ(phase->status, Status::kBlocked);
  EXPECT_EQ(phase->parent, spec.index_of(*spec.root()));
  EXPECT_EQ(phase->total, std::nullopt);
  EXPECT_EQ(phase->metadata.file_path.string(), "a.cc");
  EXPECT_TRUE(phase->is_container());
  EXPECT_FALSE(phase->is_leaf());
  ASSERT_EQ(spec.journal().size(), 2U);
  EXPECT_EQ(spec.journal()[0].task_id().string(), "phase-1");
  EXPECT_FALSE(spec.journal()[1].title());
  EXPECT_EQ(spec.ids(), (std::vector<std::string_view>{"spec-root", "phase-1"}));
}

TEST(Spec, takes_any_json_for_a_spec) {
  for (const char* text :
       {"null", "[]", "7", "{}", R"({"hierarchy": []})", R"({"hierarchy": {"a": 1}, "journal": 3})",
        R"({"hierarchy": {"a": {"children": {"b": 1}, "parent": [], "metadata": "x"}}})"}) {
    const SpecDocument doc{std::string(text)};
    ASSERT_TRUE(doc.ok) << text;
    EXPECT_EQ(doc.spec.root(), nullptr);
    for (const Node& node : doc.spec.nodes()) {
      EXPECT_TRUE(doc.spec.children(node).empty());
      EXPECT_EQ(node.parent, kNoNode);
      EXPECT_TRUE(node.is_leaf());
    }
  }
  EXPECT_EQ(Spec().find("a"), nullptr);
}

TEST(Spec, counts_are_integers_from_zero_however_they_are_spelled) {
  const auto total = [](const std::string& value) {
    return SpecDocument(Rows{{.id = "a", .total = value}}).spec.find("a")->total;
  };
  EXPECT_EQ(total("0"), 0);
  EXPECT_EQ(total("-0"), 0);
  EXPECT_EQ(total("3.0"), 3);
  EXPECT_EQ(total("1e2"), 100);
  EXPECT_EQ(total("9223372036854775807"), INT64_MAX);
  for (const char* none : {"-1", "-1.0", "1.5", "1e300", "18446744073709551615", "\"1\"", "null",
                           "true", "[1]", "{}", ""}) {
    EXPECT_EQ(total(none), std::nullopt) << none;
  }
}

TEST(Spec, unknown_names_are_empty) {
  const SpecDocument doc(Rows{{.id = "a", .type = "tasks", .status = "done"}});
  EXPECT_EQ(doc.spec.find("a")->type, std::nullopt);
  EXPECT_EQ(doc.spec.find("a")->status, std::nullopt);
  for (const std::string_view name : node_type_names())
    EXPECT_EQ(to_string(*node_type(name)), name);
  for (const std::string_view name : status_names()) EXPECT_EQ(to_string(*status(name)), name);
}

TEST(Spec, of_two_nodes_with_one_id_the_last_is_found) {
  const SpecDocument doc(Rows{{.id = "a", .status = "pending", .children = {"b"}},
                              {.id = "b", .parent = "a"},
                              {.id = "a", .status = "completed"}});
  ASSERT_EQ(doc.spec.nodes().size(), 3U);
  EXPECT_EQ(doc.spec.find("a"), &doc.spec.nodes()[2]);
  EXPECT_EQ(doc.spec.find("b")->parent, 2U);
}

TEST(Spec, children_that_are_no_ids_stay_in_the_list) {
  const SpecDocument doc(
      std::string(R"({"hierarchy": {"a": {"children": ["b", 3, "a", null, "x"]}, "b": {}}})"));
  const auto children = doc.spec.children(*doc.spec.find("a"));
  ASSERT_EQ(children.size(), 5U);
  EXPECT_EQ(children[0].node, 1U);
  EXPECT_EQ(children[1].node, kNoNode);
  EXPECT_EQ(children[2].node, 0U);
  EXPECT_EQ(children[4].node, kNoNode);
  EXPECT_EQ(children[4].value.string(), "x");
}

TEST(Spec, reading_another_tree_forgets_the_first) {
  SpecDocument first(Rows{{.id = "spec-root", .type = "spec"}});
  const SpecDocument second(Rows{{.id = "b"}});
  first.spec.read(second.tree);
  EXPECT_EQ(first.spec.root(), nullptr);
  EXPECT_EQ(first.spec.find("spec-root"), nullptr);
  EXPECT_EQ(first.spec.nodes().size(), 1U);
}

}  // namespace
}  // namespace sdd::spec
