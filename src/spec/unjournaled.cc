#include "spec/unjournaled.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "base/time.h"

namespace sdd::spec {
namespace {

// Programs write the entry and the task's times a moment apart.
constexpr Timestamp kTolerance = {2'000'000};

// The newest entry for each task; the empty time where an entry does not tell one.
using NewestEntries = std::unordered_map<std::string_view, std::optional<Timestamp>>;

NewestEntries newest_entries(const Spec& spec) {
  NewestEntries newest;
  for (const JournalEntry& entry : spec.journal()) {
    if (!entry.task_id.is_string()) continue;
    std::optional<Timestamp>& so_far = newest[entry.task_id.string()];
    const auto at = parse_rfc3339(entry.timestamp.string());
    if (at && (!so_far || so_far->microseconds < at->microseconds)) so_far = at;
  }
  return newest;
}

bool waits_for_entry(const Node& node) {
  return !node.is_container() && node.type && node.status == Status::kCompleted &&
         node.metadata.needs_journaling.boolean() == true;
}

}  // namespace

std::vector<const Node*> unjournaled(const Spec& spec) {
  const NewestEntries newest = newest_entries(spec);
  std::vector<const Node*> found;
  for (const Node& node : spec.nodes()) {
    if (!waits_for_entry(node) || node.hidden) continue;
    const auto entry = newest.find(node.id);
    const auto completed = parse_rfc3339(node.metadata.completed_at.string());
    const bool told =
        entry != newest.end() &&
        (!completed || (entry->second && entry->second->microseconds >=
                                             completed->microseconds - kTolerance.microseconds));
    if (!told) found.push_back(&node);
  }
  return found;
}

}  // namespace sdd::spec
