// Error: what kept us from working.
//
// Three kinds of trouble never mix: what is wrong with the user's file is a rules::Finding, what
// kept us from looking at it is an Error, what is wrong with this program is an assertion.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace sdd {

enum class ErrorKind {
  kUsage,          // the command line, or a configuration, does not say what to do
  kNotFound,       // a spec, node, folder or rule of that name does not exist
  kAmbiguous,      // the name fits several things
  kPermission,     // the system says no
  kIo,             // the system says something else: ENOSPC, EIO, a folder where a file should be
  kBadSchema,      // the JSON schema is wrong, or uses what we do not support
  kNotRepository,  // there is nothing here that sdd could look at
  kDamaged,        // the file the command needs is damaged
  kLegacy,         // a command of the older toolkit, and nobody to hand it to
  kRefused,        // it would lose or invent something, or what it presumes does not hold
  kBusy,           // the lock could not be had in time, or the file did not stand still
};

// Who keeps a lock.
struct LockHolder {
  std::int64_t pid = 0;
  std::string host;
  std::string command;           // its name
  std::vector<std::string> ids;  // what it works on
  std::string since;             // RFC 3339
};

struct Error {
  ErrorKind kind = ErrorKind::kUsage;
  std::string message;                    // lower case, no full stop, the subject in single quotes
  std::vector<std::string> candidates;    // nearest names, best first; may be empty
  std::optional<LockHolder> holder = {};  // kBusy, where it is known
};

template <typename T>
using Result = tl::expected<T, Error>;

// Returns an Error as the failed side of any Result.
inline tl::unexpected<Error> fail(ErrorKind kind, std::string message,
                                  std::vector<std::string> candidates = {}) {
  return tl::unexpected<Error>(Error{kind, std::move(message), std::move(candidates)});
}

// The word for a kind in JSON output ("not-found", "bad-schema" …).
const char* to_string(ErrorKind kind);

// The process's exit code for a kind (contract: 2 damaged, 4 busy, 5 refused, else 3).
int exit_code(ErrorKind kind);

// "permission denied" and the like for an errno value, in lower case.
std::string errno_text(int error);

// An Error of the fitting kind for a failed system call: "cannot open 'a.json': permission denied".
// `action` is a verb such as "open" or "read".
Error system_error(const char* action, const std::string& path, int error);

}  // namespace sdd
