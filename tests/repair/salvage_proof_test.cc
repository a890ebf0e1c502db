// The proof of salvage(): thousands of damaged specs, the documents that their writers meant, and
// an oracle that knows nothing of the salvage's means (salvage_oracle.h).
//
//   SDD_TESTS=long build/release/tests/sdd_tests --gtest_filter='SalvageProof.*'
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <array>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "json/embedded_schema.h"
#include "json/schema.h"
#include "repair/damage_room.h"
#include "repair/salvage_oracle.h"
#include "rules/engine.h"
#include "support.h"
#include "text/source_text.h"

namespace sdd::repair {
namespace {

using test::DamagedCase;
using test::DamageRoom;
using test::kShapes;
using test::SalvageOracle;
using test::Shape;
using test::Share;

struct ShapeTotals {
  std::size_t cases = 0, refused = 0, lossy = 0;
  Share nodes, entries;
};

double percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 100.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

void add(Share& sum, const Share& share) {
  sum.whole += share.whole;
  sum.kept += share.kept;
  sum.meant += share.meant;
  sum.there += share.there;
}

class SalvageProof : public testing::Test {
 protected:
  void SetUp() override {
    auto schema = json::Schema::compile(json::embedded_spec_schema(), "built-in");
    ASSERT_TRUE(schema);
    schema_ = std::move(*schema);
    engine_.emplace(rules::Engine::Options{rules::Purpose::kValidate, {}, schema_.get(), true});
  }

  // Errors of the families 0xx to 3xx, by code and node.
  std::set<std::string> errors_of(const std::string& bytes) {
    std::set<std::string> errors;
    const SourceText source("specs/active/x.json", bytes);
    for (const rules::Finding& finding : engine_->check(source, {"x", "active", {}})) {
      const std::string code(finding.rule->code);
      if (finding.severity != rules::Severity::kError || code[3] > '3' || code == "SDD110")
        continue;
      errors.insert(code + " " + finding.node);
    }
    return errors;
  }

  // (e) The result has no error that neither the base nor a writer has.
  void expect_valid(const DamagedCase& damaged, const Salvaged& salvaged) {
    std::set<std::string> known = errors_of(damaged.base);
    for (const std::string& writer : damaged.writers) known.merge(errors_of(writer));
    for (const std::string& error : errors_of(salvaged.bytes)) {
      EXPECT_TRUE(known.contains(error)) << "(e) " << error;
    }
  }

  void try_case(const DamagedCase& damaged, bool with_base) {
    std::vector<Source> sources;
    if (with_base && damaged.shape == Shape::kConflict) {
      sources.push_back(
          {"index-1", SourceKind::kIndex, "index stage 1:x.json", damaged.base, true});
    } else if (with_base) {
      sources.push_back({"head", SourceKind::kHead, "HEAD:x.json", damaged.base, true});
    }
    const Salvaged salvaged = salvage({.stem = damaged.stem, .bytes = damaged.bytes}, sources);
    const test::Verdict verdict = SalvageOracle(damaged).judge(salvaged, sources, with_base);
    for (const std::string& fault : verdict.faults) ADD_FAILURE() << fault;
    faults_ += verdict.faults.size();
    if (with_base && salvaged.refusal.empty()) expect_valid(damaged, salvaged);
    ShapeTotals& totals = totals_[static_cast<std::size_t>(damaged.shape)][with_base ? 1 : 0];
    ++totals.cases;
    if (!salvaged.refusal.empty()) ++totals.refused;
    if (!salvaged.lost.empty()) ++totals.lossy;
    add(totals.nodes, verdict.nodes);
    add(totals.entries, verdict.entries);
  }

  const ShapeTotals& totals(Shape shape, bool with_base) const {
    return totals_[static_cast<std::size_t>(shape)][with_base ? 1 : 0];
  }

  void print() const {
    std::cout
        << "shape            with   cases refused  told | nodes whole   of all | entries whole "
           "  of all\n";
    for (std::size_t shape = 0; shape < kShapes; ++shape) {
      for (const bool with_base : {false, true}) {
        const ShapeTotals& sum = totals(static_cast<Shape>(shape), with_base);
        std::cout << fmt::format(
            "{:<16} {:<6} {:>5} {:>7} {:>5} | {:>9.2f} % {:>6.2f} % | {:>11.2f} % {:>6.2f} %\n",
            to_string(static_cast<Shape>(shape)), with_base ? "git" : "alone", sum.cases,
            sum.refused, sum.lossy, percent(sum.nodes.kept, sum.nodes.whole),
            percent(sum.nodes.there, sum.nodes.meant), percent(sum.entries.kept, sum.entries.whole),
            percent(sum.entries.there, sum.entries.meant));
      }
    }
  }

  std::size_t faults_ = 0;

 private:
  std::shared_ptr<const json::Schema> schema_;
  std::optional<rules::Engine> engine_;
  std::array<std::array<ShapeTotals, 2>, kShapes> totals_;
};

TEST_F(SalvageProof, nothing_is_invented_and_nothing_whole_is_left_behind) {
  const std::size_t cases = test::by_effort<std::size_t>(120, 1'000, 20'000);
  DamageRoom room(20'261'122);
  for (std::size_t i = 0; i < cases && faults_ < 20; ++i) {
    const DamagedCase damaged = room.next();
    for (const bool with_base : {false, true}) {
      SCOPED_TRACE(fmt::format("case {}: {}, {} bytes{}", i, to_string(damaged.shape),
                               damaged.bytes.size(), with_base ? ", with the base" : ""));
      try_case(damaged, with_base);
    }
  }
  print();
  const ShapeTotals& tail = totals(Shape::kTail, false);
  EXPECT_EQ(tail.nodes.kept, tail.nodes.whole);
  EXPECT_EQ(tail.entries.kept, tail.entries.whole);
  const ShapeTotals& splice = totals(Shape::kSplice, false);
  EXPECT_GE(percent(splice.nodes.kept, splice.nodes.whole), test::by_effort(87.0, 89.0, 90.0));
}

}  // namespace
}  // namespace sdd::repair
