// What a salvage must not do and must not miss, judged from the documents that were meant, without
// the means of the salvage itself.
//
//   const SalvageOracle oracle(damaged);
//   const Verdict verdict = oracle.judge(salvaged, sources);
//   verdict.faults                     // sentences; empty: all of (a) to (d) and (f) hold
//
// (a) nothing invented: every node and entry of the result is one of a writer's or of the base, as
//     a whole, what is derived apart; what a kept document has and the salvage says it doubts is no
//     claim of the salvage.
// (b) what stands whole in the damaged bytes is in the result, or is told.
// (c) with the base at hand, what base and all writers agree on is there.
// (d) the result parses, and salvaging it changes nothing.
// (f) the receipt's spans hold what the result has.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/strings.h"
#include "repair/damage_room.h"
#include "repair/salvage.h"
#include "spec/diff.h"

namespace sdd::test {

// A value with its members in the order of their names; of a node without what is derived.
// `inner`: a node that had children.
inline std::string canonical(json::Value value, bool node = false, bool inner = false) {
  std::string text;
  if (value.is_object()) {
    inner = inner || value.find("children").size() > 0;
    std::map<std::string, std::string> members;
    for (const json::Member member : value.members()) {
      const std::string key(member.key.string());
      const bool derived = key == "total_tasks" || key == "completed_tasks" || key == "children" ||
                           (key == "status" && inner);
      if (!node || !derived) members[key] = canonical(member.value);
    }
    for (const auto& [key, member] : members) text += key + "\x01" + member + "\x02";
    return "{" + text + "}";
  }
  if (value.is_array()) {
    for (const json::Value element : value.elements()) text += canonical(element) + "\x02";
    return "[" + text + "]";
  }
  return value.is_string() ? "\"" + std::string(value.string()) : std::string(value.raw());
}

struct Share {
  std::size_t whole = 0;  // stand whole in the damaged bytes
  std::size_t kept = 0;   // of them in the result
  std::size_t meant = 0;  // names in any writer's document
  std::size_t there = 0;  // of them in the result
};

struct Verdict {
  std::vector<std::string> faults;
  Share nodes, entries;
};

class SalvageOracle {
 public:
  explicit SalvageOracle(const DamagedCase& damaged) : damaged_(damaged), base_(damaged.base) {
    for (const std::string& writer : damaged.writers) {
      writers_.push_back(std::make_unique<ReadSpec>(writer));
    }
    learn(base_, false);
    for (const auto& writer : writers_) learn(*writer, true);
  }

  Verdict judge(const repair::Salvaged& salvaged, const std::vector<repair::Source>& sources,
                bool with_base) const {
    Verdict verdict;
    const ReadSpec result(salvaged.refusal.empty() ? salvaged.bytes : "{}");
    if (salvaged.refusal.empty()) {
      if (!result.ok) verdict.faults.push_back("(d) the result does not parse");
      nothing_invented(result, salvaged, verdict);
      if (with_base) nothing_agreed_is_missing(result, verdict);
      is_idempotent(salvaged, sources, verdict);
      receipt_holds(salvaged, sources, verdict);
    }
    whole_is_there(result, salvaged, verdict);
    return verdict;
  }

 private:
  struct Known {
    std::set<std::string> versions;          // anybody's
    std::map<std::string, bool> of_writers;  // a version: whether it stands whole in the bytes
    std::string base;
    std::size_t agreeing = 0;  // writers that say what the base says
    std::string title;
  };
  using KnownByName = std::map<std::string, Known>;

  void learn(const ReadSpec& read, bool writer) {
    for (const spec::Node& node : read.spec.nodes()) {
      const std::string raw = std::string(node.key.raw()) + ": " + std::string(node.value.raw());
      Known& known = nodes_[std::string(node.id)];
      learn(known, canonical(node.value, true), raw, writer);
      known.versions.insert(canonical(node.value, true, true));
    }
    for (const spec::JournalEntry& entry : read.spec.journal()) {
      Known& known = entries_[spec::item_key(spec::ListKind::kEntries, entry.value)];
      known.title = entry.title().string();
      learn(known, canonical(entry.value), std::string(entry.value.raw()), writer);
    }
  }

