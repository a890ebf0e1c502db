// Where journal entries that come late belong.
#pragma once

#include <string>

#include "json/tree.h"
#include "spec/change.h"

namespace sdd::workspace {

// Gives every entry that `changes` adds to the journal its spot: behind the last one that is not
// later, whether it stands in the document or is added before. Entries without a time go to the
// end.
void place_by_time(json::Value document, spec::Changes& changes);

// The RFC 6901 pointer of what a Change has put into the document; of an item of a list with its
// position.
std::string place_of(json::Value document, const spec::Change& change);

}  // namespace sdd::workspace
