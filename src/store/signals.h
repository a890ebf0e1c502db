// SignalsHeld: while it lives SIGINT, SIGTERM and SIGHUP wait; a signal that came meanwhile arrives
// when it goes. For the steps of a write that should end together; what waits longer than a moment
// has no place in between. A SIGKILL there leaves what the next run settles.
#pragma once

#include <csignal>

namespace sdd::store {

class SignalsHeld {
 public:
  SignalsHeld();
  ~SignalsHeld();
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;

 private:
  sigset_t before_;
};

}  // namespace sdd::store
