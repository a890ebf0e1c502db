// A unified diff of one file, from the edits that change it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/edit.h"

namespace sdd::report {

// As `diff -u` prints it: "--- a/PATH", "+++ b/PATH", hunks with three lines of context, "\ No
// newline at end of file" where that is so. Empty when nothing changes. `edits` must be such that
// apply_edits() takes them. Linear in the bytes.
std::string unified_diff(const std::string& path, std::string_view before,
                         const std::vector<Edit>& edits);

}  // namespace sdd::report
