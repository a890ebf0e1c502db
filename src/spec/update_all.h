// Several updates as one: all or none.
//
//   Result<Update> update = update_all(spec, operations, occasion);
//
// Each operation sees what those before it did, and each has a time of its own, one behind the
// other. What comes out is what the first and the last document differ in: an operation that undoes
// an earlier one leaves no trace but its journal entries.
#pragma once

#include <vector>

#include "base/error.h"
#include "spec/update.h"

namespace sdd::spec {

// Errors: those of update(), with the number of the operation, from 1 on; nothing is changed then.
Result<Update> update_all(const Spec& spec, const std::vector<Operation>& operations,
                          const Occasion& occasion);

}  // namespace sdd::spec
