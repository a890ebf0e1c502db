#include "base/error.h"

#include <fmt/core.h>

#include <cctype>
#include <cerrno>
#include <cstring>

#include "base/strings.h"

namespace sdd {

const char* to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kUsage:
      return "usage";
    case ErrorKind::kNotFound:
      return "not-found";
    case ErrorKind::kAmbiguous:
      return "ambiguous";
    case ErrorKind::kPermission:
      return "permission";
    case ErrorKind::kIo:
      return "io";
    case ErrorKind::kBadSchema:
      return "bad-schema";
    case ErrorKind::kNotRepository:
      return "not-a-repository";
    case ErrorKind::kDamaged:
      return "damaged";
    case ErrorKind::kLegacy:
      return "legacy";
    case ErrorKind::kRefused:
      return "refused";
    case ErrorKind::kBusy:
      return "busy";
  }
  return "unknown";
}

int exit_code(ErrorKind kind) {
  if (kind == ErrorKind::kDamaged) return 2;
  if (kind == ErrorKind::kBusy) return 4;
  return kind == ErrorKind::kRefused ? 5 : 3;
}

std::string errno_text(int error) {
  char buffer[128];
  std::string text = strerror_r(error, buffer, sizeof buffer);
  // "Permission denied" begins a sentence; in our messages it ends one.
  if (text.size() > 1 && std::islower(static_cast<unsigned char>(text[1])) != 0) {
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  }
  return text;
}

Error system_error(const char* action, const std::string& path, int error) {
  ErrorKind kind = ErrorKind::kIo;
  if (error == ENOENT || error == ENOTDIR) kind = ErrorKind::kNotFound;
  if (error == EACCES || error == EPERM || error == EROFS) kind = ErrorKind::kPermission;
  return Error{
      kind, fmt::format("cannot {} '{}': {}", action, printable(path), errno_text(error)), {}};
}

}  // namespace sdd
