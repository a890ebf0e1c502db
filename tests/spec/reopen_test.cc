// Reopening one leaf of a real spec and completing it again touches only the lines it must.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "spec/settle.h"
#include "spec/spec_files.h"
#include "spec/update.h"

namespace sdd::spec {
namespace {

using test::ReadSpec;

std::string updated(const std::string& bytes, const Operation& operation) {
  const ReadSpec read(bytes);
  const Occasion occasion{.now = *parse_rfc3339("2026-11-22T10:00:00Z"), .author = "Ann"};
  const auto update = spec::update(read.spec, operation, occasion);
  EXPECT_TRUE(update) << update.error().message;
  return update ? apply_changes(bytes, update->changes).value_or("") : "";
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// The lines that differ, by the longest common subsequence: those of `before`, then of `after`.
std::vector<std::string> changed_lines(const std::vector<std::string>& before,
                                       const std::vector<std::string>& after) {
  const std::size_t width = after.size() + 1;
  std::vector<std::uint32_t> common((before.size() + 1) * width, 0);
  for (std::size_t i = before.size(); i-- > 0;) {
    for (std::size_t j = after.size(); j-- > 0;) {
      common[i * width + j] =
          before[i] == after[j] ? common[(i + 1) * width + j + 1] + 1
                                : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  std::vector<std::string> changed;
  for (std::size_t i = 0, j = 0; i < before.size() || j < after.size();) {
    if (i < before.size() && j < after.size() && before[i] == after[j]) {
      ++i;
      ++j;
    } else if (j == after.size() ||
               (i < before.size() && common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      changed.push_back(before[i++]);
    } else {
      changed.push_back(after[j++]);
    }
  }
  return changed;
}

// Whether a line says something that reopening and completing a leaf must change: times and flags
// of the leaf and of what it completes, the spec's own time and hours, a journal entry, and the
// comma or bracket beside what was added. The phase that was worked on last stays the current one.
// Where counts above the leaf were wrong, they are right afterwards.
bool must_change(const std::string& line, const std::vector<std::string>& changed, bool settled) {
  const auto has = [&](const std::string& other) {
    return std::find(changed.begin(), changed.end(), other) != changed.end();
  };
  if (has(line + ",") || (line.ends_with(',') && has(line.substr(0, line.size() - 1)))) return true;
  constexpr std::array kWords = {
      "last_updated",       "completed_at",  "journaled_at",  "needs_journaling",
      "actual_hours",       "\"timestamp\"", "entry_type",    "\"title\": \"Task",
      "\"author\"",         "\"content\"",   "\"task_id\"",   "\"metadata\": {",
      "\"title\": \"Phase", "started_at",    "current_phase", "\"journal\""};
  const bool counts = line.find("total_tasks") != std::string::npos ||
                      line.find("completed_tasks") != std::string::npos;
  if (counts) return !settled;
  const bool says = std::any_of(kWords.begin(), kWords.end(), [&](const char* word) {
    return line.find(word) != std::string::npos;
  });
  return says || line.find_first_not_of(" \t\r,{}[]") == std::string::npos;
}

TEST(Reopening, a_leaf_of_each_real_spec_touches_only_what_it_must) {
  std::size_t specs = 0;
  std::size_t most = 0;
  std::size_t all = 0;
  for (const test::SpecFile& file : test::spec_files()) {
    if (file.name.find("airis/") == std::string::npos) continue;
    const ReadSpec read(file.bytes);
    const auto leaf = std::find_if(read.spec.nodes().begin(), read.spec.nodes().end(), [](auto& n) {
      return n.is_leaf() && n.type != NodeType::kPhase && n.type != NodeType::kGroup &&
             n.status == Status::kCompleted;
    });
    if (leaf == read.spec.nodes().end()) continue;
    const std::string id(leaf->id);
    const std::string reopened = updated(file.bytes, UpdateStatus{id, Status::kPending});
    const std::string closed = updated(reopened, CompleteTask{id});
    const auto before = lines_of(file.bytes);
    const auto after = lines_of(closed);
    if (before.size() * after.size() > 60'000'000) continue;
    const auto changed = changed_lines(before, after);
    const auto owed = settle(read.spec, {id});
    const bool settled = owed && owed->empty();
    for (const std::string& line : changed)
      EXPECT_TRUE(must_change(line, changed, settled)) << file.name << line;
    ++specs;
    most = std::max(most, changed.size());
    all += changed.size();
  }
  if (specs == 0) GTEST_SKIP() << "the real specs are not there";
  std::cout << "[ FIGURES  ] reopen and complete one leaf in " << specs << " specs: " << all / specs
            << " lines differ on average, at most " << most << "\n";
}

}  // namespace
}  // namespace sdd::spec
