// Replacing one file whole, in one step.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "base/error.h"

namespace sdd::workspace {

// Writes `bytes` to a temporary file beside `file`, makes sure that they are on the disk, and lets
// it take the file's name. Who reads the file sees the old bytes or the new ones; a failure leaves
// the old ones and no temporary file. The mode of an existing file is kept; a symbolic link is
// followed. No lock is taken: of two writers at once the later one stays. Errors: the system's, and
// kIo for a folder, FIFO or device of that name.
// With Durable::kNo the disk is not waited for: after a power loss the file may be empty.
enum class Durable : std::uint8_t { kYes, kNo };
Result<void> replace_file(const std::filesystem::path& file, std::string_view bytes,
                          Durable durable = Durable::kYes);

}  // namespace sdd::workspace
