// What keeps a spec, a phase or a task from being complete.
#pragma once

#include <vector>

#include "spec/spec.h"

namespace sdd::spec {

// The nodes of `top` and below that are not completed, in the order of the outline. Of a node and
// what is below it only the lowest stand here: a phase does only where nothing below it explains
// why it is open. With the root as `top` also what hangs on nothing.
std::vector<const Node*> open_work(const Spec& spec, const Node& top);

}  // namespace sdd::spec
