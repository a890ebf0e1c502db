// A stack of pairs of objects that stand at one path, from the root on. For each pair:
// 1. Members that only `before` has are removed.
// 2. Of members that both have: two objects go onto the stack, two lists are compared as below, two
//    other values that do not mean the same are set.
// 3. Members that only `after` has are added; of a frame (lists.h) and of a list only the empty
//    value, which then is compared with what stands there.
// Lists: items that are gone are removed; those that stay and do not lie on the longest common
// sequence are moved; changed ones are set; new ones are added.
#include "spec/diff.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "json/equality.h"

namespace sdd::spec {
namespace {

// A list in which more than this would have to be looked at to tell its moves is one value.
constexpr std::size_t kMostSteps = 10'000'000;

json::Snippet snippet_of(json::Value value) { return {std::string(value.raw()), true}; }

bool is_blocked(json::Value node) { return node.find("status").string() == "blocked"; }

// Members by name, the last of each name, in file order.
struct Members {
  explicit Members(json::Value object) {
    for (const json::Member member : object.members()) {
      const std::string_view name = member.key.string();
      const auto [at, is_new] = by_name.try_emplace(name, member.value);
      at->second = member.value;
      if (is_new) names.push_back(name);
    }
  }
  json::Value find(std::string_view name) const {
    const auto found = by_name.find(name);
    return found == by_name.end() ? json::Value() : found->second;
  }

  std::vector<std::string_view> names;
  std::unordered_map<std::string_view, json::Value> by_name;
};

// For a sequence of different numbers, which of them form a longest rising subsequence.
std::vector<bool> rising(const std::vector<std::size_t>& numbers) {
  constexpr std::size_t kStart = SIZE_MAX;
  std::vector<std::size_t> ends;  // index of the smallest end of a sequence of each length
  std::vector<std::size_t> previous(numbers.size(), kStart);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto at =
        std::lower_bound(ends.begin(), ends.end(), numbers[i],
                         [&](std::size_t end, std::size_t n) { return numbers[end] < n; });
    if (at != ends.begin()) previous[i] = *std::prev(at);
    if (at == ends.end()) {
      ends.push_back(i);
    } else {
      *at = i;
    }
  }
  std::vector<bool> kept(numbers.size(), false);
  for (std::size_t i = ends.empty() ? kStart : ends.back(); i != kStart; i = previous[i]) {
    kept[i] = true;
  }
  return kept;
}

Spot behind(std::string_view sibling) { return {Spot::At::kBehind, std::string(sibling)}; }
Spot first() { return {Spot::At::kFirst, {}}; }

class Differ {
 public:
  Differ(const Spec& before, const Spec& after) : before_(before), after_(after) {}

  Changes run() {
    compare({}, before_.root_value(), after_.root_value());
    while (!open_.empty()) {
      Pair pair = std::move(open_.back());
      open_.pop_back();
      compare_members(pair);
    }
    Changes all = std::move(removed_);
    std::move(set_.begin(), set_.end(), std::back_inserter(all));
    std::move(added_.begin(), added_.end(), std::back_inserter(all));
    for (Change& change : all) change.derived = is_derived(change);
    return all;
  }

 private:
  struct Pair {
    Path path;
    json::Value before;  // missing: a frame that is new
    json::Value after;
  };

  // Two values at one path.
  void compare(Path path, json::Value before, json::Value after) {
    if (before.is_object() && after.is_object()) {
      open_.push_back({std::move(path), before, after});
    } else if (before.is_array() && after.is_array() && list_kind(path)) {
      compare_lists(path, before, after);
    } else if (!json::same(before, after)) {
      set_.push_back(change_member(std::move(path), snippet_of(before), snippet_of(after)));
    }
  }

  void compare_members(const Pair& pair) {
    const Members before(pair.before);
    const Members after(pair.after);
    std::string_view in_front;
    bool is_first = true;
    for (const std::string_view name : before.names) {
      if (const json::Value other = after.find(name)) {
        Path path = pair.path;
        path.emplace_back(name);
        compare(std::move(path), before.find(name), other);
        in_front = name;
        is_first = false;
        continue;
      }
      Change change = change_member(pair.path, snippet_of(before.find(name)), std::nullopt);
      change.path.emplace_back(name);
      change.before_spot = is_first ? first() : behind(in_front);
      removed_.push_back(std::move(change));
    }
    add_members(pair.path, before, after);
  }

  // What is new goes to the end, unless something stands behind it that was there before.
  void add_members(const Path& path, const Members& before, const Members& after) {
    std::size_t last_known = 0;  // behind the last name that is not new
    for (std::size_t i = 0; i < after.names.size(); ++i) {
      if (before.find(after.names[i])) last_known = i + 1;
    }
    for (std::size_t i = 0; i < after.names.size(); ++i) {
      const std::string_view name = after.names[i];
      if (before.find(name)) continue;
      Change change = change_member(path, std::nullopt, std::nullopt);
      change.path.emplace_back(name);
      if (i < last_known) change.after_spot = i == 0 ? first() : behind(after.names[i - 1]);
      add(std::move(change), after.find(name));
    }
  }

  void add(Change change, json::Value value) {
    const Path path = change.path;
    const bool frame = value.is_object() && is_frame(path);
    const bool list = value.is_array() && list_kind(path).has_value();
    change.after = frame ? json::Snippet{"{}"} : list ? json::Snippet{"[]"} : snippet_of(value);
    added_.push_back(std::move(change));
    if (frame) open_.push_back({path, {}, value});
    if (list) compare_lists(path, {}, value);
  }

  struct Item {
    json::Value value;
    std::size_t position;
  };
  using Items = std::unordered_map<std::string_view, Item>;

