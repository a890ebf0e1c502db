// Links: who lists whom as a child, for the rules about the tree's shape.
//
// A link is an element of a node's `children` that names a node. Links of hidden nodes (of two
// members with one key the first) do not count, unless said otherwise: nobody who reads the file
// sees them. Everything here is iterative and linear in the size of the file, however deep or
// tangled its hierarchy.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "spec/spec.h"

namespace sdd::rules {

// For each node the first node, in file order, that lists it as a child; kNoNode: nobody does. Here
// hidden nodes count, too: what only they list is not lost by itself, but with them (SDD010).
std::vector<std::uint32_t> first_listers(const spec::Spec& spec);

// The children of `node` that are texts but name no node: their positions in spec.children(node),
// equal names side by side, in file order among themselves.
std::vector<std::uint32_t> children_without_node(const spec::Spec& spec, const spec::Node& node);

// Whether each node can be reached from the root along links. With `agreed`, only along links on
// which both ends agree: the child names the node that lists it as its parent.
std::vector<bool> reached_from_root(const spec::Spec& spec, bool agreed);

// Calls `found` for every link that closes a circle, once for each pair of nodes. The circle's
// nodes stand in `path`: its first is the node that `closing` names, its last the one whose child
// list holds `closing`. Without these links the hierarchy has no circle. Circles are entered where
// the tree enters them, so that `closing` leads back up and not down.
using CycleFound =
    std::function<void(std::span<const std::uint32_t> path, const spec::Child& closing)>;
void for_each_cycle(const spec::Spec& spec, const CycleFound& found);

}  // namespace sdd::rules
