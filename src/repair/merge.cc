// 1. Equal bytes need no merge.
// 2. Each of their changes is held against ours: it is taken, it is there already, a rule
//    (merge_rules.h) settles it, or it is a conflict.
// 3. A conflict about a node takes along what lists say about that node.
// 4. New entries find their places by time.
// 5. What was taken is made on our bytes. Then what is derived is settled on the result, for every
//    node that either side touched.
#include "repair/merge.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "repair/merge_index.h"
#include "repair/merge_rules.h"
#include "spec/diff.h"
#include "spec/settle.h"

namespace sdd::repair {
namespace {

using spec::Change;
using spec::Changes;
using spec::Path;

std::string text_of(const std::optional<json::Snippet>& snippet) {
  return snippet ? snippet->text : "";
}

bool have_same_effect(const Change& a, const Change& b) {
  if (a.moves() != b.moves() || a.after.has_value() != b.after.has_value()) return false;
  if (a.moves() && !(a.after_spot == b.after_spot)) return false;
  return !a.after || spec::same_meaning(a.after->text, b.after->text);
}

// Whether what one side did to a part is in what the other made of the whole.
bool is_contained(const Change& part, const Change& whole, json::Value document) {
  if (part.derived) return true;
  if (part.kind == Change::Kind::kMember) return holds(part, document);
  return !part.after && !whole.after;
}

class Merger {
 public:
  explicit Merger(const Versions& versions)
      : versions_(versions),
        our_changes_(spec::diff(versions.base, versions.ours)),
        their_changes_(spec::diff(versions.base, versions.theirs)),
        ours_(our_changes_),
        rules_(versions) {}

  Result<Merged> run();

 private:
  void judge(const Change& change);
  void judge_pair(const Change& change, const Change& own);
  void judge_removal(const Change& change);
  void take(const Change& change, const Change* own = nullptr);
  json::Value our_value(const Change& change) const;
  void report(const Change& change, const char* message);
  void keep_disputed_nodes();
  std::set<std::string> nodes_kept() const;
  Result<std::string> settled(const std::string& bytes);

