// Salvage of a file with conflict markers: its two sides, merged (repair/merge.h). For salvage.cc
// only.
#pragma once

#include <optional>
#include <vector>

#include "json/scan.h"
#include "repair/salvage.h"

namespace sdd::repair {

// Nothing when a side is no document of its own: then the file is damaged like any other.
//
// The base is the index's stage 1 (a source of kind kIndex whose name says "stage 1"), else what
// the markers of style diff3 say. Where neither is there nobody can tell who changed what, so that
// every difference that is no addition and not derived is a conflict. Conflicts refuse the salvage.
std::optional<Salvaged> salvage_conflict(const DamagedSpec& damaged,
                                         const std::vector<Source>& sources,
                                         const json::Damage& damage);

}  // namespace sdd::repair
