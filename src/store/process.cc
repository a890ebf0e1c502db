#include "store/process.h"

#include <unistd.h>

#include <array>
#include <ctime>

namespace sdd::store {

Process this_process() {
  std::array<char, 256> name{};
  // The last byte stays NUL: a name that does not fit need not be terminated.
  const bool known = ::gethostname(name.data(), name.size() - 1) == 0 && name[0] != '\0';
  return Process{::getpid(), known ? name.data() : "unknown"};
}

std::uint32_t random_bits() {
  std::uint32_t bits = 0;
  if (::getentropy(&bits, sizeof bits) == 0) return bits;
  // A kernel that refuses (a sandbox may): what differs between two processes, and two moments.
  timespec time = {};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  constexpr std::uint32_t kSpread = 2654435761U;  // Knuth's multiplicative hash
  return (static_cast<std::uint32_t>(time.tv_nsec) ^ static_cast<std::uint32_t>(::getpid())) *
         kSpread;
}

}  // namespace sdd::store