  const Versions& versions_;
  const Changes our_changes_;
  const Changes their_changes_;
  const ChangeIndex ours_;
  const Rules rules_;
  Merged merged_;
  std::set<std::string> disputed_nodes_;
};

json::Value Merger::our_value(const Change& change) const {
  json::Value value = versions_.ours.root_value();
  for (const std::string& name : change.path) value = value.find(name);
  return value;
}

void Merger::take(const Change& change, const Change* own) {
  Change taken = change;
  if (own != nullptr) {
    taken.before = own->after;
    // What stands there already keeps its place.
    if (own->after && !own->moves()) taken.before_spot = taken.after_spot = {};
  }
  merged_.taken.push_back(std::move(taken));
}

void Merger::report(const Change& change, const char* message) {
  Conflict conflict;
  conflict.pointer = pointer_of(change);
  conflict.node = std::string(node_of(change));
  conflict.message = fmt::format("{}: {}", printable(conflict.pointer), message);
  conflict.base = text_of(change.before);
  conflict.theirs = text_of(change.after);
  const Change* own = ours_.same_target(change);
  if (own != nullptr) {
    conflict.ours = text_of(own->after);
  } else if (change.kind == Change::Kind::kMember) {
    conflict.ours = our_value(change).raw();
  }
  merged_.conflicts.push_back(std::move(conflict));
  const bool whole = change.kind == Change::Kind::kMember && change.path.size() == 2;
  const bool parent = change.path.size() == 3 && change.path.back() == "parent";
  if (!node_of(change).empty() && (whole || parent)) {
    disputed_nodes_.insert(std::string(node_of(change)));
  }
}

void Merger::judge(const Change& change) {
  if (const Change* own = ours_.same_target(change)) {
    judge_pair(change, *own);
  } else if (const Change* around = ours_.around(change)) {
    if (is_contained(change, *around, versions_.ours.root_value())) return;
    report(change, around->after ? "they changed a part, ours has another value for the whole"
                                 : "they changed it, ours does not have it any more");
  } else if (!ours_.inside(change).empty()) {
    judge_removal(change);
  } else {
    take(change);
  }
}

// Both sides changed the same member or item.
void Merger::judge_pair(const Change& change, const Change& own) {
  if (have_same_effect(change, own)) return;
  switch (rules_.settle(change, own)) {
    case Side::kOurs:
      return;
    case Side::kTheirs:
      return take(change, &own);
    case Side::kNeither:
      break;
  }
  const bool gone = !change.after || !own.after;
  report(change,
         gone ? "one side removed it, the other changed it" : "both sides changed it differently");
}

// They changed or removed the whole, ours something inside it.
void Merger::judge_removal(const Change& change) {
  const std::vector<const Change*>& inside = ours_.inside(change);
  const json::Value theirs = versions_.theirs.root_value();
  const bool contained = std::all_of(inside.begin(), inside.end(), [&](const Change* own) {
    return is_contained(*own, change, theirs);
  });
  if (!contained) {
    return report(change, change.after ? "they replaced it as a whole, ours changed a part"
                                       : "they removed it, ours changed it");
  }
  Change taken = change;
  taken.before = json::Snippet{std::string(our_value(change).raw()), true};
  merged_.taken.push_back(std::move(taken));
}

// The disputed nodes; of those that they removed also what they removed with it: the nodes above
// it, and everything below the topmost.
std::set<std::string> Merger::nodes_kept() const {
  const spec::Spec& base = versions_.base;
  std::set<std::string> removed;
  for (const Change& change : their_changes_) {
    if (change.path.size() == 2 && !change.after) removed.emplace(node_of(change));
  }
  std::set<std::string> kept = disputed_nodes_;
  std::vector<const spec::Node*> open;
  std::set<std::string_view> seen;
  for (const std::string& id : disputed_nodes_) {
    if (!removed.contains(id)) continue;
    const spec::Node* top = base.find(id);
    while (top != nullptr && seen.insert(top->id).second) {
      const spec::Node* parent = base.at(top->parent);
      if (parent == nullptr || !removed.contains(std::string(parent->id))) break;
      top = parent;
    }
    if (top != nullptr) open.push_back(top);
  }
  std::set<std::string_view> done;
  while (!open.empty()) {
    const spec::Node* node = open.back();
    open.pop_back();
    if (!done.insert(node->id).second) continue;
    kept.emplace(node->id);
    for (const spec::Child& child : base.children(*node)) {
      if (const spec::Node* below = base.at(child.node)) open.push_back(below);
    }
  }
  return kept;
}

// Ours keeps its nodes, so it keeps what lists say about them as well.
void Merger::keep_disputed_nodes() {
  if (disputed_nodes_.empty()) return;
  const std::set<std::string> ids = nodes_kept();
  std::set<std::string> keys;
  for (const std::string& id : ids) keys.insert(spec::json_text(id));
  std::erase_if(merged_.taken, [&](const Change& change) {
    const std::string id(node_of(change));
    if (id.empty()) return false;
    if (change.kind == Change::Kind::kItem) return keys.contains(change.key);
    return change.path.size() == 2 && !change.after && ids.contains(id);
  });
}

Result<std::string> Merger::settled(const std::string& bytes) {
  json::Parser parser;
  json::Tree tree;
  if (!parser.parse(bytes, tree)) return fail(ErrorKind::kRefused, "the merge gives no JSON");
  const spec::Spec joined(tree);
  std::vector<std::string> ids;
  for (const Changes* changes : {&our_changes_, &their_changes_}) {
    for (const Change& change : *changes) {
      if (!node_of(change).empty()) ids.emplace_back(node_of(change));
    }
  }
  Result<Changes> derived = spec::settle(joined, ids);
  if (!derived) return tl::unexpected<Error>(derived.error());
  const Changes dropped = rules_.reopened(joined, *derived);
  derived->insert(derived->end(), dropped.begin(), dropped.end());
  merged_.taken.insert(merged_.taken.end(), derived->begin(), derived->end());
  const auto edits = edits_for(tree, *derived);
  if (!edits) return tl::unexpected<Error>(edits.error());
  return apply_edits(bytes, *edits);
}

Result<Merged> Merger::run() {
  for (const Change& change : their_changes_) judge(change);
  keep_disputed_nodes();
  const auto place = [&](const Path& list, const char* time_member) {
    place_new_items(versions_.ours, our_changes_, list, time_member, merged_.taken);
  };
  place({"journal"}, "timestamp");
  place({"metadata", "revisions"}, "date");
  place({"metadata", "revision_history"}, "date");
  const auto edits = edits_for(versions_.ours.tree(), merged_.taken);
  if (!edits) return tl::unexpected<Error>(edits.error());
  Result<std::string> joined = apply_edits(versions_.ours.tree().bytes(), *edits);
  if (!joined) return tl::unexpected<Error>(joined.error());
  if (!their_changes_.empty()) joined = settled(*joined);
  if (!joined) return tl::unexpected<Error>(joined.error());
  merged_.bytes = std::move(*joined);
  std::stable_sort(merged_.conflicts.begin(), merged_.conflicts.end(),
                   [](const Conflict& a, const Conflict& b) { return a.pointer < b.pointer; });
  return std::move(merged_);
}

}  // namespace

Result<Merged> merge(const std::string& base, const std::string& ours, const std::string& theirs) {
  const std::string* const texts[] = {&base, &ours, &theirs};
  const char* const names[] = {"base", "ours", "theirs"};
  json::Parser parser;
  json::Tree trees[3];
  for (std::size_t i = 0; i < 3; ++i) {
    if (parser.parse(*texts[i], trees[i])) continue;
    return fail(ErrorKind::kDamaged, fmt::format("'{}' is no JSON document", names[i]));
  }
  Merged same;
  if (base == theirs || ours == theirs) same.bytes = ours;
  if (base == ours) same.bytes = theirs;
  if (!same.bytes.empty()) return same;
  const spec::Spec specs[] = {spec::Spec(trees[0]), spec::Spec(trees[1]), spec::Spec(trees[2])};
  const Versions versions{specs[0], specs[1], specs[2]};
  return Merger(versions).run();
}

}  // namespace sdd::repair
