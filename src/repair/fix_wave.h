// Wave: the fixes that one round makes together. For fix.cc.
#pragma once

#include <cstddef>
#include <vector>

#include "rules/finding.h"
#include "spec/change.h"
#include "text/edit.h"

namespace sdd::repair {

struct WaveItem {
  const rules::Finding* finding = nullptr;
  // Of its fix; without what another item of the wave says, too. One of the two is empty.
  spec::Changes changes;
  std::vector<Edit> edits;
};

// Either all items have changes, or all have edits: those go first.
struct Wave {
  std::vector<WaveItem> items;
  bool by_edits = false;
};

// At most `most` of the candidates, in their order. Left to a later round are those that touch what
// an earlier one touches in another way. A candidate whose whole fix is in the wave already is no
// item of its own.
Wave wave_of(const std::vector<const rules::Finding*>& candidates, std::size_t most);

}  // namespace sdd::repair
