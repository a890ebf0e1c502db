#include "json/equality.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "json/tree.h"

namespace sdd::json {
namespace {

// The elements of a JSON array, with the tree that holds them.
struct EqualityCase {
  explicit EqualityCase(std::string text) : bytes(std::move(text)) {
    Parser parser;
    EXPECT_TRUE(parser.parse(bytes, tree)) << bytes;
    for (const Value element : tree.root().elements()) elements.push_back(element);
  }
  std::string bytes;
  Tree tree;
  std::vector<Value> elements;
};

TEST(Equality, what_is_the_same) {
  for (const char* text :
       {"[1, 1.0]", "[0, -0.0]", R"(["é", "\u00e9"])", "[[1, [2]], [1.0, [2]]]",
        R"([{"a": 1, "b": [null]}, {"b": [null], "a": 1e0}])", "[{}, {}]", "[true, true]",
        R"([{"a": 1, "a": 2}, {"a": 2}])", "[18446744073709551615, 18446744073709551615.0]"}) {
    const EqualityCase one(text);
    EXPECT_TRUE(same(one.elements[0], one.elements[1])) << text;
    EXPECT_EQ(same_hash(one.elements[0]), same_hash(one.elements[1])) << text;
    ASSERT_TRUE(first_repetition(one.tree.root()).has_value()) << text;
  }
}

TEST(Equality, what_is_not) {
  const EqualityCase one(
      R"([0, 1, false, true, null, "", "0", "1", [], [0], [[]], {}, {"a": 0}, {"a": false},
          {"b": 0}, {"a": 0, "b": 0}, 9007199254740993, 9007199254740992.0, [0, 1], [1, 0]])");
  for (const Value a : one.elements) {
    for (const Value b : one.elements) {
      EXPECT_EQ(same(a, b), a == b) << a.raw() << " " << b.raw();
      EXPECT_EQ(std::is_lt(order(a, b)), std::is_gt(order(b, a))) << a.raw() << " " << b.raw();
    }
  }
  EXPECT_FALSE(first_repetition(one.tree.root()).has_value());
}

TEST(Equality, names_the_first_that_repeats) {
  const EqualityCase one(R"([3, "b", {"x": 1}, "b", 3, {"x": 1.0}])");
  const auto found = first_repetition(one.tree.root());
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->first, one.elements[1]);
  EXPECT_EQ(found->second, one.elements[3]);
}

}  // namespace
}  // namespace sdd::json
