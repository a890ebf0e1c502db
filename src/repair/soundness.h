// Soundness: which nodes of a document contradict it or lack what follows from the rest, and which
// are another version's in part.
//
//   std::set<std::string> unsound = unsound_nodes(tree);
//
// A program that writes a whole document does not bring such a node about: it computes the counts,
// and adds a node and its place in the list together. So a document with one that its base does not
// have is pieced together, however well it reads.
#pragma once

#include <set>
#include <string>

#include "json/tree.h"

namespace sdd::repair {

// The ids of nodes
// - that lack a member that every node has, or whose counts are not what their children add up to;
// - that are completed though a child is not;
// - whose list of children names a node twice, one that is nowhere, or one that names another
//   parent, or lacks one that names this node.
// `document`: a whole spec. Each fault is told at one node, not at those above it (spec/counts.h).
std::set<std::string> unsound_nodes(const json::Tree& document);

// Whether a node lacks a member that its other version has, itself or in a member that both have:
// where pieces that are shifted by whole lines meet, these lines are gone.
bool lacks_a_member(json::Value node, json::Value other);

// Whether a member that both versions have, or one inside of such a member, is an object or an
// array in the one and neither in the other: no update turns the one into the other.
bool changes_a_kind(json::Value node, json::Value other);

}  // namespace sdd::repair
