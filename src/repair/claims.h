// Claims: what the sources of a salvage say, node by node and entry by entry, each as a whole.
//
//   Statements file = read_fragments("file", damaged, limits);    // damaged bytes
//   Statements head = read_document("head", bytes, limits);       // a whole document
//   Statements log = read_log("log", bytes, limits);    // an update log: what its updates added
//   for (const Claim& node : head.nodes) node.value               // lives as long as `head`
//
// A Statements owns copies of what its claims point into; moving it is cheap and leaves them valid.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "json/limits.h"
#include "json/tree.h"
#include "text/span.h"

namespace sdd::repair {

struct Claim {
  std::string source;
  std::string name = {};  // a node's id, a root member's key, an entry's identity (spec/lists.h)
  Span place = {};        // in the source, the key included
  Span span = {};         // in the source, the value alone
  json::Value value = {};
  bool in_step = true;    // indented as its brackets say
  bool repeats = false;   // an object in it has a key twice
  bool in_doubt = false;  // it may be made of two versions, and no other source says the same
};

struct Statements {
  bool is_document = false;  // the bytes are one whole document
  // A document's tree; of anything else all that was found in it, in one array.
  std::shared_ptr<const json::Tree> tree;
  std::shared_ptr<const std::string> text;  // what the tree points into
  std::vector<Claim> nodes;
  std::vector<Claim> entries;
  std::vector<Claim> members;       // of the document, without hierarchy and journal
  std::optional<Timestamp> newest;  // the latest time that stands in any of them
};

// `is_document` false when the bytes are none.
Statements read_document(const std::string& source, const std::string& bytes,
                         const json::Limits& limits);
// What stands whole in bytes that are no document, from the offset `from` on.
Statements read_fragments(const std::string& source, const std::string& bytes,
                          const json::Limits& limits, std::size_t from = 0);
// The entries and nodes that logged updates added. Lines that are none of a log are passed over.
Statements read_log(const std::string& source, const std::string& bytes,
                    const json::Limits& limits);

// Whether two nodes say the same, counts aside, and the status of those with children.
bool same_node(json::Value a, json::Value b);

// Whether an object anywhere in the value has a key twice.
bool repeats_a_key(json::Value value);

}  // namespace sdd::repair
