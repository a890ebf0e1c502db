// Rebuild: a document out of a document and claims (claims.h), or out of claims alone; then what
// follows from what was put in.
//
//   Result<std::string> bytes = put(base, {.nodes = …, .entries = …, .members = …});
//   Result<std::string> bytes = frame(chosen);         // where there is no document to build on
//   Result<Finished> finished = finish(*bytes, touched, last_updated);
//
// Nothing is worded here: every node, entry and member is the bytes of a claim. What finish() does
// to lists of children is listed: ids of nodes that are nowhere go from the lists of the touched
// nodes, and a node that its parent does not list, one of the two touched, is added at the end of
// the parent's list, where there is one.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "repair/claims.h"
#include "spec/change.h"

namespace sdd::repair {

// No two of one name among the nodes, the entries, the members.
struct Chosen {
  std::vector<const Claim*> nodes;
  std::vector<const Claim*> entries;
  std::vector<const Claim*> members;
  bool empty() const { return nodes.empty() && entries.empty() && members.empty(); }
};

// Each takes the place of what has its name, or is added: a node behind the sibling in front of it
// or its parent, an entry behind all others, by time. kDamaged when `bytes` is no document, has no
// hierarchy to put nodes into, or has a journal that is neither a list nor null.
Result<std::string> put(const std::string& bytes, const Chosen& chosen, const json::Limits& limits);

// A document of nothing but these: in the order in which they stand in their source, hierarchy and
// journal where their first nodes and entries stand. Indented by two blanks.
std::string frame(const Chosen& chosen);

struct Finished {
  std::string bytes;
  spec::Changes derived;
  // Ids that lists of children and parents name and that are nowhere, with the node that names
  // them.
  struct Missing {
    std::string id;
    std::string named_by;
    bool as_parent = false;
  };
  std::vector<Missing> missing;
};

// `touched`: the ids of nodes that were put in. `last_updated`: a JSON text; it is written where
// the document says an earlier time or none.
Result<Finished> finish(const std::string& bytes, const std::set<std::string>& touched,
                        const std::optional<std::string>& last_updated, const json::Limits& limits);

}  // namespace sdd::repair
