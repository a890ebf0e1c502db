// Clock: time as the write path needs it: how long something has lasted, and waiting.
//
// Waiting for a lock or for a foreign writer goes through a Clock, so that tests of deadlines take
// no time. What time of day it is says sdd::now() (base/time.h), which heeds $SDD_NOW; durations
// never do.
#pragma once

#include <chrono>

namespace sdd::store {

class Clock {
 public:
  using Duration = std::chrono::nanoseconds;
  using Instant = std::chrono::time_point<std::chrono::steady_clock, Duration>;

  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;

  virtual Instant now() = 0;
  // Returns after about `time`; at once when it is not positive.
  virtual void sleep(Duration time) = 0;
};

class RealClock : public Clock {
 public:
  Instant now() override;
  void sleep(Duration time) override;
};

}  // namespace sdd::store
