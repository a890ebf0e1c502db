// Kinship: how far the lists of children can be relied on, for everything that follows from
// children (counts, status).
//
//   const Kinship kin(spec);
//   for (const std::uint32_t index : kin.children_first()) {
//     const Node& node = spec.nodes()[index];
//     const auto children = spec.children(node);
//     for (std::size_t i = 0; i < children.size(); ++i) {
//       switch (kin.bond(node, i)) …          // what children[i] is to the node
//
// A fault in the tree (SDD203 to SDD207, SDD212, SDD213) is one finding at the place where it is.
// What follows from it further up must not be reported once more, so the rules about counts and
// status ask here first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "spec/spec.h"

namespace sdd::spec {

enum class Bond : std::uint8_t {
  kSure,       // a node that is listed once, and names no other parent
  kElsewhere,  // a node that names another parent, which exists
  kRepeated,   // listed before in the same list
  kUnknown,    // no node, no object, or an ancestor (a cycle)
};

class Kinship {
 public:
  explicit Kinship(const Spec& spec);

  // The indices of all nodes, each behind its children; the ancestors in a cycle (kUnknown) apart.
  const std::vector<std::uint32_t>& children_first() const { return children_first_; }

  // What the element `position` of the node's `children` is to it.
  Bond bond(const Node& node, std::size_t position) const {
    return bonds_[node.first_child + position];
  }

  // Whether children may be missing in the node's list: another node names it as parent and does
  // not stand in the list, or the list itself is missing.
  bool may_lack_children(std::uint32_t index) const { return may_lack_children_[index]; }

 private:
  void find_order(const Spec& spec);
  void find_bonds(const Spec& spec);
  void find_gaps(const Spec& spec);

  std::vector<std::uint32_t> children_first_;
  std::vector<Bond> bonds_;  // of all lists, in the order of the nodes
  std::vector<bool> may_lack_children_;
};

}  // namespace sdd::spec
