#include "store/clock.h"

#include <thread>

namespace sdd::store {

Clock::Instant RealClock::now() { return std::chrono::steady_clock::now(); }

void RealClock::sleep(Duration time) { std::this_thread::sleep_for(time); }

}  // namespace sdd::store
