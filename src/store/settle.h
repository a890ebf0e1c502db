// settle: what an earlier death left in `.sdd/tmp/` is brought to an end.
//
//   // under the file's lock, before anything else is done with the file:
//   Result<Settled> settled = settle(files, clock, home, target, knows, take_in);
//   … tell settled->kept …
//
// Under the lock every temporary file of this target is a leftover: whoever made it held the lock
// and is dead. (On a network file system it may be a writer on another machine who is not excluded;
// he finds his file gone and says so.) Of each:
//   draft                     never held anybody else's bytes: removed
//   ready, logged bytes       a `before` or `after` of the update log: nothing is lost, removed
//   ready, the target's bytes likewise; also where it is the very file, under a second name
//   ready, other bytes        a foreign version that an exchange took out and nobody looked at:
//                             handed to `take_in`, which merges it into the target; where it
//                             cannot, kept in `.sdd/displaced/`
//   being written             kept, whatever the bytes are
// Nothing is deleted unread but drafts. What cannot be read or moved stays, and is told.
//
// Looked for in `.sdd/tmp/`, and beside the target where that lies on another device.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "store/clock.h"
#include "store/exchange.h"
#include "store/file_system.h"
#include "store/home.h"

namespace sdd::store {

struct Settled {
  std::size_t removed = 0;  // files whose content is not lost with them
  std::size_t merged = 0;   // files that take_in merged
  std::vector<Kept> kept;
};

// Whether the bytes with this git blob id stand in the update log.
using KnowsBlob = std::function<bool(const std::string& blob)>;

// Merges a foreign version into the target. True: what it holds has reached the disk there. False:
// it cannot be merged. An Error ends settle(), and the file stays.
using TakeIn = std::function<Result<bool>(std::string_view bytes)>;

// `target` need not exist. Errors: a folder that cannot be listed, those of take_in.
Result<Settled> settle(FileSystem& files, Clock& clock, const Home& home,
                       const std::filesystem::path& target, const KnowsBlob& knows,
                       const TakeIn& take_in);

}  // namespace sdd::store
