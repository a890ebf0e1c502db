// What a replacement that failed means to who asked for it.
#pragma once

#include "base/error.h"
#include "store/exchange.h"

namespace sdd::workspace {

// The failure's error. Where something may have been done all the same its message begins with
// "applied" or "perhaps applied", and its kind is kIo: the other kinds say that nothing was.
Error explained(const store::ReplaceFailure& failure);

}  // namespace sdd::workspace
