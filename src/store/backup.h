// Backups: the bytes of a file as they were before `sdd fix` changed it.
//
//   <home>/.sdd/backups/<file name>.<utc>            x.json.20260211T175129.533418Z
//
// The last ten of each file name stay. A second one of the same instant has "-2" behind it. The
// bytes are kept exactly, so that they can be found by their git blob id, as the update log names
// them.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/error.h"
#include "base/time.h"
#include "store/file_system.h"
#include "store/home.h"

namespace sdd::store {

// So many backups of one file are kept.
inline constexpr std::size_t kMostBackups = 10;

// Writes a backup, sees to it that it reaches the disk, and removes the oldest beyond ten. Returns
// its name. To be called under the file's lock. Errors: the system's; then no backup is left.
Result<std::filesystem::path> keep_backup(FileSystem& files, const Home& home,
                                          const std::filesystem::path& file, std::string_view bytes,
                                          Timestamp at);

}  // namespace sdd::store
