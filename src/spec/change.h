// Change: one statement of a spec that becomes another, as a value. Commands, diff, merge, repair
// and the update log all speak in Changes.
//
//   Change change = change_member({"hierarchy", "task-1-1", "status"}, "\"pending\"",
//                                 "\"completed\"");
//   Result<std::string> bytes = apply_changes(before, {change});      // edits, nothing re-written
//   holds(change, tree.root())                       // is its effect in the file?
//   apply_changes(*bytes, inverse({change}))         // means what `before` meant
//   to_line(change)                                  // "task-1-1: status pending → completed"
//
// A Change is about a member of an object (a node is one, of `hierarchy`), or about an item of a
// list whose items have an identity (spec/lists.h: journal entries, revisions, children …).
// `before` is its precondition, `after` its postcondition; nothing in either place means that there
// is no such member or item. A list of Changes is a sequence: a later one may speak about what an
// earlier one added.
//
// Values are JSON texts and compared by their meaning. Those that are added go to the end of their
// container unless the Change says what they stand behind; a removal says what stood in front, so
// that its inverse puts things back. `derived` marks what follows from other statements (counts,
// the status of a parent, progress_percentage, current_phase, last_updated) and can be computed
// anew.
//
// Odd cases. Removing a member takes all members of that name, setting it changes the last, which
// is the one that readers see. What stands inside an array that is no list cannot be addressed: the
// array is one value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "json/edit.h"
#include "json/tree.h"
#include "json/writer.h"
#include "spec/lists.h"
#include "text/edit.h"

namespace sdd::spec {

// Where something stands among its siblings: behind the member of that name, or the item of that
// identity; first; or at the end (also where that sibling is not there).
struct Spot {
  enum class At : std::uint8_t { kEnd, kFirst, kBehind };
  At at = At::kEnd;
  std::string sibling = {};
  friend bool operator==(const Spot&, const Spot&) = default;
};

struct Change {
  enum class Kind : std::uint8_t { kMember, kItem };

  Kind kind = Kind::kMember;
  Path path;        // to the member; kItem: to the list
  std::string key;  // kItem: the identity
  std::optional<json::Snippet> before;
  std::optional<json::Snippet> after;
  Spot before_spot;  // what is removed stood there
  Spot after_spot;   // what is added goes there. An item that stays and has two spots moves
  bool derived = false;

  bool moves() const { return before && after && !(before_spot == after_spot); }
};

using Changes = std::vector<Change>;

// A member that is set, added (no `before`) or removed (no `after`).
Change change_member(Path path, std::optional<json::Snippet> before,
                     std::optional<json::Snippet> after);
// An item that is added at the end of a list, or removed.
Change add_item(Path list, std::string key, json::Snippet item);
Change remove_item(Path list, std::string key, json::Snippet item, Spot spot);

// The RFC 6901 pointer of the member; of an item, that of its list and "/-" behind it.
std::string pointer_of(const Change& change);

// The id of the node that it speaks about; "" for the document.
std::string_view node_of(const Change& change);

Change inverse(const Change& change);
// All of them, last first.
Changes inverse(const Changes& changes);

// Whether both say the same: same place, same meaning of both values. Neither `derived` nor the
// spelling of values counts.
bool same(const Change& a, const Change& b);

// Whether two JSON texts mean the same; a text that is no JSON means nothing.
bool same_meaning(std::string_view a, std::string_view b);

// Whether it only adds the empty container for what other Changes put in: a frame or a list
// (spec/lists.h).
bool adds_container(const Change& change);

// Whether the effect of a Change is in the document: the member or item means `after`, or is not
// there. The place among siblings does not count, nor what stands in a container that was added
// empty.
bool holds(const Change& change, json::Value document);

// The edits on the tree's bytes that make all changes, in the order given. Refused (kRefused) when
// a precondition does not hold, with the pointer; an Error (kUsage) when a value is no JSON.
Result<std::vector<Edit>> edits_for(const json::Tree& tree, const Changes& changes);
// The same, done. kDamaged when `bytes` is no JSON.
Result<std::string> apply_changes(const std::string& bytes, const Changes& changes);

// {"pointer", "change": "add", "old": null, "new": …} and, where it matters, "key", "behind",
// "stood_behind", "derived". "change" is add, remove, set, add-item, remove-item, set-item or
// move-item.
void write(json::Writer& out, const Change& change);
// What write() wrote. An Error (kUsage) for anything else.
Result<Change> read_change(json::Value value);

// One line for people: safe for a terminal, long values cut.
std::string to_line(const Change& change);

}  // namespace sdd::spec
