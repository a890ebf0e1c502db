// 1. Cut the sides apart; find the base, or what both sides have in common.
// 2. Merge. A conflict refuses.
// 3. What the result says beyond the base stands in one of the sides, statement by statement; what
//    stands in none was computed by the merge. Without a base every node, entry and member is such
//    a statement.
#include "repair/salvage_conflict.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "base/strings.h"
#include "json/equality.h"
#include "json/tree.h"
#include "repair/claims.h"
#include "repair/conflict_sides.h"
#include "spec/diff.h"
#include "spec/spec.h"

namespace sdd::repair {
namespace {

using spec::Change;
using spec::Changes;

// A document that can be asked.
struct Asked {
  explicit Asked(std::string text) : bytes(std::move(text)) {
    json::Parser parser;
    parser.parse(bytes, tree);
    spec.read(tree);
  }
  bool is_object() const { return tree.root().is_object(); }

  std::string bytes;
  json::Tree tree;
  spec::Spec spec;
};

class ConflictSalvage {
 public:
  ConflictSalvage(const DamagedSpec& damaged, const std::vector<Source>& sources,
                  const json::Damage& damage)
      : damaged_(damaged),
        sources_(sources),
        sides_(cut_sides(damaged.bytes, damage.ranges)),
        blocks_(damage.ranges),
        ours_(sides_.ours.text()),
        theirs_(sides_.theirs.text()) {}

  std::optional<Salvaged> run() {
    if (!ours_.is_object() || !theirs_.is_object()) return std::nullopt;
    const std::string base = find_base();
    if (!salvaged_.conflicts.empty()) return refused();
    Result<Merged> merged = merge(base, ours_.bytes, theirs_.bytes);
    if (!merged) return std::nullopt;
    salvaged_.conflicts = std::move(merged->conflicts);
    if (!salvaged_.conflicts.empty()) return refused();
    salvaged_.bytes = std::move(merged->bytes);
    note_pieces(base);
    if (!salvaged_.conflicts.empty()) return refused();
    for (const Span block : blocks_) {
      salvaged_.dropped.push_back({block, "the two sides of this conflict were merged"});
    }
    return std::move(salvaged_);
  }

 private:
  Salvaged refused() {
    salvaged_.bytes.clear();
    salvaged_.refusal = fmt::format("the two sides contradict each other in {}",
                                    counted(salvaged_.conflicts.size(), "place"));
    return std::move(salvaged_);
  }

  std::string find_base() {
    for (const Source& source : sources_) {
      const bool stage =
          source.kind == SourceKind::kIndex && source.name.find("stage 1") != std::string::npos;
      if (!stage || !Asked(source.bytes).is_object()) continue;
      salvaged_.base = source.id;
      salvaged_.recovered.push_back({"", source.id, {0, source.bytes.size()}});
      return source.bytes;
    }
    if (sides_.base && Asked(sides_.base->text()).is_object()) return sides_.base->text();
    return common_part();
  }

  // Ours without what theirs has not; where both say something else, a conflict.
  std::string common_part() {
    Changes gone;
    for (const Change& change : spec::diff(ours_.spec, theirs_.spec)) {
      if (change.before && !change.after) {
        gone.push_back(change);
      } else if (change.before && !change.derived && !change.moves()) {
        Conflict conflict;
        conflict.pointer = pointer_of(change);
        conflict.node = std::string(node_of(change));
        conflict.message = fmt::format("{}: the sides differ, and what was there before is unknown",
                                       printable(conflict.pointer));
        conflict.ours = change.before->text;
        conflict.theirs = change.after->text;
        salvaged_.conflicts.push_back(std::move(conflict));
      }
    }
    return spec::apply_changes(ours_.bytes, gone).value_or(ours_.bytes);
  }

  // Where a value of the result stands in a side; empty: in none.
  std::vector<Span> places_of(const Change& change) const {
    if (!change.after) return {};
    const auto in = [&](const Asked& side, const CutText& cut) -> std::vector<Span> {
      json::Value value = side.tree.root();
      for (const std::string& name : change.path) value = value.find(name);
      if (change.kind == Change::Kind::kItem) {
        value = spec::ItemFinder(*spec::list_kind(change.path), value).find(change.key);
      }
      if (!value || !spec::same_meaning(value.raw(), change.after->text)) return {};
      return cut.places_of(value.span());
    };
    std::vector<Span> places = in(ours_, sides_.ours);
    return places.empty() ? in(theirs_, sides_.theirs) : places;
  }

