// What SDD405 and SDD410 agree on, so that one wrong time is told once.
#pragma once

#include "base/time.h"

namespace sdd::rules {

// Whether a time of the file is later than its last_updated by more than clocks of two machines
// differ.
inline bool is_after_stamp(Timestamp at, Timestamp last_updated) {
  constexpr std::int64_t kClocksDiffer = 60'000'000;  // microseconds
  return at.microseconds - last_updated.microseconds > kClocksDiffer;
}

}  // namespace sdd::rules