  void learn(Known& known, const std::string& version, const std::string& raw, bool writer) {
    known.versions.insert(version);
    if (!writer) {
      known.base = version;
      return;
    }
    if (version == known.base) ++known.agreeing;
    bool& whole = known.of_writers[version];
    whole = whole || damaged_.bytes.find(raw) != std::string::npos;
  }

  // Whether a list names a node or an entry.
  static bool tells(const std::vector<repair::Lost>& list, const std::string& name) {
    const std::string quoted = "'" + printable(name) + "'";
    return std::any_of(list.begin(), list.end(), [&](const repair::Lost& lost) {
      return lost.pointer == "/hierarchy/" + name || lost.why.find(quoted) != std::string::npos;
    });
  }

  // All its children may be lost.
  static bool is_version(const Known& known, json::Value node) {
    return known.versions.contains(canonical(node, true)) ||
           known.versions.contains(canonical(node, true, true));
  }

  void nothing_invented(const ReadSpec& result, const repair::Salvaged& salvaged,
                        Verdict& verdict) const {
    for (const spec::Node& node : result.spec.nodes()) {
      const std::string id(node.id);
      const auto known = nodes_.find(id);
      // The sides of a conflict are merged statement by statement; a parent that closes only by
      // that says so.
      const bool merged = damaged_.shape == Shape::kConflict;
      if (merged && node.child_count > 0) continue;
      const bool is_known = known != nodes_.end() && (is_version(known->second, node.value) ||
                                                      (merged && known->second.agreeing == 0));
      const bool doubted = tells(salvaged.doubts, id);
      if (!is_known && !doubted) verdict.faults.push_back("(a) invented node " + id);
    }
    for (const spec::JournalEntry& entry : result.spec.journal()) {
      const auto known = entries_.find(spec::item_key(spec::ListKind::kEntries, entry.value));
      const bool is_known =
          known != entries_.end() && known->second.versions.contains(canonical(entry.value));
      const std::string title(entry.title().string());
      const bool doubted = tells(salvaged.doubts, title);
      if (!is_known && !doubted) verdict.faults.push_back("(a) invented entry " + title);
    }
  }

  using Versions = std::map<std::string, std::string>;
  static Versions nodes_of(const ReadSpec& read) {
    Versions versions;
    for (const spec::Node& node : read.spec.nodes()) {
      versions[std::string(node.id)] = canonical(node.value, true);
    }
    return versions;
  }
  static Versions entries_of(const ReadSpec& read) {
    Versions versions;
    for (const spec::JournalEntry& entry : read.spec.journal()) {
      versions[spec::item_key(spec::ListKind::kEntries, entry.value)] = canonical(entry.value);
    }
    return versions;
  }

  void nothing_agreed_is_missing(const ReadSpec& result, Verdict& verdict) const {
    const auto check = [&](const KnownByName& known, const Versions& there, const char* what) {
      for (const auto& [name, each] : known) {
        if (each.base.empty() || each.agreeing < writers_.size()) continue;
        const auto found = there.find(name);
        // A parent that closes only by the merge of two sides says so.
        const bool merged = damaged_.shape == Shape::kConflict && found != there.end();
        if (!merged && (found == there.end() || found->second != each.base)) {
          verdict.faults.push_back(std::string("(c) ") + what + " " + name + " is missing");
        }
      }
    };
    check(nodes_, nodes_of(result), "node");
    check(entries_, entries_of(result), "entry");
  }

