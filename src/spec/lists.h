// Lists: the arrays of a spec whose elements have an identity of their own, so that two writers can
// each add one and both stay. Every other array is one value.
//
//   list                                          identity of an element
//   /journal                                      timestamp, task_id and title
//   /metadata/revisions, revision_history         version
//   /metadata/assumptions                         the text
//   /hierarchy/*/children                         the id
//   /hierarchy/*/dependencies/blocks …            the id
//   /hierarchy/*/metadata/resolved_blockers       the whole value
//
// An identity is kept as a text that only this module reads. Elements that should have one and do
// not (an entry that is no object) are identified by their whole value; of several with the same
// identity the second has a number behind it, and so on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "json/tree.h"

namespace sdd::spec {

// Names of members, from the document's root on.
using Path = std::vector<std::string>;

enum class ListKind : std::uint8_t { kEntries, kRevisions, kTexts, kValues };

// What kind of list belongs at a path; nothing: an array there is one value.
std::optional<ListKind> list_kind(const Path& path);

// The identity of an element, without a number.
std::string item_key(ListKind kind, json::Value element);

// The identities of all elements, each different.
std::vector<std::string> item_keys(ListKind kind, json::Value list);

// The identity of the element that is the `number`th with item_key() `key`, from 1 on.
std::string numbered_key(const std::string& key, std::size_t number);

// Finds items by their identity. A few questions cost a look at each item, many questions one
// table.
class ItemFinder {
 public:
  ItemFinder(ListKind kind, json::Value list) : kind_(kind), list_(list) {}

  // The item of that identity (numbered_key()); missing where there is none.
  json::Value find(const std::string& key);
  // How many items have that identity when it is not numbered.
  std::size_t count(const std::string& key);

 private:
  bool asked_often();
  bool may_have(json::Value element, std::string_view key) const;

  ListKind kind_;
  json::Value list_;
  std::size_t questions_ = 0;
  std::unordered_map<std::string, json::Value> items_;
  std::unordered_map<std::string, std::size_t> counts_;
};

// Whether the value at `path` is an object in which every member counts for itself even where the
// object is new: the document's metadata, a node's metadata and dependencies.
bool is_frame(const Path& path);

}  // namespace sdd::spec
