// 1. Fold the sequence into changes that do not touch each other. A change of what an earlier one
//    changed becomes one with it; a change inside a value that an earlier one brought is made in
//    that value; a change of a whole takes in the earlier ones of its parts.
// 2. Each is checked against the document, and becomes a wish of a json::Editor.
//
// Step 1 makes changes inside values, too. There `base` is the path of the value, so that its lists
// are still known by their paths. What is changed there lies apart by itself, so nothing recurs.
#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/strings.h"
#include "json/equality.h"
#include "spec/change.h"

namespace sdd::spec {
namespace {

tl::unexpected<Error> refuse(const Change& change, std::string_view why) {
  return fail(ErrorKind::kRefused,
              fmt::format("cannot change '{}': {}", printable(pointer_of(change)), why));
}

// What a change is about, as a text, and of everything around that: the first bytes of the text. An
// item's key stands behind '\n', as no name of a path does without an escape.
struct Target {
  explicit Target(const Change& change) {
    for (const std::string& name : change.path) {
      outer.push_back(text.size());
      json::append_token(text, name);
    }
    if (change.kind != Change::Kind::kItem) return;
    outer.push_back(text.size());
    text.append("\n").append(change.key);
  }

  std::string text;
  std::vector<std::size_t> outer;  // the lengths, from the whole document on
};

template <typename T>
using ByTarget = std::map<std::string, T, std::less<>>;

class Wishes {
 public:
  Wishes(const json::Tree& tree, const Path& base) : tree_(tree), base_(base), editor_(tree) {}

  Result<void> make(const Change& change) {
    return change.kind == Change::Kind::kMember ? make_member(change) : make_item(change);
  }
  Result<std::vector<Edit>> edits() const { return editor_.edits(); }

 private:
  struct List {
    ItemFinder old;
    std::unordered_map<std::string, json::Added> added;
  };

  json::Value container_of(const Change& change, std::size_t length) {
    json::Value value = tree_.root();
    for (std::size_t i = base_.size(); i < length; ++i) value = find(value, change.path[i]);
    return value;
  }

  // As Value::find(); a hierarchy is asked too often to be read through each time.
  json::Value find(json::Value object, const std::string& name) {
    constexpr std::size_t kFew = 32;
    if (object.size() <= kFew) return object.find(name);
    const auto [index, is_new] = members_.try_emplace(object.index());
    if (is_new) {
      for (const json::Member member : object.members()) {
        index->second.insert_or_assign(member.key.string(), member.value);
      }
    }
    const auto found = index->second.find(name);
    return found == index->second.end() ? json::Value() : found->second;
  }

  // Whether what stands there is what the change expects.
  static bool stands(json::Value value, const Change& change) {
    if (!change.before) return !value;
    return value &&
           (value.raw() == change.before->text || same_meaning(value.raw(), change.before->text));
  }

  Result<void> make_member(const Change& change) {
    if (change.path.size() == base_.size()) return make_document(change);
    const json::Value object = container_of(change, change.path.size() - 1);
    if (!object.is_object()) return refuse(change, "there is no object that could hold it");
    const std::string& name = change.path.back();
    const json::Value old = find(object, name);
    if (!stands(old, change)) return refuse(change, "it is not what the change expects");
    if (old && change.after) {
      set(old, change);
    } else if (change.after) {
      json::Added& added = added_members_[object.index()][name];
      added = editor_.add_member(object, name, *change.after, member_place(object, change));
    } else {
      for (const json::Member member : object.members()) {
        if (member.key.string() == name) editor_.remove(object, member.value);
      }
    }
    return {};
  }

  Result<void> make_document(const Change& change) {
    if (!change.after) return refuse(change, "nothing would be left");
    if (!stands(tree_.root(), change)) return refuse(change, "it is not what the change expects");
    set(tree_.root(), change);
    return {};
  }

  void set(json::Value old, const Change& change) {
    if (!same_meaning(old.raw(), change.after->text)) editor_.set(old, *change.after);
  }

