// Reading one file whole.
#pragma once

#include <cstddef>
#include <string>

#include "base/error.h"

namespace sdd::workspace {

// Reads a regular file, at most `max_bytes` + 1 of it (who gets more than max_bytes knows that the
// file is over the limit). `bytes` is replaced and keeps room behind its end for the JSON parser.
// Symbolic links are followed. Errors: the system's (kNotFound, kPermission, kIo); a folder, FIFO,
// socket or device is kIo and is never waited for.
Result<void> read_file(const std::string& file, std::size_t max_bytes, std::string& bytes);

}  // namespace sdd::workspace
