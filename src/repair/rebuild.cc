// put(), frame(): the bytes of claims, laid out in the document's style.
// finish():
// 1. The lists of children are brought into step with the nodes that are there.
// 2. Counts, statuses and progress follow from that (spec/settle.h), and the later last_updated.
//    When a phase was closed nobody may say but a source: metadata of nodes stays as it is. And
//    what lacks a child is not completed by that.
#include "repair/rebuild.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "json/edit.h"
#include "spec/draft.h"
#include "spec/settle.h"
#include "spec/spec.h"

namespace sdd::repair {
namespace {

using spec::Change;
using spec::Changes;
using spec::Node;
using spec::Spec;

json::Snippet snippet(const Claim& claim) { return {std::string(claim.value.raw()), true}; }

std::string_view time_of(const Claim& entry) { return entry.value.find("timestamp").string(); }

// New entries by time; those whose times cannot be compared stay as they are.
std::vector<const Claim*> by_time(std::vector<const Claim*> entries) {
  std::stable_sort(entries.begin(), entries.end(), [](const Claim* a, const Claim* b) {
    const auto own = parse_rfc3339(time_of(*a));
    const auto other = parse_rfc3339(time_of(*b));
    return own.value_or(Timestamp{}) < other.value_or(Timestamp{});
  });
  return entries;
}

class Putter {
 public:
  explicit Putter(const json::Tree& tree) : spec_(tree), editor_(tree) {}

  Result<std::vector<Edit>> edits(const Chosen& chosen) {
    const json::Value root = spec_.root_value();
    if (!chosen.nodes.empty() && !spec_.hierarchy.is_object()) {
      return fail(ErrorKind::kDamaged, "the document to build on has no hierarchy");
    }
    const json::Value journal = spec_.journal_value;
    if (!chosen.entries.empty() && journal && !journal.is_array() && journal.raw() != "null") {
      return fail(ErrorKind::kDamaged, "the journal of the document to build on is no list");
    }
    for (const Claim* node : chosen.nodes) chosen_[node->name] = node->value;
    for (const Claim* member : chosen.members) {
      const json::Value old = root.find(member->name);
      if (old) {
        editor_.set(old, snippet(*member));
      } else {
        editor_.add_member(root, member->name, snippet(*member));
      }
    }
    for (const Claim* node : chosen.nodes) put_node(*node);
    put_entries(chosen.entries);
    return editor_.edits();
  }

 private:
  void put_node(const Claim& claim) {
    const Node* old = spec_.find(claim.name);
    if (old != nullptr) {
      editor_.set(old->value, snippet(claim));
    } else {
      added_[claim.name] =
          editor_.add_member(spec_.hierarchy, claim.name, snippet(claim), place_of(claim));
    }
  }

  json::Place place_of(const Claim& claim) const {
    const std::string parent(claim.value.find("parent").string());
    const Node* old = spec_.find(parent);
    const auto added_parent = added_.find(parent);
    if (old == nullptr && added_parent == added_.end()) return {};
    json::Place place = old != nullptr ? json::Place::behind(old->value)
                                       : json::Place::behind(added_parent->second);
    const auto chosen = chosen_.find(parent);
    const json::Value now = chosen == chosen_.end() ? old->value : chosen->second;
    for (const json::Value child : now.find("children").elements()) {
      if (child.string() == claim.name) break;
      const auto added = added_.find(std::string(child.string()));
      const Node* sibling = spec_.find(child.string());
      if (added != added_.end()) place = json::Place::behind(added->second);
      if (sibling != nullptr) place = json::Place::behind(sibling->value);
    }
    return place;
  }

  void put_entries(const std::vector<const Claim*>& entries) {
    if (entries.empty()) return;
    const json::Value journal = spec_.journal_value;
    if (!journal.is_array()) {
      std::string all;
      for (const Claim* entry : by_time(entries)) {
        all += (all.empty() ? "[" : ",") + std::string(entry->value.raw());
      }
      if (journal) {
        editor_.set(journal, {all + "]", true});
      } else {
        editor_.add_member(spec_.root_value(), "journal", {all + "]", true});
      }
      return;
    }
    spec::ItemFinder items(spec::ListKind::kEntries, journal);
    for (const Claim* entry : by_time(entries)) {
      const json::Value old = items.find(entry->name);
      if (old) {
        editor_.set(old, snippet(*entry));
      } else {
        editor_.add_element(journal, snippet(*entry));
      }
    }
  }

