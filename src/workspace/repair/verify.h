// Verifying a receipt (receipt.h): everything in it is held against the bytes again, as if nobody
// had looked before.
//
//   Result<Verified> verified = verify_receipt("specs/.sdd/salvage/….proof.json", current);
//   if (verified->problems.empty()) …
//
// 1. The damaged bytes, the result and every source that was used are there, with their SHA-256:
//    files by path, blobs by id in git.
// 2. Each recovered piece: its bytes stand in its source, and the result says the same there.
// 3. The result says nothing else: what it says beside the document that it was built on is a
//    recovered piece, is derived, or was written with consent and is listed as such.
//
// Sources that nothing was taken from may have changed or gone since: that is only told.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "workspace/repair/receipt.h"

namespace sdd::workspace {

struct Verified {
  Receipt receipt;
  std::vector<std::string> problems;  // what does not hold; safe for a terminal
  std::vector<std::string> remarks;
  std::size_t sources = 0;  // whose bytes were read and are the same
  std::size_t pieces = 0;   // that were found and hold
};

// `proof`: absolute. Errors: kUsage for what is no receipt; the system's for one that cannot be
// read.
Result<Verified> verify_receipt(const std::filesystem::path& proof);

}  // namespace sdd::workspace
