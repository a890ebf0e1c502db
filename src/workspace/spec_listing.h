// Which spec files a specs folder holds, and what lies beside them.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "workspace/layout.h"

namespace sdd::workspace {

// Every spec file: `*.json` directly inside a status folder, hidden ones not; sorted by path. A
// status folder that is not there has none. `leftovers`, unless nullptr, gets the temporary files
// that writers left beside them (absolute paths). Errors: a folder that cannot be listed.
Result<std::vector<SpecPath>> list_specs(const std::string& specs_dir,
                                         std::vector<std::string>* leftovers);

}  // namespace sdd::workspace