  json::Place member_place(json::Value object, const Change& change) {
    const Spot& spot = change.after_spot;
    if (spot.at == Spot::At::kFirst) return json::Place::first();
    if (spot.at == Spot::At::kEnd) return {};
    if (const json::Value sibling = find(object, spot.sibling)) return json::Place::behind(sibling);
    const auto& added = added_members_[object.index()];
    const auto found = added.find(spot.sibling);
    return found == added.end() ? json::Place{} : json::Place::behind(found->second);
  }

  Result<void> make_item(const Change& change) {
    const json::Value array = container_of(change, change.path.size());
    const std::optional<ListKind> kind = list_kind(change.path);
    if (!array.is_array() || !kind) return refuse(change, "there is no list that could hold it");
    List& list = lists_.try_emplace(array.index(), List{{*kind, array}, {}}).first->second;
    const json::Value old = list.old.find(change.key);
    if (!stands(old, change)) return refuse(change, "it is not what the change expects");
    if (old && change.after && !change.moves()) {
      set(old, change);
      return {};
    }
    if (old) editor_.remove(array, old);
    if (change.after) {
      const json::Place place = item_place(list, change.after_spot);
      list.added[change.key] = editor_.add_element(array, *change.after, place);
    }
    return {};
  }

  static json::Place item_place(List& list, const Spot& spot) {
    if (spot.at == Spot::At::kFirst) return json::Place::first();
    if (spot.at == Spot::At::kEnd) return {};
    const auto added = list.added.find(spot.sibling);
    if (added != list.added.end()) return json::Place::behind(added->second);
    const json::Value old = list.old.find(spot.sibling);
    return old ? json::Place::behind(old) : json::Place{};
  }

  const json::Tree& tree_;
  const Path& base_;
  json::Editor editor_;
  std::unordered_map<std::uint32_t, std::unordered_map<std::string_view, json::Value>> members_;
  std::unordered_map<std::uint32_t, List> lists_;
  std::unordered_map<std::uint32_t, std::map<std::string, json::Added>> added_members_;
};

// The edits for changes of which none lies inside another.
Result<std::vector<Edit>> edits_apart(const Path& base, const json::Tree& tree,
                                      const Changes& changes) {
  Wishes wishes(tree, base);
  for (const Change& change : changes) {
    if (!change.before && !change.after) continue;
    if (const auto made = wishes.make(change); !made) return tl::unexpected<Error>(made.error());
  }
  return wishes.edits();
}

Result<std::string> apply_apart(const Path& base, const std::string& bytes,
                                const Changes& changes) {
  json::Parser parser;
  json::Tree tree;
  if (!parser.parse(bytes, tree)) return fail(ErrorKind::kDamaged, "this is no JSON document");
  const auto edits = edits_apart(base, tree, changes);
  if (!edits) return tl::unexpected<Error>(edits.error());
  return apply_edits(bytes, *edits);
}

class Folder {
 public:
  explicit Folder(const json::Tree& tree) : tree_(tree) {}

  Result<Changes> fold(const Changes& changes) {
    for (const Change& change : changes) {
      if (const auto taken = take(change); !taken) return tl::unexpected<Error>(taken.error());
    }
    Changes result;
    for (std::size_t i = 0; i < folded_.size(); ++i) {
      if (!dropped_[i]) result.push_back(std::move(folded_[i]));
    }
    return result;
  }

 private:
  Result<void> take(const Change& change) {
    const Target target(change);
    if (const auto known = by_target_.find(target.text); known != by_target_.end()) {
      return join(folded_[known->second], change);
    }
    const std::string_view text = target.text;
    for (auto length = target.outer.rbegin(); length != target.outer.rend(); ++length) {
      const auto outer = by_target_.find(text.substr(0, *length));
      if (outer != by_target_.end()) return change_inside(folded_[outer->second], change);
    }
    Change taken = change;
    const auto parts = parts_.find(text);
    if (change.kind != Change::Kind::kItem && parts != parts_.end()) {
      if (const auto all = take_in_parts(taken, parts->second); !all) return all;
    }
    by_target_.emplace(text, folded_.size());
    for (const std::size_t length : target.outer) {
      const std::string_view outer = text.substr(0, length);
      auto around = parts_.find(outer);
      if (around == parts_.end()) around = parts_.try_emplace(std::string(outer)).first;
      around->second.push_back(folded_.size());
    }
    folded_.push_back(std::move(taken));
    dropped_.push_back(false);
    return {};
  }

