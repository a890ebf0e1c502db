// EntrySearch: journal entries of a node, in everything that is known of a spec.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "text/span.h"
#include "workspace/repair/sources.h"

namespace sdd::workspace {

struct FoundEntry {
  const FoundSource* source = nullptr;
  Span span;        // of the entry in the source's bytes
  std::string key;  // its identity in the journal (spec/lists.h)
  Timestamp time;
};

class EntrySearch {
 public:
  // Reads every source that is a whole document, and the update log. `sources` must outlive it.
  explicit EntrySearch(const std::vector<FoundSource>& sources);

  // The entry that names the node within two seconds of `journaled`, from the first source that has
  // one; without that time the newest of the first source that has any.
  std::optional<FoundEntry> find(std::string_view node, std::optional<Timestamp> journaled) const;

 private:
  void read_document(const FoundSource& source);
  void read_log(const FoundSource& source);
  void add(const FoundSource& source, Span span, std::string_view text);

  std::map<std::string, std::vector<FoundEntry>, std::less<>> entries_;  // by node; best first
};

}  // namespace sdd::workspace
