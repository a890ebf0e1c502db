// Who we are, as locks, logs and temporary files tell it.
#pragma once

#include <cstdint>
#include <string>

namespace sdd::store {

struct Process {
  std::int64_t pid = 0;
  std::string host;  // as gethostname(2) says; "unknown" where it says nothing
};

// Asked anew each time, for a fork changes it.
Process this_process();

// 32 bits by chance.
std::uint32_t random_bits();

}  // namespace sdd::store
