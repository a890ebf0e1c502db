// node_around: which hierarchy node a value of the document belongs to, for rules that walk over
// all values and not over nodes.
#pragma once

#include <string_view>

#include "spec/spec.h"

namespace sdd::rules {

// The id of the node whose key or value holds `value`; "" outside the hierarchy. Costs a binary
// search.
std::string_view node_around(const spec::Spec& spec, json::Value value);

}  // namespace sdd::rules
