#include "workspace/replace_failure.h"

#include "store/hash.h"

namespace sdd::workspace {

Error explained(const store::ReplaceFailure& failure) {
  Error error = failure.error;
  if (failure.standing == store::Standing::kOld) return error;
  error.kind = ErrorKind::kIo;
  if (failure.standing == store::Standing::kUnknown) {
    error.message = "perhaps applied: " + error.message;
  } else if (failure.bytes.empty()) {
    error.message = "applied, durability unknown: " + error.message;
  } else {
    error.message = "applied, durability unknown (revision " + store::git_blob_id(failure.bytes) +
                    "): " + error.message;
  }
  return error;
}

}  // namespace sdd::workspace
