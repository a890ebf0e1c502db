#include "spec/kinship.h"

#include <gtest/gtest.h>

#include <string>

#include "spec_document.h"

namespace sdd::spec {
namespace {

using test::NodeRow;
using test::Rows;
using test::SpecDocument;

std::vector<std::string> order_of(const SpecDocument& doc) {
  std::vector<std::string> ids;
  const Kinship kin(doc.spec);
  for (const std::uint32_t index : kin.children_first()) {
    ids.emplace_back(doc.spec.nodes()[index].id);
  }
  return ids;
}

TEST(Kinship, children_stand_before_their_parents) {
  const SpecDocument doc({{.id = "r", .children = {"p", "q"}},
                          {.id = "p", .parent = "r", .children = {"a"}},
                          {.id = "q", .parent = "r", .children = {"a"}},
                          {.id = "a", .parent = "p"}});
  EXPECT_EQ(order_of(doc), (std::vector<std::string>{"a", "p", "q", "r"}));
}

TEST(Kinship, tells_what_each_entry_of_a_list_is) {
  const SpecDocument doc(Rows{{.id = "r", .children = {"a", "a", "ghost", "b", "r"}},
                              {.id = "a", .parent = "r"},
                              {.id = "b", .parent = "a"},
                              {.id = "c", .parent = "nobody"}});
  const Kinship kin(doc.spec);
  const Node& root = *doc.spec.find("r");
  EXPECT_EQ(kin.bond(root, 0), Bond::kSure);
  EXPECT_EQ(kin.bond(root, 1), Bond::kRepeated);
  EXPECT_EQ(kin.bond(root, 2), Bond::kUnknown);
  EXPECT_EQ(kin.bond(root, 3), Bond::kElsewhere);
  EXPECT_EQ(kin.bond(root, 4), Bond::kUnknown);
  EXPECT_FALSE(kin.may_lack_children(doc.index("r")));
  EXPECT_TRUE(kin.may_lack_children(doc.index("a")));  // b names it
  EXPECT_FALSE(kin.may_lack_children(doc.index("c")));
}

TEST(Kinship, a_cycle_is_cut_where_it_closes) {
  const SpecDocument doc(Rows{{.id = "a", .parent = "b", .children = {"b"}},
                              {.id = "b", .parent = "a", .children = {"a"}}});
  const Kinship kin(doc.spec);
  EXPECT_EQ(order_of(doc), (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(kin.bond(*doc.spec.find("a"), 0), Bond::kSure);
  EXPECT_EQ(kin.bond(*doc.spec.find("b"), 0), Bond::kUnknown);
}

TEST(Kinship, a_list_that_is_missing_may_lack_children) {
  const SpecDocument doc(std::string(R"({"hierarchy": {"a": {}, "b": {"children": []}}})"));
  const Kinship kin(doc.spec);
  EXPECT_TRUE(kin.may_lack_children(0));
  EXPECT_FALSE(kin.may_lack_children(1));
}

}  // namespace
}  // namespace sdd::spec
