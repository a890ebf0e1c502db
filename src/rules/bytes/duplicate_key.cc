#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "rules/node_around.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_keys_once(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kDuplicateKey = {
    .code = "SDD010",
    .name = "duplicate-key",
    .severity = Severity::kError,
    .fix = Safety::kRepair,
    .title = "an object has a key twice",
    .why =
        "Every reader of JSON takes the last of two equal keys, so the first is there and "
        "is not: a whole task can be hidden like this. It comes from two writers, or from "
        "a merge that kept both sides.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .check = check_keys_once};

namespace {

// Finds the repeated keys of one object after another; most have none, and that is seen without
// comparing anything:
// 1. Each key sets one of 1,024 bits. As long as none is met set, all keys differ.
// 2. Else the keys go through a hash table.
class RepeatedKeys {
 public:
  // Positions of keys in the tree.
  struct Repeat {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    std::uint32_t times = 2;
  };

  const std::vector<Repeat>& of(json::Value object) {
    repeats_.clear();
    if (object.size() > 1 && may_repeat(object)) find(object);
    return repeats_;
  }

 private:
  // A slot of the hash table: free, the position of a key met once, or of a repeat, marked.
  static constexpr std::uint32_t kFree = UINT32_MAX;
  static constexpr std::uint32_t kRepeat = std::uint32_t{1} << 31U;

  static bool may_repeat(json::Value object) {
    constexpr std::size_t kWords = 16;
    std::array<std::uint64_t, kWords> met{};
    for (const json::Member member : object.members()) {
      const std::string_view key = member.key.string();
      const auto byte = [&](std::size_t at) {
        return std::uint32_t{static_cast<unsigned char>(key[at])};
      };
      std::uint32_t mixed = static_cast<std::uint32_t>(key.size()) << 24U;
      if (!key.empty()) mixed ^= byte(0) << 16U ^ byte(key.size() / 2) << 8U ^ byte(key.size() - 1);
      mixed = mixed * 0x9E3779B1U >> 22U;  // the golden ratio; its upper ten bits
      std::uint64_t& word = met[mixed / 64];
      const std::uint64_t bit = std::uint64_t{1} << (mixed % 64);
      if ((word & bit) != 0) return true;
      word |= bit;
    }
    return false;
  }

  void find(json::Value object) {
    std::size_t size = 16;
    while (size < object.size() * 2) size *= 2;
    slots_.assign(size, kFree);
    for (const json::Member member : object.members()) {
      std::uint32_t& slot = slot_of(*object.tree(), member.key.string());
      if (slot == kFree) {
        slot = member.key.index();
      } else if ((slot & kRepeat) == 0) {
        repeats_.push_back({slot, member.key.index()});
        slot = static_cast<std::uint32_t>(repeats_.size() - 1) | kRepeat;
      } else {
        ++repeats_[slot & ~kRepeat].times;
      }
    }
  }

  // The slot that holds `key`, or the free one where it belongs.
  std::uint32_t& slot_of(const json::Tree& tree, std::string_view key) {
    std::size_t at = std::hash<std::string_view>{}(key) & (slots_.size() - 1);
    while (slots_[at] != kFree) {
      const bool repeat = (slots_[at] & kRepeat) != 0;
      const std::uint32_t there = repeat ? repeats_[slots_[at] & ~kRepeat].first : slots_[at];
      if (tree.at(there).string() == key) break;
      at = (at + 1) & (slots_.size() - 1);
    }
    return slots_[at];
  }

  std::vector<std::uint32_t> slots_;
  std::vector<Repeat> repeats_;
};

void check_keys_once(const spec::Spec& spec, Report& report) {
  RepeatedKeys repeated;
  const json::Tree& tree = spec.tree();
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    const json::Value object = tree.at(i);
    if (!object.is_object()) continue;
    if (report.overflowed()) return;
    for (const RepeatedKeys::Repeat& repeat : repeated.of(object)) {
      const json::Value first = tree.at(repeat.first);
      const json::Value second = tree.at(repeat.second);
      const std::string name = quote(second.string());
      Finding& finding = report.add(
          second,
          repeat.times == 2
              ? fmt::format("the key {} stands twice in one object: the second hides the first",
                            name)
              : fmt::format("the key {} stands {} times in one object: only the last counts", name,
                            repeat.times));
      finding.node = node_around(spec, second);
      finding.related.push_back({first.span(), "hidden by the later one"});
      finding.help = tree.at(first.index() + 1).raw() == tree.at(second.index() + 1).raw()
                         ? "both say the same"
                         : "they say different things; 'sdd repair' shows both";
      finding.fix = Fix{Safety::kRepair, "keep what both say under one " + name};
    }
  }
}

}  // namespace

}  // namespace sdd::rules
