// FaultyFileSystem: the n-th operation goes wrong in a chosen way; somebody else may act before
// any.
//
//   FaultyFileSystem files(real, {FaultyFileSystem::kFail, EIO}, n);
//   files.before = [&](int step, Op) { if (step == m) write_foreign(); };
//   … the code under test …
//   files.struck()      // whether there was an n-th operation: the loop ends where there was none
//
// Where n is 0 nothing fails. Syncing is left out: what power loss does is tried elsewhere
// (power_loss_test.cc), and thousands of runs are to take seconds.
#pragma once

#include <signal.h>

#include <cerrno>
#include <functional>

#include "store/wrapping_file_system.h"

namespace sdd::store {

class FaultyFileSystem : public WrappingFileSystem {
 public:
  enum Kind {
    kNone,
    kFail,       // the operation is not done, and fails
    kFailAfter,  // it is done, and claims to have failed
    kInterrupt,  // EINTR, where the operation may say so
    kShort,      // reads and writes stop after one byte
    kDie,        // nothing is done from here on: the process is dead
    kDieReally,  // SIGKILL
  };
  struct Fault {
    Kind kind = kNone;
    int code = EIO;
  };

  FaultyFileSystem(FileSystem& inner, Fault fault, int at)
      : WrappingFileSystem(inner), fault_(fault), at_(at) {}
  explicit FaultyFileSystem(FileSystem& inner) : FaultyFileSystem(inner, {}, 0) {}

  // Called before each operation with its number, from 1.
  std::function<void(int step, Op op)> before;

  int steps() const { return step_; }
  bool struck() const { return at_ > 0 && step_ >= at_; }
  bool dead() const { return fault_.kind == kDie && struck(); }
  // The number of the last exchange of names that was done; 0 when there was none.
  int last_exchange() const { return last_exchange_; }
  // Exchanges fail with this errno when it is not 0.
  int exchange_error = 0;

 protected:
  std::optional<int> enter(Op op) override {
    if (dead()) return op == Op::kClose ? std::nullopt : std::optional<int>(EIO);
    ++step_;
    if (before) before(step_, op);
    if (step_ != at_) return std::nullopt;
    if (fault_.kind == kDieReally) ::raise(SIGKILL);
    if (fault_.kind == kDie && op != Op::kClose) return EIO;
    if (fault_.kind == kInterrupt && may_be_interrupted(op)) return EINTR;
    // A descriptor that stays open would keep the lock.
    if (fault_.kind == kFail && op != Op::kClose) return fault_.code;
    return std::nullopt;
  }

  std::optional<int> leave(Op) override {
    const bool late = step_ == at_ && fault_.kind == kFailAfter;
    return late ? std::optional<int>(fault_.code) : std::nullopt;
  }

  std::size_t allowed(Op, std::size_t size) override {
    return step_ == at_ && fault_.kind == kShort && size > 1 ? 1 : size;
  }

  Answer<void> sync_inside(int) override { return {}; }

  Answer<void> rename_inside(const Path& from, const Path& to, Rename how) override {
    if (how != Rename::kExchange) return inner_.rename(from, to, how);
    if (exchange_error != 0) return failed(exchange_error);
    const Answer<void> renamed = inner_.rename(from, to, how);
    if (renamed) last_exchange_ = step_;
    return renamed;
  }

 private:
  static bool may_be_interrupted(Op op) {
    return op == Op::kOpen || op == Op::kRead || op == Op::kWrite || op == Op::kLock;
  }

  Fault fault_;
  int at_;
  int step_ = 0;
  int last_exchange_ = 0;
};

}  // namespace sdd::store