  void recover(const std::string& pointer, const std::vector<Span>& places) {
    for (const Span place : places) salvaged_.recovered.push_back({pointer, "file", place});
  }

  void note_pieces(const std::string& base) {
    const bool has_base = !salvaged_.base.empty();
    const Asked result(salvaged_.bytes);
    const Asked from(has_base ? base : ours_.bytes);
    for (Change& change : spec::diff(from.spec, result.spec)) {
      const std::vector<Span> places = places_of(change);
      const bool stated = !change.after || !places.empty() || adds_container(change);
      if (change.derived || !stated) {
        change.derived = true;
        salvaged_.derived.push_back(std::move(change));
      } else if (has_base) {
        recover(pointer_in(result, change), places);
      }
    }
    if (!has_base) note_all(result);
  }

  static std::string pointer_in(const Asked& result, const Change& change) {
    if (change.kind == Change::Kind::kMember) return pointer_of(change);
    json::Value list = result.tree.root();
    for (const std::string& name : change.path) list = list.find(name);
    return result.tree.pointer(
        spec::ItemFinder(*spec::list_kind(change.path), list).find(change.key));
  }

  // Each node, entry and member, from the side that says what the result says, the derived values
  // as they were.
  void note_all(const Asked& result) {
    const auto stated =
        spec::apply_changes(result.bytes, spec::inverse(salvaged_.derived)).value_or(result.bytes);
    const Statements wanted = read_document("", stated, damaged_.limits);
    const Statements own = read_document("", ours_.bytes, damaged_.limits);
    const Statements other = read_document("", theirs_.bytes, damaged_.limits);
    for (const auto kind : {&Statements::nodes, &Statements::entries, &Statements::members}) {
      for (const Claim& want : wanted.*kind) {
        const std::string pointer = want.value.tree()->pointer(want.value);
        if (const Claim* have = find_same(own.*kind, want)) {
          recover(pointer, sides_.ours.places_of(have->span));
        } else if (const Claim* taken = find_same(other.*kind, want)) {
          recover(pointer, sides_.theirs.places_of(taken->span));
        } else if (kind == &Statements::members) {
          note_parts(want.value);
        } else {
          refuse_mixture(want, pointer);
        }
      }
    }
  }

  // Both sides added to one node. With a base that can be told and checked, without one it cannot.
  void refuse_mixture(const Claim& node, const std::string& pointer) {
    Conflict conflict;
    conflict.pointer = pointer;
    conflict.node = node.name;
    conflict.message = fmt::format(
        "{}: both sides changed it, and what was there before is unknown", printable(pointer));
    conflict.ours = ours_.tree.resolve(pointer).raw();
    conflict.theirs = theirs_.tree.resolve(pointer).raw();
    salvaged_.conflicts.push_back(std::move(conflict));
  }

  // What both sides added to: member by member, and lists item by item.
  void note_parts(json::Value whole) {
    for (const json::Member member : whole.members()) {
      if (note_part(member.value)) continue;
      for (const json::Value element : member.value.elements()) note_part(element);
    }
    for (const json::Value element : whole.elements()) note_part(element);
  }

  // Whether a side says the same at that place, or in that list.
  bool note_part(json::Value part) {
    const std::string pointer = part.tree()->pointer(part);
    const std::string list = pointer.substr(0, pointer.rfind('/'));
    for (const bool own : {true, false}) {
      const Asked& side = own ? ours_ : theirs_;
      json::Value found = side.tree.resolve(pointer);
      if (!found || !json::same(found, part)) {
        found = {};
        for (const json::Value element : side.tree.resolve(list).elements()) {
          if (json::same(element, part)) found = element;
        }
      }
      if (!found) continue;
      recover(pointer, (own ? sides_.ours : sides_.theirs).places_of(found.span()));
      return true;
    }
    return false;
  }

  static const Claim* find_same(const std::vector<Claim>& claims, const Claim& want) {
    const auto found = std::find_if(claims.begin(), claims.end(), [&](const Claim& claim) {
      return claim.name == want.name && json::same(claim.value, want.value);
    });
    return found == claims.end() ? nullptr : &*found;
  }

  const DamagedSpec& damaged_;
  const std::vector<Source>& sources_;
  const SpecSides sides_;
  const std::vector<Span>& blocks_;
  const Asked ours_;
  const Asked theirs_;
  Salvaged salvaged_;
};

}  // namespace

std::optional<Salvaged> salvage_conflict(const DamagedSpec& damaged,
                                         const std::vector<Source>& sources,
                                         const json::Damage& damage) {
  return ConflictSalvage(damaged, sources, damage).run();
}

}  // namespace sdd::repair
