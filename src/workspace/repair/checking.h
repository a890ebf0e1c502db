// Checking: whether a repaired spec is as good as what it was made from.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "report/located.h"
#include "workspace/layout.h"

namespace sdd::workspace {

struct CheckedResult {
  const SpecPath& place;
  const std::string& shown;
  const std::string& before;  // may be no JSON, or ""
  const std::string& after;
};

// The errors of 0xx, 1xx, 2xx, 3xx and SDD505 that `after` has and `before` has not, in the order
// of their places. States of a spec (SDD307) are none. Errors: a schema that cannot be used.
Result<std::vector<report::Located>> new_faults(const CheckedResult& checked, const Layout* layout,
                                                const std::filesystem::path& current);

}  // namespace sdd::workspace
