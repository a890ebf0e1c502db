// FakeClock: sleeping takes no time; somebody else may act meanwhile.
#pragma once

#include <functional>

#include "store/clock.h"

namespace sdd::store {

class FakeClock : public Clock {
 public:
  Instant now() override { return now_; }
  void sleep(Duration time) override {
    now_ += time;
    ++sleeps;
    longest = std::max(longest, time);
    if (during_sleep) during_sleep();
  }

  std::function<void()> during_sleep;
  int sleeps = 0;
  Duration longest{0};

 private:
  Instant now_{};
};

}  // namespace sdd::store
