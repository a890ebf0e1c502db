// Generated repositories in which everything agrees have no finding; with one fault planted they
// have that finding, at that line, and no other. For every rule about the journal, entries, work
// items and links.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "linked/entry_faults.h"
#include "linked/generate.h"
#include "linked/journal_faults.h"
#include "linked/link_faults.h"
#include "temp_folder.h"
#include "workspace/checked.h"

namespace sdd::test {
namespace {

namespace fs = std::filesystem;
using PlantedFiles = std::map<std::string, std::string>;

constexpr std::uint64_t kRepositories = 30;

// A folder that is changed from one repository to the next by what differs.
class PlantedFolder {
 public:
  void become(const PlantedFiles& files) {
    for (const auto& [path, text] : files_) {
      if (!files.contains(path)) fs::remove(temp_.path() / path);
    }
    for (const auto& [path, text] : files) {
      const auto known = files_.find(path);
      if (known == files_.end() || known->second != text) temp_.write(path, text);
    }
    files_ = files;
  }

  std::vector<std::string> findings() const { return places_of(checked({{}, {}, temp_.path()})); }

 private:
  TempFolder temp_;
  PlantedFiles files_;
};

std::vector<linked::Plant> all_plants() {
  std::vector<linked::Plant> plants(std::begin(linked::kJournalFaults),
                                    std::end(linked::kJournalFaults));
  plants.insert(plants.end(), std::begin(linked::kEntryFaults), std::end(linked::kEntryFaults));
  plants.insert(plants.end(), std::begin(linked::kLinkFaults), std::end(linked::kLinkFaults));
  return plants;
}

TEST(PlantedFaults, a_repository_that_agrees_is_silent) {
  PlantedFolder folder;
  for (std::uint64_t seed = 0; seed < kRepositories; ++seed) {
    folder.become(files_of(linked::make_model(seed)));
    EXPECT_EQ(folder.findings(), std::vector<std::string>{}) << "seed " << seed;
  }
}

TEST(PlantedFaults, each_is_found_where_it_was_planted_and_nothing_else) {
  PlantedFolder folder;
  for (std::uint64_t seed = 0; seed < kRepositories; ++seed) {
    const linked::Model clean = linked::make_model(seed);
    bench::Random random(seed);
    for (const linked::Plant plant : all_plants()) {
      linked::Model model = clean;
      const linked::Expected expected = plant(model, random);
      const PlantedFiles files = files_of(model);
      folder.become(files);
      const std::string place = expected.code + expected.severity + " " + expected.path + ":" +
                                std::to_string(expected.line_in(files.at(expected.path)));
      EXPECT_EQ(folder.findings(), std::vector<std::string>{place}) << "seed " << seed;
    }
  }
}

// The table has a fault for each rule of these families that `sdd check` can find.
TEST(PlantedFaults, there_is_one_for_each_rule) {
  std::set<std::string> planted;
  linked::Model model = linked::make_model(1);
  bench::Random random(1);
  for (const linked::Plant plant : all_plants()) {
    linked::Model changed = model;
    planted.insert(plant(changed, random).code);
  }
  for (const rules::Rule* rule : rules::all_rules()) {
    const std::string code = rule->code;
    const bool is_wanted = "SDD400" < code && code < "SDD900" && code[3] != '5' && code != "SDD810";
    if (is_wanted) {
      EXPECT_EQ(planted.count(code), 1U) << code;
    }
  }
}

}  // namespace
}  // namespace sdd::test