  Spec spec_;
  json::Editor editor_;
  std::unordered_map<std::string, json::Value> chosen_;
  std::unordered_map<std::string, json::Added> added_;
};

// Step 1, on one document.
class Kin {
 public:
  Kin(const Spec& spec, const std::set<std::string>& touched) : spec_(spec), touched_(touched) {}

  Changes changes(std::vector<Finished::Missing>& missing) {
    for (const std::string& id : touched_) {
      const Node* node = spec_.find(id);
      if (node != nullptr) drop_unknown(*node, missing);
    }
    for (const Node& node : spec_.nodes()) {
      if (node.hidden || !node.parent_value.is_string()) continue;
      const Node* parent = spec_.at(node.parent);
      if (parent == nullptr) {
        if (!touched_.contains(std::string(node.id))) continue;
        missing.push_back({std::string(node.parent_value.string()), std::string(node.id), true});
      } else if (touched_.contains(std::string(node.id)) ||
                 touched_.contains(std::string(parent->id))) {
        add_to(*parent, node);
      }
    }
    return std::move(changes_);
  }

 private:
  void drop_unknown(const Node& node, std::vector<Finished::Missing>& missing) {
    const spec::Path path = spec::node_path(node, "children");
    const auto kind = spec::list_kind(path);
    if (!kind || !node.children_value.is_array()) return;
    const std::vector<std::string> keys = spec::item_keys(*kind, node.children_value);
    std::size_t i = 0;
    spec::Spot spot{spec::Spot::At::kFirst, {}};
    for (const spec::Child& child : spec_.children(node)) {
      const std::string& key = keys[i++];
      if (child.node != spec::kNoNode || !child.value.is_string()) {
        spot = {spec::Spot::At::kBehind, key};
        continue;
      }
      missing.push_back({std::string(child.value.string()), std::string(node.id), false});
      Change change = spec::remove_item(path, key, {std::string(child.value.raw()), true}, spot);
      change.derived = true;
      changes_.push_back(std::move(change));
    }
  }

  void add_to(const Node& parent, const Node& node) {
    if (!parent.children_value.is_array() || &parent == &node) return;
    for (const spec::Child& child : spec_.children(parent)) {
      if (child.node == spec_.index_of(node)) return;
    }
    json::Parser parser;
    json::Tree tree;
    const std::string text = spec::json_text(node.id);
    if (!parser.parse(text, tree)) return;
    const spec::Path path = spec::node_path(parent, "children");
    Change change =
        spec::add_item(path, spec::item_key(*spec::list_kind(path), tree.root()), {text});
    change.derived = true;
    changes_.push_back(std::move(change));
  }

