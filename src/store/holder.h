// Holder: who has a lock, as it is written into the lock file to be shown to those who wait.
//
// Nothing depends on it: the lock is the kernel's, the text is a courtesy. It may be missing, stale
// for a moment, or torn; then nobody is named.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace sdd::store {

struct Holder {
  std::int64_t pid = 0;
  std::string host;
  std::string command;           // its name: "complete-task"
  std::vector<std::string> ids;  // what it works on: the spec, the task
  Timestamp since;
};

// The first line of a lock file, with its line end; and back. What stands behind it is what earlier
// holders left.
std::string holder_line(const Holder& holder);
std::optional<Holder> parse_holder(std::string_view text);

// "'sdd complete-task x task-1-1' (pid 4711 on host, for 3.2 s)". Safe for a terminal. A time that
// lies ahead counts as now.
std::string describe(const Holder& holder, Timestamp now);

}  // namespace sdd::store
