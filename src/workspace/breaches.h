// Breaches: the moments at which somebody who knows no lock changed a file, as its update log tells
// them. Only there can an update have been lost.
//
// The log names the bytes before and after each update (git blob ids). Where an update began with
// other bytes than those that the one before it left, somebody else had written them. An update
// that was merged with what another program wrote in that very moment is a breach, too: that
// program may have written back an old version.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "store/log_lines.h"

namespace sdd::workspace {

struct Breach {
  // It happened before log.updates[at] was done (at = their number: since then), so that any update
  // in front of that one may have gone.
  std::size_t at = 0;
  std::string blob;  // what the file held then; "" where that is not known
  // These bytes stand in the log: somebody put an old version back, and meant to.
  bool put_back = false;
};

// In the log's order. `now`: the git blob id of the file.
std::vector<Breach> breaches_of(const store::LogContent& log, const std::string& now);

}  // namespace sdd::workspace
