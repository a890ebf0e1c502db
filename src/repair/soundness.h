// Soundness: which nodes of a document contradict it or lack what follows from the rest.
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

}  // namespace sdd::repair
