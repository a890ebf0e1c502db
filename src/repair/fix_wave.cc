#include "repair/fix_wave.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

namespace sdd::repair {
namespace {

// What a Change is about, as a text: '\n' parts the key of an item from the pointer.
std::string subject_of(const spec::Change& change) {
  std::string target = spec::pointer_of(change);
  if (change.kind == spec::Change::Kind::kItem) target.append("\n").append(change.key);
  return target;
}

class ChangesOfWave {
 public:
  // What of the fix is not in the wave yet; nothing when it contradicts what is.
  std::optional<spec::Changes> add(const spec::Changes& changes) {
    spec::Changes fresh;
    for (const spec::Change& change : changes) {
      const auto known = by_target_.find(subject_of(change));
      if (known == by_target_.end()) {
        if (meets_other(change)) return std::nullopt;
        fresh.push_back(change);
      } else if (!spec::same(known->second, change)) {
        return std::nullopt;
      }
    }
    for (const spec::Change& change : fresh) {
      by_target_.emplace(subject_of(change), change);
      (is_item(change) ? lists_ : members_).insert(spec::pointer_of(change));
    }
    return fresh;
  }

 private:
  static bool is_item(const spec::Change& change) {
    return change.kind == spec::Change::Kind::kItem;
  }

  // Whether the wave changes a value that this change is inside of, or something inside of the
  // value that it changes.
  bool meets_other(const spec::Change& change) const {
    const std::string pointer = spec::pointer_of(change);
    std::string around = pointer;
    if (!is_item(change)) around.resize(std::min(around.rfind('/'), around.size()));
    while (!around.empty()) {
      if (members_.contains(around)) return true;
      around.resize(around.rfind('/'));
    }
    return !is_item(change) &&
           (lists_.contains(pointer) || has_below(lists_, pointer) || has_below(members_, pointer));
  }

  static bool has_below(const std::set<std::string>& pointers, const std::string& pointer) {
    const auto next = pointers.lower_bound(pointer + "/");
    return next != pointers.end() && next->starts_with(pointer + "/");
  }

  std::unordered_map<std::string, spec::Change> by_target_;
  std::set<std::string> members_;  // the pointers of values that change
  std::set<std::string> lists_;    // and of lists of which an item does
};

class EditsOfWave {
 public:
  std::optional<std::vector<Edit>> add(const std::vector<Edit>& edits) {
    std::vector<Edit> fresh;
    for (const Edit& edit : edits) {
      if (has(edit)) continue;
      if (meets_other(edit.span)) return std::nullopt;
      fresh.push_back(edit);
    }
    for (const Edit& edit : fresh) taken_.emplace(edit.span.begin, edit);
    return fresh;
  }

 private:
  bool has(const Edit& edit) const {
    const auto [first, end] = taken_.equal_range(edit.span.begin);
    return std::any_of(first, end, [&](const auto& taken) { return taken.second == edit; });
  }

  // Whether they share a byte, or touch: where one inserts it is not clear what stands in front.
  bool meets_other(Span span) const {
    const auto next = taken_.lower_bound(span.begin);
    if (next != taken_.end() && next->first <= span.end) return true;
    if (next == taken_.begin()) return false;
    const auto [first, end] = taken_.equal_range(std::prev(next)->first);
    return std::any_of(first, end,
                       [&](const auto& taken) { return taken.second.span.end >= span.begin; });
  }

  std::multimap<std::size_t, Edit> taken_;  // by where they begin; of one place at most two
};

}  // namespace

Wave wave_of(const std::vector<const rules::Finding*>& candidates, std::size_t most) {
  Wave wave;
  wave.by_edits =
      std::any_of(candidates.begin(), candidates.end(),
                  [](const rules::Finding* finding) { return !finding->fix->edits.empty(); });
  ChangesOfWave changes;
  EditsOfWave edits;
  for (const rules::Finding* finding : candidates) {
    if (wave.items.size() == most) break;
    const rules::Fix& fix = *finding->fix;
    if (fix.edits.empty() == wave.by_edits) continue;
    WaveItem item;
    item.finding = finding;
    if (wave.by_edits) {
      auto fresh = edits.add(fix.edits);
      if (fresh) item.edits = std::move(*fresh);
    } else {
      auto fresh = changes.add(fix.changes);
      if (fresh) item.changes = std::move(*fresh);
    }
    if (!item.changes.empty() || !item.edits.empty()) wave.items.push_back(std::move(item));
  }
  return wave;
}

}  // namespace sdd::repair