  // A second change of the same member or item.
  static Result<void> join(Change& earlier, const Change& change) {
    const bool follows = earlier.after && change.before
                             ? same_meaning(earlier.after->text, change.before->text)
                             : earlier.after.has_value() == change.before.has_value();
    if (!follows) return refuse(change, "it is not what the change expects");
    earlier.after = change.after;
    if (!change.before || !change.after || change.moves()) earlier.after_spot = change.after_spot;
    return {};
  }

  static Result<void> change_inside(Change& outer, const Change& change) {
    if (!outer.after) return refuse(change, "it was removed");
    Result<std::string> text = apply_apart(outer.path, outer.after->text, {change});
    if (!text) return tl::unexpected<Error>(text.error());
    outer.after->text = std::move(*text);
    return {};
  }

  // The whole changes, its parts did before: the parts' changes tell what the whole must have been.
  Result<void> take_in_parts(Change& whole, const std::vector<std::size_t>& parts) {
    json::Value value = tree_.root();
    for (const std::string& name : whole.path) value = value.find(name);
    Changes inner;
    for (const std::size_t part : parts) {
      if (dropped_[part]) continue;
      inner.push_back(folded_[part]);
      dropped_[part] = true;
    }
    if (!value || !whole.before) return refuse(whole, "it is not what the change expects");
    const Result<std::string> text = apply_apart(whole.path, std::string(value.raw()), inner);
    if (!text) return tl::unexpected<Error>(text.error());
    if (!same_meaning(*text, whole.before->text)) {
      return refuse(whole, "it is not what the change expects");
    }
    whole.before = json::Snippet{std::string(value.raw()), true};
    return {};
  }

  const json::Tree& tree_;
  Changes folded_;
  std::vector<bool> dropped_;
  ByTarget<std::size_t> by_target_;
  ByTarget<std::vector<std::size_t>> parts_;  // changes below a target
};

// Whether `text` is about the same as `outer`, or about something inside of that.
bool is_inside(std::string_view text, std::string_view outer) {
  if (!text.starts_with(outer)) return false;
  return text.size() == outer.size() || text[outer.size()] == '/' || text[outer.size()] == '\n';
}

// Whether surely none of the changes is about what another is about, or inside of that.
bool are_apart(const Changes& changes) {
  constexpr std::size_t kFew = 32;  // each is held against each
  if (changes.size() > kFew) return false;
  std::vector<std::string> targets;
  targets.reserve(changes.size());
  for (const Change& change : changes) {
    std::string text = Target(change).text;
    for (const std::string& other : targets) {
      if (is_inside(text, other) || is_inside(other, text)) return false;
    }
    targets.push_back(std::move(text));
  }
  return true;
}

}  // namespace

Result<std::vector<Edit>> edits_for(const json::Tree& tree, const Changes& changes) {
  if (are_apart(changes)) return edits_apart({}, tree, changes);
  const Result<Changes> folded = Folder(tree).fold(changes);
  if (!folded) return tl::unexpected<Error>(folded.error());
  return edits_apart({}, tree, *folded);
}

Result<std::string> apply_changes(const std::string& bytes, const Changes& changes) {
  json::Parser parser;
  json::Tree tree;
  if (!parser.parse(bytes, tree)) return fail(ErrorKind::kDamaged, "this is no JSON document");
  const auto edits = edits_for(tree, changes);
  if (!edits) return tl::unexpected<Error>(edits.error());
  return apply_edits(bytes, *edits);
}

}  // namespace sdd::spec