  const Spec& spec_;
  const std::set<std::string>& touched_;
  Changes changes_;
};

Result<std::string> applied(const json::Tree& tree, const Changes& changes) {
  const auto edits = edits_for(tree, changes);
  if (!edits) return tl::unexpected<Error>(edits.error());
  return apply_edits(tree.bytes(), *edits);
}

// Where the document says an earlier time, or nothing.
std::optional<Change> later_update(const Spec& spec, const std::string& json) {
  const auto time = parse_rfc3339(std::string_view(json).substr(1, json.size() - 2));
  const auto stated = parse_rfc3339(spec.last_updated.string());
  if (!time || (stated && *stated >= *time)) return std::nullopt;
  std::optional<json::Snippet> before;
  if (spec.last_updated) before = {std::string(spec.last_updated.raw()), true};
  Change change = spec::change_member({"last_updated"}, before, json::Snippet{json, true});
  change.derived = true;
  return change;
}

// The nodes that lost a child, and all above them.
std::set<std::string_view> incomplete_nodes(const Spec& spec,
                                            const std::vector<Finished::Missing>& missing) {
  std::set<std::string_view> ids;
  for (const Finished::Missing& each : missing) {
    const Node* node = each.as_parent ? nullptr : spec.find(each.named_by);
    while (node != nullptr && ids.insert(node->id).second) node = spec.at(node->parent);
  }
  return ids;
}

// Of what follows from the nodes, what a salvage writes.
Changes derived_only(const Spec& spec, const Changes& changes,
                     const std::vector<Finished::Missing>& missing) {
  const std::set<std::string_view> incomplete = incomplete_nodes(spec, missing);
  Changes kept;
  for (const Change& change : changes) {
    if (!change.derived) continue;
    const std::string_view id = node_of(change).empty() ? "spec-root" : node_of(change);
    const bool completes =
        change.path.back() == "status" && change.after && change.after->text == "\"completed\"";
    if (!completes || !incomplete.contains(id)) kept.push_back(change);
  }
  return kept;
}

}  // namespace

Result<std::string> put(const std::string& bytes, const Chosen& chosen,
                        const json::Limits& limits) {
  json::Parser parser(limits);
  json::Tree tree;
  if (!parser.parse(bytes, tree)) return fail(ErrorKind::kDamaged, "no document to build on");
  const auto edits = Putter(tree).edits(chosen);
  if (!edits) return tl::unexpected<Error>(edits.error());
  return apply_edits(bytes, *edits);
}

std::string frame(const Chosen& chosen) {
  const auto member = [](const Claim& claim) {
    return spec::json_text(claim.name) + ": " + std::string(claim.value.raw());
  };
  const auto listed = [](const std::vector<const Claim*>& claims, const auto& text_of) {
    std::string text;
    for (const Claim* claim : claims) text += (text.empty() ? "    " : ",\n    ") + text_of(*claim);
    return text;
  };
  const auto first = [](const std::vector<const Claim*>& claims) {
    std::size_t least = SIZE_MAX;
    for (const Claim* claim : claims) least = std::min(least, claim->place.begin);
    return least;
  };
  std::multimap<std::size_t, std::string> parts;
  for (const Claim* claim : chosen.members) parts.emplace(claim->place.begin, member(*claim));
  parts.emplace(first(chosen.nodes), "\"hierarchy\": {\n" + listed(chosen.nodes, member) + "\n  }");
  const auto value = [](const Claim& claim) { return std::string(claim.value.raw()); };
  if (!chosen.entries.empty()) {
    parts.emplace(first(chosen.entries),
                  "\"journal\": [\n" + listed(chosen.entries, value) + "\n  ]");
  }
  std::string text;
  for (const auto& [at, part] : parts) text += (text.empty() ? "{\n  " : ",\n  ") + part;
  return text + "\n}\n";
}

Result<Finished> finish(const std::string& bytes, const std::set<std::string>& touched,
                        const std::optional<std::string>& last_updated,
                        const json::Limits& limits) {
  Finished finished;
  json::Parser parser(limits);
  json::Tree tree;
  if (!parser.parse(bytes, tree)) return fail(ErrorKind::kRefused, "what is whole gives no JSON");
  {
    const Spec spec(tree);
    finished.derived = Kin(spec, touched).changes(finished.missing);
  }
  Result<std::string> joined = applied(tree, finished.derived);
  if (!joined) return tl::unexpected<Error>(joined.error());
  json::Tree joined_tree;
  if (!parser.parse(*joined, joined_tree)) {
    return fail(ErrorKind::kRefused, "what is whole gives no JSON");
  }
  const Spec spec(joined_tree);
  Result<Changes> settled = spec::settle(spec, {touched.begin(), touched.end()});
  if (!settled) return tl::unexpected<Error>(settled.error());
  Changes derived = derived_only(spec, *settled, finished.missing);
  if (last_updated) {
    if (auto later = later_update(spec, *last_updated)) derived.push_back(std::move(*later));
  }
  Result<std::string> done = applied(joined_tree, derived);
  if (!done) return tl::unexpected<Error>(done.error());
  finished.bytes = std::move(*done);
  finished.derived.insert(finished.derived.end(), derived.begin(), derived.end());
  return finished;
}

}  // namespace sdd::repair
