#include "repair/fix_wave.h"

#include <algorithm>
#include <map>
#include <optional>
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
        fresh.push_back(change);
      } else if (!spec::same(known->second, change)) {
        return std::nullopt;
      }
    }
    for (const spec::Change& change : fresh) by_target_.emplace(subject_of(change), change);
    return fresh;
  }

 private:
  std::unordered_map<std::string, spec::Change> by_target_;
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
    const auto found = taken_.find(edit.span.begin);
    return found != taken_.end() && found->second == edit;
  }

  // Whether they share a byte, or touch where one of them inserts: then it is not clear what
  // stands in front.
  bool meets_other(Span span) const {
    auto next = taken_.lower_bound(span.begin);
    if (next != taken_.end() && next->first <= span.end) return true;
    return next != taken_.begin() && std::prev(next)->second.span.end >= span.begin;
  }

  std::map<std::size_t, Edit> taken_;
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
