// 1. One walk over the entries, backward, so that the list of each node comes out in file order:
//    parse the time, look the node up, put the entry in front of the node's list.
// 2. Entries that name a node which is not there are kept apart, by time.
// 3. A node is judged by its own entries only; each entry belongs to one node at most, so judging
//    all nodes reads every entry a few times.
#include "spec/journal.h"

#include <algorithm>
#include <cstdlib>

namespace sdd::spec {
namespace {

constexpr Timestamp kNever = {INT64_MIN};

std::optional<Timestamp> time_in(json::Value value) {
  return value.is_string() ? parse_rfc3339(value.string()) : std::nullopt;
}

bool is_same_moment(Timestamp a, Timestamp b) {
  return std::abs(a.microseconds - b.microseconds) <= kSameMoment;
}

}  // namespace

NodeTimes times_of(const Node& node) {
  return {time_in(node.metadata.started_at), time_in(node.metadata.completed_at),
          time_in(node.metadata.journaled_at)};
}

bool says_journaled(const Node& node) {
  const json::Value at = node.metadata.journaled_at;
  return node.metadata.needs_journaling.boolean() == false || (at && !at.is_null());
}

void Journal::read(const Spec& spec) {
  spec_ = &spec;
  const std::vector<JournalEntry>& journal = spec.journal();
  times_.resize(journal.size());
  next_.assign(journal.size(), kNoEntry);
  first_.assign(spec.nodes().size(), kNoEntry);
  strays_.clear();
  for (auto i = static_cast<std::uint32_t>(journal.size()); i-- > 0;) {
    const json::Value task = journal[i].task_id();
    times_[i] = time_in(journal[i].timestamp()).value_or(kNever);
    const Node* node = task.is_string() ? spec.find(task.string()) : nullptr;
    if (node != nullptr) {
      std::uint32_t& first = first_[spec.index_of(*node)];
      next_[i] = first;
      first = i;
    } else if (task && !task.is_null() && times_[i] != kNever) {
      strays_.push_back({times_[i], i});
    }
  }
  std::sort(strays_.begin(), strays_.end(), [](const Stray& a, const Stray& b) {
    return a.at != b.at ? a.at < b.at : a.entry < b.entry;
  });
}

std::optional<Timestamp> Journal::time(std::uint32_t entry) const {
  const Timestamp at = times_[entry];
  return at == kNever ? std::nullopt : std::optional(at);
}

std::uint32_t Journal::stray_at(Timestamp moment) const {
  const Timestamp begin = {moment.microseconds - kSameMoment};
  const auto stray = std::lower_bound(strays_.begin(), strays_.end(), begin,
                                      [](const Stray& a, Timestamp at) { return a.at < at; });
  return stray != strays_.end() && is_same_moment(stray->at, moment) ? stray->entry : kNoEntry;
}

// An entry without a time cannot be told from one of an earlier completion, so it does not count;
// where the node tells no time either, any entry does.
bool Journal::has_entry_since(const Node& node, std::optional<Timestamp> completed) const {
  if (!completed) return has_entry(node);
  for (std::uint32_t i = first_of(node); i != kNoEntry; i = next_of(i)) {
    if (times_[i] != kNever && times_[i].microseconds >= completed->microseconds - kSameMoment) {
      return true;
    }
  }
  return false;
}

// Whether there is an entry where the node says so. An entry whose time cannot be read may be the
// one (its time is SDD112's or SDD408's matter). A journaled_at before the completion is no time of
// its entry (SDD411): there an entry since the completion will do.
bool Journal::keeps_its_word(const Node& node) const {
  const auto journaled = time_in(node.metadata.journaled_at);
  if (!journaled) return has_entry(node);
  for (std::uint32_t i = first_of(node); i != kNoEntry; i = next_of(i)) {
    if (times_[i] == kNever || is_same_moment(times_[i], *journaled)) return true;
  }
  const auto completed = time_in(node.metadata.completed_at);
  return completed && *journaled < *completed && has_entry_since(node, completed);
}

JournalFault Journal::fault_of(const Node& node) const {
  if (node.hidden) return JournalFault::kNone;
  const bool claims = says_journaled(node);
  if (claims && !keeps_its_word(node)) return JournalFault::kLostEntry;
  if (node.status != Status::kCompleted) return JournalFault::kNone;
  if (node.metadata.needs_journaling.boolean() == true) {
    if (!node.type) return JournalFault::kNone;
    return has_entry_since(node, time_in(node.metadata.completed_at)) ? JournalFault::kStaleFlag
                                                                      : JournalFault::kUnjournaled;
  }
  const json::Value flag = node.metadata.needs_journaling;
  const bool silent = !claims && (!flag || flag.is_null());
  return silent && node.is_leaf() && !has_entry(node) ? JournalFault::kNoTrace
                                                      : JournalFault::kNone;
}

std::vector<const Node*> unjournaled(const Spec& spec) {
  const Journal journal(spec);
  std::vector<const Node*> found;
  for (const Node& node : spec.nodes()) {
    if (!node.is_container() && journal.fault_of(node) == JournalFault::kUnjournaled) {
      found.push_back(&node);
    }
  }
  return found;
}

}  // namespace sdd::spec
