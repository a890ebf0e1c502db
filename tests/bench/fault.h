// Fault: one thing that is wrong with a generated spec, as it goes wrong in real repositories.
#pragma once

#include <string>

#include "random.h"
#include "value.h"

namespace sdd::bench {

// Puts one random fault into the document or, for damage, into its bytes, and returns the code of
// the rule that speaks about it ("SDD302"). `bytes` is the document as written in `style` and is
// written anew where the document changes.
std::string add_fault(Random& random, Value& document, const Style& style, std::string& bytes);

}  // namespace sdd::bench