  void whole_is_there(const ReadSpec& result, const repair::Salvaged& salvaged,
                      Verdict& verdict) const {
    const bool refused = !salvaged.refusal.empty();
    const auto check = [&](const KnownByName& known, const Versions& there, bool node,
                           Share& share) {
      for (const auto& [name, each] : known) {
        if (each.of_writers.empty()) continue;
        const auto found = there.find(name);
        ++share.meant;
        if (found != there.end()) ++share.there;
        const bool any = std::any_of(each.of_writers.begin(), each.of_writers.end(),
                                     [](const auto& version) { return version.second; });
        if (!any) continue;
        ++share.whole;
        if (found != there.end()) ++share.kept;
        if (refused || found != there.end()) continue;
        if (!tells(salvaged.lost, node ? name : each.title)) {
          verdict.faults.push_back("(b) not there and not told: " + name);
        }
      }
    };
    check(nodes_, refused ? Versions{} : nodes_of(result), true, verdict.nodes);
    check(entries_, refused ? Versions{} : entries_of(result), false, verdict.entries);
  }

  void is_idempotent(const repair::Salvaged& salvaged, const std::vector<repair::Source>& sources,
                     Verdict& verdict) const {
    const auto again = repair::salvage({.stem = damaged_.stem, .bytes = salvaged.bytes}, sources);
    if (again.bytes != salvaged.bytes || !again.refusal.empty()) {
      verdict.faults.push_back("(d) salvaged twice it is another document");
    }
  }

  // With what is derived undone the result says what the receipt's bytes say, and no node, entry or
  // member beside them and the document that it was built on.
  void receipt_holds(const repair::Salvaged& salvaged, const std::vector<repair::Source>& sources,
                     Verdict& verdict) const {
    const auto undone = spec::apply_changes(salvaged.bytes, spec::inverse(salvaged.derived));
    if (!undone) {
      verdict.faults.push_back("(f) derived: " + undone.error().message);
      return;
    }
    const ReadSpec stated(*undone);
    std::string base = salvaged.base.empty() ? "{}" : salvaged.bytes;
    std::set<std::string> pointers;
    std::map<std::string, std::string> pieces;
    for (const repair::Recovered& recovered : salvaged.recovered) {
      const std::string* bytes = recovered.source == "file" ? &damaged_.bytes : nullptr;
      for (const repair::Source& source : sources) {
        if (source.id == recovered.source) bytes = &source.bytes;
      }
      if (bytes == nullptr || recovered.span.end > bytes->size()) {
        verdict.faults.push_back("(f) no such bytes: " + recovered.pointer);
        continue;
      }
      pieces[recovered.pointer] += bytes->substr(recovered.span.begin, recovered.span.size());
      pointers.insert(recovered.pointer);
    }
    for (const auto& [pointer, piece] : pieces) {
      if (pointer.empty()) {
        base = piece;
      } else if (!spec::same_meaning(stated.tree.resolve(pointer).raw(), piece)) {
        verdict.faults.push_back("(f) not what stands there: " + pointer);
      }
    }
    const ReadSpec built_on(base);
    for (const spec::Change& change : spec::diff(built_on.spec, stated.spec)) {
      if (change.derived || !change.after || adds_container(change)) continue;
      if (!is_receipted(change, stated, pointers)) {
        verdict.faults.push_back("(f) from no source: " + spec::to_line(change));
      }
    }
  }

  static bool is_receipted(const spec::Change& change, const ReadSpec& stated,
                           const std::set<std::string>& pointers) {
    std::string pointer = pointer_of(change);
    if (pointer == "/hierarchy" || pointer == "/journal") return true;
    if (change.kind == spec::Change::Kind::kItem) {
      json::Value list = stated.tree.root();
      for (const std::string& name : change.path) list = list.find(name);
      spec::ItemFinder items(*spec::list_kind(change.path), list);
      pointer = stated.tree.pointer(items.find(change.key));
    }
    for (; !pointer.empty(); pointer.resize(pointer.rfind('/'))) {
      if (pointers.contains(pointer)) return true;
    }
    return false;
  }

  const DamagedCase& damaged_;
  ReadSpec base_;
  std::vector<std::unique_ptr<ReadSpec>> writers_;
  KnownByName nodes_, entries_;
};

}  // namespace sdd::test
