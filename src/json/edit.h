// Editor: wishes about a document's members and elements, turned into edits on its bytes, in the
// style that stands there.
//
//   Editor editor(tree);
//   editor.set(task.find("status"), {"\"completed\""});
//   editor.add_member(task.find("metadata"), "completed_at", {"\"2026-02-11T17:51:29Z\""});
//   editor.remove(task, task.find("blocked"));
//   Result<std::vector<Edit>> edits = editor.edits();
//   apply_edits(tree.bytes(), *edits)                  // text/edit.h
//
// Values come as JSON texts. Where a value goes among others it is laid out as they are:
// indentation and line ends, one line or many, \uXXXX or raw UTF-8 (json/style.h). What is added
// goes to the end of its container unless its Place says otherwise; an empty {} or [] is opened,
// the last one removed leaves {} or []. Numbers keep the spelling they are given with; nothing else
// moves.
//
// Wishes must not contradict each other: one value is not both set and removed, and nothing is
// wished about the inside of a value that is set or removed. Then edits() gives edits that overlap,
// and apply_edits() refuses them. Several members may be added to one object, and one behind
// another.
//
// An Editor keeps a reference to the tree; Values handed to it must be of that tree. Of two members
// with one key each is a Value of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "json/style.h"
#include "json/tree.h"
#include "text/edit.h"

namespace sdd::json {

// A value to be written. `as_written`: it was copied from a document (Value::raw()), and keeps the
// spelling of its strings and its lines as far as the indentation around it allows.
struct Snippet {
  std::string text;
  bool as_written = false;
};

// One wish to add something, for Place: others may be added behind it.
struct Added {
  std::uint32_t container = 0;
  std::size_t slot = 0;
};

// Where in its container something is added.
struct Place {
  enum class At : std::uint8_t { kEnd, kFirst, kBehind, kBehindAdded };
  At at = At::kEnd;
  Value sibling;  // kBehind: the value that stands in front, removed or not
  Added added;    // kBehindAdded

  static Place first() { return {At::kFirst, {}, {}}; }
  static Place behind(Value sibling) { return {At::kBehind, sibling, {}}; }
  static Place behind(Added added) { return {At::kBehindAdded, {}, added}; }
};

class Editor {
 public:
  explicit Editor(const Tree& tree) : tree_(tree), style_(tree) {}

  // Another value stands where `value` stands (a member's value, an element, the root).
  void set(Value value, Snippet snippet);
  Added add_member(Value object, std::string_view key, Snippet snippet, const Place& place = {});
  Added add_element(Value array, Snippet snippet, const Place& place = {});
  // A member, key included, or an element, of that container.
  void remove(Value container, Value child);

  // The edits for all wishes so far. An Error (kUsage) when a Snippet is no JSON.
  Result<std::vector<Edit>> edits() const;

 private:
  static constexpr std::size_t kNone = SIZE_MAX;

  // A member or element, old or new, in the order in which they will stand.
  struct Item {
    Value old = {};  // missing: it is added
    bool removed = false;
    std::string key = {};
    Snippet snippet = {};
    std::size_t next = kNone;
  };
  struct Container {
    Value value;
    std::vector<Item> items;  // the old ones in their order, then the added ones
    std::size_t old_items = 0;
    // Of a child, which is an old item.
    std::size_t slot_of(Value child) const;
    std::size_t first = kNone;
    std::size_t last = kNone;
  };
  struct Setting {
    Value value;
    Snippet snippet;
  };
  class Writing;  // edit.cc

  Container& touch(Value container);
  Added add(Value container, Item item, const Place& place);

  const Tree& tree_;
  Style style_;
  std::map<std::uint32_t, Container> containers_;  // by the index of their Value
  std::vector<Setting> settings_;
};

}  // namespace sdd::json
