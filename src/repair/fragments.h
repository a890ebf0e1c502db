// Fragments: what stands whole in bytes that are no JSON document: nodes, journal entries, members
// of the document.
//
//   for (const Fragment& fragment : find_fragments(bytes, limits)) …   // in the order of their
//   ends bytes.substr(fragment.span.begin, fragment.span.size())            // parses as JSON
//
// One walk over the bytes, whatever they are: NUL holes, conflict markers, two versions spliced,
// only the end of a document. Wherever the grammar breaks, everything that was open there is given
// up, and reading begins afresh; so no fragment reaches over a place where the grammar breaks. It
// may reach over a seam that the grammar does not notice: repair/seam_doubt.h.
//
// Linear time; memory for the open brackets (at most max_depth) and for what is found; no
// recursion.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/limits.h"
#include "text/span.h"

namespace sdd::repair {

enum class FragmentKind : std::uint8_t {
  kNode,        // a member whose value has type, title, status, parent and children
  kEntry,       // an element with timestamp and title, and content or entry_type
  kRootMember,  // a member of the document
};

struct Fragment {
  FragmentKind kind = FragmentKind::kNode;
  Span key;             // with its quotes; empty for an entry
  Span span;            // the value
  bool in_step = true;  // every line of it is indented as its brackets say

  // Where it begins, key included.
  std::size_t begin() const { return key.empty() ? span.begin : key.begin; }
};

// Nodes and entries inside of a whole node or entry are part of it, and not found.
//
// In a file with a member to a line nodes and entries must stand on the second level of
// indentation and root members on the first. In any other file a node is known by its members
// alone, and root members are found only up to where the grammar first breaks.
//
// `from`: reading begins there; how the file is indented is told by all of it.
std::vector<Fragment> find_fragments(std::string_view bytes, const json::Limits& limits,
                                     std::size_t from = 0);

}  // namespace sdd::repair
