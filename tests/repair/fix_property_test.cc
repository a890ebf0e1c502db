// Over many specs with random faults: fixing brings no finding that was not there, changes nothing
// the second time, and its Changes undone mean what stood there before.
#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "repair/fix_trial.h"
#include "repair/fixing.h"
#include "rules/table.h"
#include "spec/change.h"
#include "spec/settle.h"
#include "spec/spec_files.h"

namespace sdd::repair {
namespace {

using bench::Random;
using spec::Change;

// One fault that hands, or two programs at once, leave.
Change random_fault(const spec::Spec& spec, Random& random) {
  const spec::Node& node = random.pick(spec.nodes());
  const spec::Node& other = random.pick(spec.nodes());
  const auto set = [&](const char* member, json::Value before, const std::string& after) {
    std::optional<json::Snippet> old;
    if (before) old = json::Snippet{std::string(before.raw()), true};
    return spec::change_member(spec::node_path(node, member), old, json::Snippet{after});
  };
  const auto drop = [&](const char* member, json::Value before) {
    Change change = set(member, before, "");
    change.after.reset();
    return change;
  };
  const std::string id = "\"" + std::string(other.id) + "\"";
  switch (random.below(12)) {
    case 0:
      return set("total_tasks", node.total_value, std::to_string(random.below(9)));
    case 1:
      return set("completed_tasks", node.completed_value, std::to_string(random.below(9)));
    case 2:
      return set("completed_tasks", node.completed_value, random.chance(50) ? "\"1\"" : "-1");
    case 3:
      return drop("total_tasks", node.total_value);
    case 4:
      return drop("metadata", node.metadata_value);
    case 5:
      return set("status", node.status_value,
                 "\"" +
                     std::string(to_string(random.pick(std::vector<spec::Status>{
                         spec::Status::kPending, spec::Status::kInProgress,
                         spec::Status::kCompleted, spec::Status::kBlocked}))) +
                     "\"");
    case 6:
      return set("status", node.status_value, random.chance(50) ? "\"done\"" : "\"wip\"");
    case 7:
      return set("parent", node.parent_value, id);
    case 8:
      return set("type", node.type_value, random.chance(50) ? "\"epic\"" : "\"story\"");
    case 9:
      return drop("children", node.children_value);
    default:
      break;
  }
  // A child that is listed once more, here or elsewhere.
  std::vector<std::string> keys = spec::item_keys(spec::ListKind::kTexts, node.children_value);
  std::size_t same = 1;
  for (const json::Value child : node.children_value.elements()) {
    if (child.raw() == id) ++same;
  }
  return spec::add_item(spec::node_path(node, "children"), spec::numbered_key(id, same),
                        json::Snippet{id});
}

std::string with_faults(const std::string& bytes, Random& random) {
  std::string now = bytes;
  const std::size_t count = random.between(1, 4);
  for (std::size_t i = 0; i < count; ++i) {
    const test::ReadSpec read(now);
    if (read.spec.nodes().empty()) return now;
    const auto made = spec::apply_changes(now, {random_fault(read.spec, random)});
    if (made) now = *made;
  }
  return now;
}

class FixChecker {
 public:
  void check(const std::string& name, const std::string& bytes, const FixWish& wish) {
    const std::string path = "specs/active/" + name + ".json";
    const std::vector<rules::Finding> before = fixer_.check(SourceText(path, bytes));
    const Fixed fixed = fixer_.fix(bytes, wish, path);
    const rules::Finding* fresh = new_finding(before, fixed.remaining);
    EXPECT_EQ(fresh, nullptr) << name << ": " << fresh->rule->code << " " << fresh->node << " "
                              << fresh->message;
    for (const SkippedFix& skipped : fixed.skipped) {
      ++skipped_[std::string(skipped.rule->code) + ": " +
                 skipped.why.substr(0, skipped.why.find(" at '"))];
      EXPECT_FALSE(skipped.ours) << name << ": " << skipped.rule->code << " " << skipped.node << " "
                                 << skipped.title << ": " << skipped.why << "\n"
                                 << (bytes.size() < 2000 ? bytes : "");
    }
    EXPECT_EQ(fixed.actions.empty(), fixed.bytes == bytes) << name;
    const auto applied = spec::apply_changes(bytes, fixed.changes);
    ASSERT_TRUE(applied) << name << ": " << applied.error().message;
    EXPECT_TRUE(spec::same_meaning(*applied, fixed.bytes)) << name;
    const auto undone = spec::apply_changes(*applied, spec::inverse(fixed.changes));
    ASSERT_TRUE(undone) << name << ": " << undone.error().message;
    EXPECT_TRUE(spec::same_meaning(*undone, bytes)) << name;
    EXPECT_EQ(fixer_.fix(fixed.bytes, wish, path).bytes, fixed.bytes) << name;
    actions_ += fixed.actions.size();
    ++cases_;
  }

  ~FixChecker() {
    std::cout << cases_ << " cases, " << actions_ << " actions; left out:\n";
    for (const auto& [what, count] : skipped_) std::cout << "  " << count << " " << what << "\n";
  }

 private:
  test::SpecFixer fixer_;
  std::size_t cases_ = 0;
  std::size_t actions_ = 0;
  std::map<std::string, std::size_t> skipped_;
};

TEST(FixProperties, random_faults_in_many_specs) {
  FixChecker checker;
  Random random(5);
  for (const test::SpecFile& file : test::spec_files()) {
    if (file.bytes.size() > 60'000 || !test::ReadSpec(file.bytes).ok) continue;
    const std::string name = file.name.substr(file.name.rfind('/') + 1);
    checker.check(name, file.bytes, {});
    for (int i = 0; i < 3; ++i) {
      const std::string bytes = with_faults(file.bytes, random);
      checker.check(name, bytes, {});
      checker.check(name, bytes, {.unsafe = true});
    }
    if (testing::Test::HasFailure()) break;
  }
}

}  // namespace
}  // namespace sdd::repair
