// The nodes of a spec in the order in which a person reads them: the tree from the root, each node
// before its children, children in the order of their list; then what hangs on nothing, in file
// order. Every node that readers see stands there once, whatever the tree looks like.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "spec/spec.h"

namespace sdd::spec {

struct OutlineItem {
  const Node* node = nullptr;
  std::uint32_t depth = 0;  // levels below the first node
  bool in_tree = true;      // false: not reachable from the root
};

// All nodes. Linear time, no recursion.
std::vector<OutlineItem> outline(const Spec& spec);

// `top` and what is below it.
std::vector<OutlineItem> outline_below(const Spec& spec, const Node& top);

// The phases, in that order.
std::vector<const Node*> phases(const Spec& spec);

// The spec's title: the document's, else its metadata's, else the root node's; may be empty.
std::string_view title_of(const Spec& spec);

// What stands there as status or type, also a word that is none; "" when no text stands there.
std::string_view status_word(const Node& node);
std::string_view type_word(const Node& node);

}  // namespace sdd::spec
