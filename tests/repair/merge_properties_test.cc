// What holds of every merge, over random updates of every spec that is at hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "json/embedded_schema.h"
#include "json/equality.h"
#include "json/schema.h"
#include "repair/merged.h"
#include "repair/random_side.h"
#include "rules/engine.h"
#include "spec/diff.h"
#include "spec/random_updates.h"
#include "spec/spec_files.h"
#include "spec_document.h"
#include "text/source_text.h"

namespace sdd::repair {
namespace {

using spec::Change;
using spec::Changes;
using spec::Status;
using test::ReadSpec;
using testing::ElementsAre;
using testing::IsEmpty;

struct MergeTotals {
  std::size_t merges = 0;
  std::size_t clean = 0;
  std::size_t conflicts = 0;
};

// Members that tell how a node's work went.
constexpr std::string_view kStory =
    "status started_at completed_at actual_hours journaled_at needs_journaling status_note";

// What a side says without being derived, and must be there afterwards.
void expect_nothing_missing(const Changes& side, const ReadSpec& merged, const Merged& result) {
  for (const Change& change : spec::stated_only(side)) {
    if (holds(change, merged.tree.root())) continue;
    const std::string pointer = pointer_of(change);
    const bool told = std::any_of(
        result.conflicts.begin(), result.conflicts.end(), [&](const Conflict& conflict) {
          return pointer.starts_with(conflict.pointer) || conflict.pointer.starts_with(pointer) ||
                 change.key == spec::json_text(conflict.node);
        });
    // What the merge settled: the other side's story of the same node, or of one that is open
    // again.
    const std::string_view id = node_of(change);
    const bool settled = !id.empty() && change.path.size() >= 3 &&
                         kStory.find(change.path.back()) != std::string_view::npos;
    EXPECT_TRUE(told || settled) << to_line(change);
    const bool lost_list_item = change.kind == Change::Kind::kItem && change.after && !told;
    EXPECT_FALSE(lost_list_item) << to_line(change);
  }
}

// Sorted lines of the differences that do not hang on the order of what is new.
std::multiset<std::string> statements(const ReadSpec& base, const ReadSpec& read,
                                      std::string_view without = "") {
  std::multiset<std::string> all;
  for (Change change : spec::diff(base.spec, read.spec)) {
    change.before_spot = change.after_spot = {};
    if (without.find(change.path.back()) != std::string_view::npos) continue;
    all.insert(pointer_of(change) + " " + change.key + " " +
               (change.after ? test::on_one_line(change.after->text) : ""));
  }
  return all;
}

std::vector<std::string> differences(const std::multiset<std::string>& a,
                                     const std::multiset<std::string>& b) {
  std::vector<std::string> found;
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(found));
  return found;
}

std::multiset<std::string> merge_errors(rules::Engine& engine, const std::string& bytes) {
  std::multiset<std::string> errors;
  const SourceText source("specs/active/x.json", bytes);
  for (const rules::Finding& finding : engine.check(source, {"x", "active", {}})) {
    if (finding.severity != rules::Severity::kError) continue;
    const bool entry = finding.pointer.starts_with("/journal");  // its number may have changed
    errors.insert(std::string(finding.rule->code) + " " + finding.node + " " +
                  (entry ? finding.message : finding.pointer));
  }
  return errors;
}

// `engine`: for sides that commands made, so that no error is new.
void try_merge(rules::Engine* engine, const std::string& base, const std::string& x,
               const std::string& y, MergeTotals& totals) {
  EXPECT_EQ(merged_of(base, base, x).bytes, x);
  EXPECT_EQ(merged_of(base, x, base).bytes, x);
  EXPECT_EQ(merged_of(base, x, x).bytes, x);
  const Merged merged = merged_of(base, x, y);
  const Merged turned = merged_of(base, y, x);
  ++totals.merges;
  totals.conflicts += merged.conflicts.size();
  const ReadSpec b(base);
  const ReadSpec own(x);
  const ReadSpec other(y);
  const ReadSpec read(merged.bytes);
  ASSERT_TRUE(read.ok);
  expect_nothing_missing(spec::diff(b.spec, own.spec), read, merged);
  expect_nothing_missing(spec::diff(b.spec, other.spec), read, merged);
  EXPECT_EQ(merged.conflicts.size() == 0, turned.conflicts.size() == 0)
      << testing::PrintToString(conflict_pointers(merged)) << " and turned "
      << testing::PrintToString(conflict_pointers(turned));
  if (!merged.conflicts.empty()) return;
  ++totals.clean;
  EXPECT_THAT(differences(statements(b, read), statements(b, ReadSpec(turned.bytes))), IsEmpty());
  // Both sides were without new errors, so the merge is.
  if (engine != nullptr) {
    std::multiset<std::string> known = merge_errors(*engine, base);
    for (const std::string& side : {x, y}) known.merge(merge_errors(*engine, side));
    for (const std::string& error : merge_errors(*engine, merged.bytes)) {
      EXPECT_TRUE(known.contains(error)) << error;
    }
  }
  // Merging what is merged says nothing new, but perhaps about a node that the merge opened again.
  const Merged again = merged_of(base, merged.bytes, y);
  for (const std::string& pointer : conflict_pointers(again)) {
    EXPECT_NE(kStory.find(pointer.substr(pointer.rfind('/') + 1)), std::string_view::npos)
        << pointer;
  }
  EXPECT_THAT(
      differences(statements(b, ReadSpec(again.bytes), kStory), statements(b, read, kStory)),
      IsEmpty());
}

TEST(Merge, properties_over_random_sides_of_every_spec) {
  const auto schema = json::Schema::compile(json::embedded_spec_schema(), "built-in");
  ASSERT_TRUE(schema);
  rules::Engine engine({rules::Purpose::kValidate, {}, schema->get(), true});
  MergeTotals totals;
  std::uint64_t seed = 1;
  for (const test::SpecFile& file : test::spec_files()) {
    SCOPED_TRACE(file.name);
    for (const std::size_t steps : {1, 2, 4, 6}) {
      const std::size_t by_hand = steps % 4 == 2 ? 0 : 30;  // percent
      const std::string x = test::random_side(file.bytes, ++seed, "x", steps, by_hand);
      const std::string y = test::random_side(file.bytes, ++seed, "y", steps, by_hand);
      SCOPED_TRACE(seed);
      try_merge(by_hand == 0 ? &engine : nullptr, file.bytes, x, y, totals);
    }
  }
  std::cout << totals.merges << " merges, " << totals.clean << " without conflict, "
            << totals.conflicts << " conflicts\n";
  EXPECT_GT(totals.clean * 2, totals.merges);
}

}  // namespace
}  // namespace sdd::repair
