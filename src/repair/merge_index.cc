#include "repair/merge_index.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/time.h"

namespace sdd::repair {
namespace {

using spec::Change;
using spec::Changes;
using spec::Path;

std::string target_of(const Path& path, std::size_t length, const std::string* key) {
  std::string target;
  for (std::size_t i = 0; i < length; ++i) json::append_token(target, path[i]);
  if (key != nullptr) target.append("\n").append(*key);
  return target;
}

std::string target_of(const Change& change) {
  return target_of(change.path, change.path.size(),
                   change.kind == Change::Kind::kItem ? &change.key : nullptr);
}

struct TimedItem {
  std::string key;
  std::optional<Timestamp> at;
  std::size_t gap = 0;  // of our list: how many items that are not ours alone stand before it
};

// Whether an item of theirs stands in front of one of ours: only when it is surely earlier.
bool stands_before(const TimedItem& theirs, const TimedItem& own) {
  return theirs.at && own.at && *theirs.at < *own.at;
}

TimedItem timed_item(const Change& change, const char* time_member) {
  json::Parser parser;
  json::Tree tree;
  if (!parser.parse(change.after->text, tree)) return {change.key, std::nullopt, 0};
  return {change.key, parse_rfc3339(tree.root().find(time_member).string()), 0};
}

bool is_item_add(const Change& change, const Path& list) {
  return change.kind == Change::Kind::kItem && change.path == list && !change.before;
}

}  // namespace

ChangeIndex::ChangeIndex(const Changes& changes) {
  for (const Change& change : changes) {
    exact_.emplace(target_of(change), &change);
    const bool item = change.kind == Change::Kind::kItem;
    for (std::size_t i = change.path.size() + (item ? 1U : 0U); i-- > 0;) {
      inside_[target_of(change.path, i, nullptr)].push_back(&change);
    }
  }
}

const Change* ChangeIndex::find(const std::string& target) const {
  const auto found = exact_.find(target);
  return found == exact_.end() ? nullptr : found->second;
}

const Change* ChangeIndex::same_target(const Change& change) const {
  return find(target_of(change));
}

const Change* ChangeIndex::around(const Change& change) const {
  const bool item = change.kind == Change::Kind::kItem;
  for (std::size_t length = change.path.size() + (item ? 1U : 0U); length-- > 0;) {
    const Change* found = find(target_of(change.path, length, nullptr));
    if (found != nullptr && !adds_container(*found)) return found;
  }
  return nullptr;
}

const std::vector<const Change*>& ChangeIndex::inside(const Change& change) const {
  static const std::vector<const Change*> none;
  const auto found = inside_.find(target_of(change));
  return found == inside_.end() ? none : found->second;
}

// As when two sorted hands of cards become one, gap by gap between the items that both sides know:
// each of theirs goes behind the last of ours in its gap that is not later, or behind the one of
// theirs that was placed before.
void place_new_items(const spec::Spec& ours, const Changes& our_changes, const Path& list,
                     const char* time_member, Changes& taken) {
  std::map<std::string, TimedItem> added;
  for (const Change& change : our_changes) {
    if (is_item_add(change, list)) added.emplace(change.key, timed_item(change, time_member));
  }
  if (added.empty()) return;
  json::Value array = ours.root_value();
  for (const std::string& name : list) array = array.find(name);
  std::vector<TimedItem> own;      // in the order of our list
  std::vector<std::string> known;  // what is not ours alone; gap n + 1 begins behind known[n]
  std::map<std::string, std::size_t> gap;  // that an item begins or stands in
  for (const std::string& key : item_keys(*spec::list_kind(list), array)) {
    const auto item = added.find(key);
    if (item != added.end()) {
      own.push_back(std::move(item->second));
      own.back().gap = known.size();
    } else {
      known.push_back(key);
    }
    gap.emplace(key, known.size());
  }
  spec::Spot in_front{spec::Spot::At::kFirst, {}};
  std::size_t next = 0;
  std::size_t here = 0;
  for (Change& change : taken) {
    if (!is_item_add(change, list)) continue;
    const auto begun = gap.find(change.after_spot.sibling);
    std::size_t there = begun == gap.end() ? here : begun->second;
    if (change.after_spot.at == spec::Spot::At::kEnd) there = known.size();
    if (there > here) in_front = {spec::Spot::At::kBehind, known[there - 1]};
    here = std::max(here, there);
    const TimedItem theirs = timed_item(change, time_member);
    while (next < own.size() && own[next].gap <= here &&
           (own[next].gap < here || !stands_before(theirs, own[next]))) {
      if (own[next].gap == here) in_front = {spec::Spot::At::kBehind, own[next].key};
      ++next;
    }
    change.after_spot = in_front;
    in_front = {spec::Spot::At::kBehind, change.key};
  }
}

}  // namespace sdd::repair
