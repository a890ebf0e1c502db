// Writing whole bytes in the place of a locked file, logged as an update is.
#pragma once

#include <string>

#include "base/error.h"
#include "workspace/locked_spec.h"

namespace sdd::workspace {

struct WholeWrite {
  std::string command;  // for the log
  const std::string& before;
  const std::string& after;
  std::string changes = "[]";  // JSON on one line
};

// Logs the intent, exchanges the file, acknowledges. Errors: kRefused when another program wrote
// the file meanwhile, whatever it wrote: what is put there was made for what stood there; the
// system's. Nothing was changed unless the message says "applied".
Result<void> write_whole(Disk& disk, LockedSpec& locked, const WholeWrite& write);

}  // namespace sdd::workspace
