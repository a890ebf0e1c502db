#include "repair/repeated_keys.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "json/edit.h"
#include "json/equality.h"
#include "json/tree.h"

namespace sdd::repair {
namespace {

constexpr std::size_t kShown = 40;  // code points of a value

std::string shown(json::Value value) {
  return value ? quote(value.is_string() ? value.string() : value.raw(), kShown) : "nothing";
}

// In what the value that readers do not see differs from the one that they see: of objects, the
// first members that do.
std::string difference(json::Value hidden, json::Value seen) {
  const auto pair = [](json::Value first, json::Value second) {
    return shown(first) + " in front, " + shown(second) + " behind";
  };
  constexpr std::size_t kFew = 64;  // each is looked for among the others
  if (!hidden.is_object() || !seen.is_object()) return pair(hidden, seen);
  if (hidden.size() > kFew || seen.size() > kFew) {
    return fmt::format("{} members in front, {} behind", hidden.size(), seen.size());
  }
  constexpr std::size_t kMost = 4;
  std::vector<std::string> parts;
  const auto tell = [&](std::string_view key) {
    const json::Value first = hidden.find(key);
    const json::Value second = seen.find(key);
    if (first && second && json::same(first, second)) return;
    parts.push_back(fmt::format("{} {}", printable(key), pair(first, second)));
  };
  for (const json::Member member : hidden.members()) tell(member.key.string());
  for (const json::Member member : seen.members()) {
    if (!hidden.find(member.key.string())) tell(member.key.string());
  }
  const std::size_t all = parts.size();
  if (all > kMost) {
    parts.resize(kMost);
    parts.push_back(fmt::format("{} more", all - kMost));
  }
  return join_and(parts);
}

class RepeatedKeys {
 public:
  explicit RepeatedKeys(const json::Tree& tree) : tree_(tree), editor_(tree) {}

  Result<std::vector<Edit>> edits(Salvaged& salvaged) {
    for (std::uint32_t at = 0; at < tree_.size(); ++at) {
      // What is taken away as a whole is not looked into.
      for (auto gone = removed_.find(at); gone != removed_.end(); gone = removed_.find(at)) {
        at = gone->second;
      }
      if (at == tree_.size()) break;
      const json::Value value = tree_.at(at);
      if (value.is_object() && value.size() > 1) look_at(value, salvaged);
    }
    std::sort(salvaged.dropped.begin(), salvaged.dropped.end(),
              [](const Dropped& a, const Dropped& b) { return a.span.begin < b.span.begin; });
    return editor_.edits();
  }

 private:
  void look_at(json::Value object, Salvaged& salvaged) {
    std::unordered_map<std::string_view, json::Member> last;
    for (const json::Member member : object.members()) {
      const auto [found, is_new] = last.try_emplace(member.key.string(), member);
      if (is_new) continue;
      const json::Member hidden = std::exchange(found->second, member);
      if (json::same(hidden.value, member.value)) {
        editor_.remove(object, hidden.value);
        removed_[hidden.value.index()] = tree_.subtree_end(hidden.value);
        salvaged.dropped.push_back(
            {{hidden.key.span().begin, hidden.value.span().end},
             fmt::format("repeats the member '{}' behind it", printable(hidden.key.string()))});
        continue;
      }
      Conflict conflict;
      conflict.pointer = tree_.pointer(member.value);
      conflict.message = fmt::format("the key stands twice, with different values: {}",
                                     difference(hidden.value, member.value));
      conflict.ours = member.value.raw();
      conflict.theirs = hidden.value.raw();
      salvaged.conflicts.push_back(std::move(conflict));
    }
  }

  const json::Tree& tree_;
  json::Editor editor_;
  std::unordered_map<std::uint32_t, std::uint32_t> removed_;
};

}  // namespace

Salvaged without_repeated_keys(const DamagedSpec& damaged) {
  Salvaged salvaged;
  salvaged.bytes = damaged.bytes;
  salvaged.base = "file";
  json::Parser parser(damaged.limits);
  json::Tree tree;
  if (!parser.parse(damaged.bytes, tree)) return salvaged;
  const auto edits = RepeatedKeys(tree).edits(salvaged);
  if (!salvaged.conflicts.empty()) {
    salvaged.refusal =
        "keys stand twice, with different values: delete one of each, 'sdd lock' holds the file "
        "meanwhile";
    salvaged.bytes.clear();
    return salvaged;
  }
  if (salvaged.dropped.empty()) return salvaged;
  const Result<std::string> merged = edits ? apply_edits(damaged.bytes, *edits)
                                           : Result<std::string>(tl::unexpected(edits.error()));
  if (!merged) {
    salvaged.refusal = merged.error().message;
    salvaged.bytes.clear();
    return salvaged;
  }
  salvaged.bytes = *merged;
  salvaged.recovered.push_back({"", "file", {0, damaged.bytes.size()}});
  return salvaged;
}

}  // namespace sdd::repair
