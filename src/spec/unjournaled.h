// Completed tasks that still wait for their journal entry.
#pragma once

#include <vector>

#include "spec/spec.h"

namespace sdd::spec {

// Nodes of type task, subtask, verify and research that are completed and say `needs_journaling:
// true`, and that no entry names at or after completed_at (two seconds of tolerance; where there is
// no such time, no entry at all). In file order. Linear time.
std::vector<const Node*> unjournaled(const Spec& spec);

}  // namespace sdd::spec
