// What somebody else wrote: looked at before it is judged, kept where it cannot be merged.
//
// An exchange leaves under our temporary name what stood at the target at that instant. Its writer
// may not be done with it: a program that writes in place goes on writing into the same file,
// wherever its name leads now. So a look tells the bytes *and* whether anybody still has the file
// open for writing. Once nobody has, nobody can: the name lies in our own folder, and the bytes are
// final. Where the system cannot tell (the file is another user's, or the file system knows no
// leases) the answer is kUnknown, and the bytes are taken as they are.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"
#include "store/clock.h"
#include "store/file_system.h"
#include "store/home.h"

namespace sdd::store {

enum class Writer { kNone, kSome, kUnknown };

struct Look {
  std::string bytes;         // not where they are what was expected
  bool as_expected = false;  // then they are not read into memory
  Writer writer = Writer::kUnknown;
  FileStatus status;
};

// How long a write in flight is waited for.
inline constexpr std::chrono::milliseconds kPatience{200};

// Pauses between looks while patience lasts: 1 ms at first, growing to 20 ms.
class Pauses {
 public:
  explicit Pauses(Clock& clock) : clock_(clock), end_(clock.now() + kPatience) {}
  // Waits a little; false, at once, when patience is over.
  bool next();

 private:
  Clock& clock_;
  Clock::Instant end_;
  Clock::Duration pause_ = std::chrono::milliseconds(1);
};

// `expected`: bytes that the file may well hold; "" = nothing is expected.
Answer<Look> look_at(FileSystem& files, const std::filesystem::path& name,
                     std::string_view expected = {});

// The same, waiting while somebody has the file open for writing, as long as patience lasts.
Answer<Look> look_when_still(FileSystem& files, Clock& clock, const std::filesystem::path& file);

// Moves a file to `.sdd/displaced/<key>.<utc>.<first 8 digits of its SHA-256>`, from where nothing
// of ours deletes it, and returns its new name. The move keeps the file itself, so that whoever
// still writes into it writes into what is kept. Errors: the system's; the file stays where it was.
Result<std::filesystem::path> keep_displaced(FileSystem& files, const Home& home,
                                             std::string_view key,
                                             const std::filesystem::path& file,
                                             std::string_view bytes);

// Keeps a copy of bytes there that stand in a file which is about to be replaced. Errors: the
// system's; then nothing is left.
Result<std::filesystem::path> keep_copy(FileSystem& files, const Home& home, std::string_view key,
                                        std::string_view bytes);

}  // namespace sdd::store
