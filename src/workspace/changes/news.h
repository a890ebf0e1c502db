// What is new among findings: those that the state before had not.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "report/located.h"

namespace sdd::workspace {

// How a file is known in every state: a spec's id, else its path below the root.
using FileName = std::function<std::string(const report::FileReport&)>;

// Takes findings out of `reports` that `before` has too (report/fingerprint.h). Returns how
// many, notes apart.
std::size_t drop_known(std::vector<report::FileReport>& reports,
                       const std::vector<report::FileReport>& before, const FileName& name);

}  // namespace sdd::workspace
