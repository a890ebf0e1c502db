// Joining: how the write path merges what another program wrote into a spec with what we write.
#pragma once

#include <string_view>

#include "store/exchange.h"

namespace sdd::workspace {

// The three-way merge (repair/merge.h) as the exchange asks for it. kUnreadable when `theirs` is no
// JSON object, kConflict with the first conflict's place.
store::MergeAnswer join_specs(std::string_view base, std::string_view theirs,
                              std::string_view ours);

}  // namespace sdd::workspace
