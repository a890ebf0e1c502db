// Keys that stand twice in one object (SDD010): every reader sees the last value only.
#pragma once

#include <vector>

#include "repair/salvage.h"

namespace sdd::repair {

// Of members with one key that mean the same the last stays. Where they differ, nobody can tell
// which is meant: that is a conflict (`theirs` the hidden value, `ours` the one that readers see),
// and the salvage is refused. `bytes` is a document; one without such keys comes back as it is.
Salvaged without_repeated_keys(const DamagedSpec& damaged);

}  // namespace sdd::repair
