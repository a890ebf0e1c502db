#include "store/signals.h"

#include <pthread.h>

#include <initializer_list>

namespace sdd::store {

SignalsHeld::SignalsHeld() : before_() {
  sigset_t held;
  sigemptyset(&held);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&held, signal);
  pthread_sigmask(SIG_BLOCK, &held, &before_);
}

SignalsHeld::~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

}  // namespace sdd::store