  static Items items_of(json::Value list, const std::vector<std::string>& keys) {
    Items items;
    std::size_t i = 0;
    for (const json::Value value : list.elements()) {
      items.emplace(keys[i], Item{value, i});
      ++i;
    }
    return items;
  }

  void compare_lists(const Path& path, json::Value before, json::Value after) {
    const ListKind kind = *list_kind(path);
    const std::vector<std::string> old_keys = item_keys(kind, before);
    const std::vector<std::string> new_keys = item_keys(kind, after);
    const Items old_items = items_of(before, old_keys);
    const Items new_items = items_of(after, new_keys);
    const std::vector<bool> moved = moved_items(new_keys, old_items);
    const auto moves = static_cast<std::size_t>(std::count(moved.begin(), moved.end(), true));
    if (moves > 0 && (moves + new_keys.size()) * old_keys.size() > kMostSteps) {
      set_.push_back(change_member(path, snippet_of(before), snippet_of(after)));
      return;
    }
    remove_items(path, old_keys, old_items, new_items);
    // How the list stands after each step, where something moves.
    std::vector<std::string_view> state;
    for (const std::string& key : old_keys) {
      if (moves > 0 && new_items.contains(key)) state.push_back(key);
    }
    std::size_t last_known = 0;
    for (std::size_t i = 0; i < new_keys.size(); ++i) {
      if (old_items.contains(new_keys[i])) last_known = i + 1;
    }
    for (std::size_t i = 0; i < new_keys.size(); ++i) {
      const std::string& key = new_keys[i];
      const json::Value value = new_items.at(key).value;
      const auto old = old_items.find(key);
      const bool is_new = old == old_items.end();
      Change change = add_item(path, key, snippet_of(value));
      if (!is_new) change.before = snippet_of(old->second.value);
      if (moved[i]) change.before_spot = take_out(state, key);
      if (moved[i] || (is_new && i < last_known)) {
        change.after_spot = i == 0 ? first() : behind(new_keys[i - 1]);
        if (moves > 0) put_in(state, key, change.after_spot);
      }
      if (is_new || change.moves()) {
        added_.push_back(std::move(change));  // what it goes behind may be new itself
      } else if (!json::same(old->second.value, value)) {
        set_.push_back(std::move(change));
      }
    }
  }

  static Spot take_out(std::vector<std::string_view>& state, std::string_view key) {
    const auto at = std::find(state.begin(), state.end(), key);
    const Spot spot = at == state.begin() ? first() : behind(*std::prev(at));
    state.erase(at);
    return spot;
  }

  static void put_in(std::vector<std::string_view>& state, std::string_view key, const Spot& spot) {
    if (spot.at == Spot::At::kFirst) {
      state.insert(state.begin(), key);
    } else {
      state.insert(std::next(std::find(state.begin(), state.end(), spot.sibling)), key);
    }
  }

  void remove_items(const Path& path, const std::vector<std::string>& keys, const Items& old_items,
                    const Items& new_items) {
    const std::string* in_front = nullptr;
    for (const std::string& key : keys) {
      if (new_items.contains(key)) {
        in_front = &key;
        continue;
      }
      removed_.push_back(remove_item(path, key, snippet_of(old_items.at(key).value),
                                     in_front == nullptr ? first() : behind(*in_front)));
    }
  }

  // Which of the items that were there before change places, by position in the new list.
  static std::vector<bool> moved_items(const std::vector<std::string>& new_keys,
                                       const Items& old_items) {
    std::vector<std::size_t> stay;       // positions in the new list
    std::vector<std::size_t> positions;  // the same items' positions in the old one
    for (std::size_t i = 0; i < new_keys.size(); ++i) {
      const auto old = old_items.find(new_keys[i]);
      if (old == old_items.end()) continue;
      stay.push_back(i);
      positions.push_back(old->second.position);
    }
    const std::vector<bool> kept = rising(positions);
    std::vector<bool> moved(new_keys.size(), false);
    for (std::size_t i = 0; i < stay.size(); ++i) moved[stay[i]] = !kept[i];
    return moved;
  }

  // Whether a status of the document says before and after what the root says.
  bool repeats_root(const Change& change) const {
    const Node* old_root = before_.root();
    const Node* new_root = after_.root();
    return old_root != nullptr && new_root != nullptr && change.before && change.after &&
           change.before->text == old_root->status_value.raw() &&
           change.after->text == new_root->status_value.raw();
  }

  bool is_derived(const Change& change) const {
    if (change.kind == Change::Kind::kItem || change.path.empty()) return false;
    const Path& path = change.path;
    const std::string& name = path.back();
    const bool document = path.size() == 1 || (path.size() == 2 && path[0] == "metadata");
    if (document) {
      return (path.size() == 1 && name == "last_updated") || name == "progress_percentage" ||
             name == "current_phase" || (name == "status" && repeats_root(change));
    }
    if (path.size() != 3 || path[0] != "hierarchy") return false;
    if (name == "total_tasks" || name == "completed_tasks") return true;
    if (name != "status") return false;
    const Node* old_node = before_.find(path[1]);
    const Node* new_node = after_.find(path[1]);
    return old_node != nullptr && new_node != nullptr && old_node->child_count > 0 &&
           new_node->child_count > 0 && !is_blocked(old_node->value) &&
           !is_blocked(new_node->value);
  }

  const Spec& before_;
  const Spec& after_;
  std::vector<Pair> open_;
  Changes removed_;
  Changes set_;
  Changes added_;
};

}  // namespace

Changes diff(const Spec& before, const Spec& after) { return Differ(before, after).run(); }

Changes stated_only(const Changes& changes) {
  Changes stated;
  std::copy_if(changes.begin(), changes.end(), std::back_inserter(stated),
               [](const Change& change) { return !change.derived; });
  return stated;
}

}  // namespace sdd::spec
