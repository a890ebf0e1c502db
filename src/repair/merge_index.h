// What merge() asks about one side's changes. For merge.cc only.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "spec/change.h"
#include "spec/spec.h"

namespace sdd::repair {

// The changes of one side, by what they are about. Keeps pointers to them.
class ChangeIndex {
 public:
  explicit ChangeIndex(const spec::Changes& changes);

  // The change of the same member or item; nullptr: there is none.
  const spec::Change* same_target(const spec::Change& change) const;
  // The change of something that holds what `change` is about.
  const spec::Change* around(const spec::Change& change) const;
  // The changes of what lies inside what `change` is about.
  const std::vector<const spec::Change*>& inside(const spec::Change& change) const;

 private:
  const spec::Change* find(const std::string& target) const;

  std::unordered_map<std::string, const spec::Change*> exact_;
  std::unordered_map<std::string, std::vector<const spec::Change*>> inside_;
};

// Gives the items that `taken` adds to a list their places among those that our side added: by the
// time that their member `time_member` tells, ours first.
void place_new_items(const spec::Spec& ours, const spec::Changes& our_changes,
                     const spec::Path& list, const char* time_member, spec::Changes& taken);

}  // namespace sdd::repair
