#include "bench/generate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bench/document.h"
#include "bench/plan.h"

namespace sdd::bench {
namespace {

std::vector<GeneratedSpec> generate_all(const CorpusPlan& plan) {
  std::vector<GeneratedSpec> specs;
  Generator generator(plan);
  while (auto spec = generator.next()) specs.push_back(std::move(*spec));
  return specs;
}

std::string all_bytes(const CorpusPlan& plan) {
  std::string bytes;
  for (const GeneratedSpec& spec : generate_all(plan)) bytes += spec.folder + spec.id + spec.bytes;
  return bytes;
}

// FNV-1a, 64 bits.
std::uint64_t fingerprint(std::string_view bytes) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  return hash;
}

Plan plan_of(std::uint64_t seed, std::size_t nodes, Folder folder) {
  Random random(seed);
  return make_plan(random, Prose(0), {nodes, folder, 1'750'000'000'000'000});
}

TEST(Generate, SameSeedGivesTheSameBytes) {
  const CorpusPlan plan{.specs = 60, .bytes = 1'000'000, .seed = 7, .fault_percent = 10};
  EXPECT_EQ(all_bytes(plan), all_bytes(plan));
  CorpusPlan other = plan;
  other.seed = 8;
  EXPECT_NE(all_bytes(plan), all_bytes(other));
}

TEST(Generate, CompilersAgreeOnTheBytes) {
  EXPECT_EQ(fingerprint(all_bytes({.specs = 40, .bytes = 600'000, .seed = 1})),
            10152958154195107341u);
}

TEST(Generate, SizesMeetThePlan) {
  const CorpusPlan plan{.specs = 300, .bytes = 9'000'000, .seed = 3};
  std::size_t sum = 0;
  std::size_t smallest = plan.bytes;
  std::size_t largest = 0;
  for (const GeneratedSpec& spec : generate_all(plan)) {
    sum += spec.bytes.size();
    smallest = std::min(smallest, spec.bytes.size());
    largest = std::max(largest, spec.bytes.size());
  }
  EXPECT_NEAR(static_cast<double>(sum), 9e6, 2e5);
  EXPECT_LT(smallest, 4'000u);
  EXPECT_GT(largest, 150'000u);
}

TEST(Generate, OneSpecHasTheSizeThatWasAsked) {
  for (const double bytes : {20e3, 133e3, 200e3}) {
    const GeneratedSpec spec = generate_one(1, static_cast<std::size_t>(bytes));
    EXPECT_NEAR(static_cast<double>(spec.bytes.size()), bytes, 3'000);
  }
}

TEST(Generate, IdsAreUniqueAndWellFormed) {
  std::set<std::string> ids;
  for (const GeneratedSpec& spec : generate_all({.specs = 2'500, .bytes = 5'000'000})) {
    EXPECT_TRUE(ids.insert(spec.id).second) << spec.id;
    EXPECT_THAT(spec.id,
                testing::MatchesRegex(
                    "[a-z]+-[a-z]+-[a-z]+-20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]-[0-9][0-9][0-9]"));
  }
}

TEST(Generate, EveryPartOfTheStyleOccurs) {
  std::map<std::string, int> seen;
  for (const GeneratedSpec& spec : generate_all({.specs = 1'500, .bytes = 6'000'000})) {
    ++seen[spec.folder];
    if (spec.bytes.find("\\u04") != std::string::npos) ++seen["escaped"];
    if (spec.bytes.find("\xD0") != std::string::npos) ++seen["raw"];
    if (spec.bytes.starts_with("{\n\t")) ++seen["tabs"];
    if (spec.bytes.find("[\"phase-1\"]") != std::string::npos) ++seen["inline"];
    ++seen[spec.bytes.ends_with("}\n") ? "newline" : "bare"];
  }
  for (const char* part :
       {"pending", "active", "completed", "escaped", "raw", "tabs", "inline", "newline", "bare"}) {
    EXPECT_GT(seen[part], 0) << part;
  }
  EXPECT_GT(seen["newline"], seen["bare"]);
}

TEST(Generate, FaultsAreCountedAndNamed) {
  std::set<std::string> codes;
  std::size_t faults = 0;
  for (const GeneratedSpec& spec :
       generate_all({.specs = 400, .bytes = 3'000'000, .seed = 5, .fault_percent = 25})) {
    if (spec.fault.empty()) continue;
    ++faults;
    codes.insert(spec.fault);
  }
  EXPECT_NEAR(static_cast<double>(faults), 100, 30);
  EXPECT_THAT(codes, testing::IsSupersetOf({"SDD002", "SDD003", "SDD204", "SDD301", "SDD402"}));
}

TEST(Plan, KeepsTheNumberOfNodes) {
  for (std::size_t nodes = 3; nodes < 200; ++nodes) {
    EXPECT_EQ(plan_of(nodes, nodes, Folder::kActive).nodes.size(), nodes);
  }
}

TEST(Plan, CountsAddUp) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Plan plan = plan_of(seed, 5 + seed, Folder::kActive);
    for (const PlannedNode& node : plan.nodes) {
      std::size_t total = node.children.empty() ? 1 : 0;
      std::size_t completed = node.children.empty() && node.status == Status::kCompleted ? 1 : 0;
      for (const std::size_t child : node.children) {
        total += plan.nodes[child].total;
        completed += plan.nodes[child].completed;
      }
      EXPECT_EQ(node.total, total) << node.id;
      EXPECT_EQ(node.completed, completed) << node.id;
      EXPECT_EQ(node.completed == node.total, node.status == Status::kCompleted) << node.id;
    }
  }
}

TEST(Plan, TimeOnlyGrowsAndEveryCompletionIsJournaled) {
  const Plan plan = plan_of(1, 90, Folder::kCompleted);
  std::map<std::size_t, Micros> entries;
  Micros last = plan.generated;
  for (const PlannedEntry& entry : plan.journal) {
    EXPECT_GT(entry.at, last);
    last = entry.at;
    if (entry.type == "status_change") entries[entry.node] = entry.at;
  }
  EXPECT_GT(plan.completed, last);
  EXPECT_GT(plan.last_updated, plan.completed);
  for (std::size_t index = 0; index < plan.nodes.size(); ++index) {
    const PlannedNode& node = plan.nodes[index];
    if (node.completed_at == 0) continue;
    ASSERT_TRUE(entries.contains(index)) << node.id;
    EXPECT_NEAR(static_cast<double>(node.journaled_at - entries[index]), 0, 1e6);
    EXPECT_LT(node.completed_at, entries[index]);
  }
  EXPECT_EQ(plan.nodes[0].completed, plan.nodes[0].total);
}

TEST(Plan, FolderDecidesHowMuchIsDone) {
  EXPECT_EQ(plan_of(1, 20, Folder::kPending).nodes[0].completed, 0u);
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const PlannedNode root = plan_of(seed, 20, Folder::kActive).nodes[0];
    EXPECT_LT(root.completed, root.total);
  }
}

TEST(Document, TimestampsAreSpelledAsTheToolsDo) {
  EXPECT_EQ(timestamp(1'770'832'289'533'418), "2026-02-11T17:51:29.533418Z");
  EXPECT_EQ(timestamp(1'770'832'289'000'000, true), "2026-02-11T17:51:29Z");
}

}  // namespace
}  // namespace sdd::bench
