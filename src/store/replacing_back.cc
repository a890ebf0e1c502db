// When the target holds ours (or a merge) and that must not stay:
//
// 1. Exchange the target with the name that holds what others wrote last: what came out of it, or,
//    where that was an earlier file of ours, what came out before.
// 2. What comes out now must be our file, with our bytes.
// 3. Else somebody wrote in between: that is newer than what was just put back. It becomes what is
//    to be put back: go to 1, expecting the older version to come out.
// 4. Sync both folders. Not before that does any name go, or a power loss could undo 1 and not
// that.
// 5. Remove our file. Keep the older version of 3, and those that were merged on the way, for the
//    merge is gone.
//
// Where 1 fails the target goes on holding ours (whole, valid bytes), their version stays under its
// temporary name for settle(), and both is told.
#include <cerrno>
#include <utility>

#include "store/replacing.h"

namespace sdd::store {
namespace {

constexpr const char* kOverwritten =
    "another program wrote it, and another version took its place meanwhile";

}  // namespace

Replacing::Outcome Replacing::go_back(Error error) {
  if (!exchanged_) return failure(std::move(error), Standing::kOld);
  const Path name = newest_foreign();
  const Back back = put_back(name);
  if (back == Back::kNotDone) {
    kept_.push_back({name, "another program wrote it, and it could not be put back"});
    const Answer<bool> ours = stands(exchanged_->status());
    return failure(std::move(error), ours && *ours ? Standing::kNew : Standing::kUnknown);
  }
  if (!sync_folders()) {
    for (const Taken& each : taken_) kept_.push_back({each.name, kOverwritten});
    return failure(std::move(error), Standing::kUnknown);
  }
  const Answer<Look> out = look_at(files_, name);
  if (!out) {
    kept_.push_back({name, "it could not be read"});
  } else if (back == Back::kOursCameOut && out->bytes == put_) {
    dispose(name, out->bytes, out->writer == Writer::kSome);
  } else {
    keep(name, out->bytes, kOverwritten);
  }
  for (const Taken& each : taken_) keep(each.name, each.bytes, kOverwritten);
  return failure(std::move(error), Standing::kOld);
}

Replacing::Path Replacing::newest_foreign() {
  Path name = exchanged_->path();
  if (previous_) {
    // A later round's exchange took out a file of ours, unless others were in between again.
    const Answer<FileStatus> status = files_.status(name, false);
    const Answer<Look> look = look_at(files_, name);
    const bool ours = status && status->same_file(*previous_);
    if (ours && (!look || look->bytes == expected_)) {
      if (look) {
        dispose(name, look->bytes, look->writer == Writer::kSome);
      } else {
        kept_.push_back({name, "it could not be read"});
      }
      name = taken_.back().name;
    }
  }
  if (!taken_.empty() && taken_.back().name == name) taken_.pop_back();
  return name;
}

Replacing::Back Replacing::put_back(const Path& name) {
  FileStatus expected = exchanged_->status();
  std::string bytes(put_);
  for (int round = 0; round < kMostRounds; ++round) {
    // What is about to stand at the target: should it come out again, it must be known.
    const Answer<Look> returning = look_at(files_, name);
    if (const Answer<void> renamed = files_.rename(name, target_, Rename::kExchange); !renamed) {
      const Answer<FileStatus> there = files_.status(name, false);
      if (!there || !there->same_file(expected)) {
        const bool gone = renamed.error().code == ENOENT;  // there is nothing to put it back to
        return round == 0 && !gone ? Back::kNotDone : Back::kTheirsCameOut;
      }
    }
    const Answer<Look> out = look_when_still(files_, clock_, name);
    if (!out) return Back::kTheirsCameOut;
    if (out->status.same_file(expected) && out->bytes == bytes) {
      return round == 0 ? Back::kOursCameOut : Back::kTheirsCameOut;
    }
    if (!returning) return Back::kTheirsCameOut;
    expected = returning->status;
    bytes = returning->bytes;
  }
  return Back::kTheirsCameOut;
}

Replacing::Outcome Replacing::failure(Error error, Standing standing) {
  ReplaceFailure failure;
  failure.error = std::move(error);
  failure.standing = standing;
  if (standing == Standing::kNew) failure.bytes = put_;
  failure.kept = std::move(kept_);
  return tl::unexpected(std::move(failure));
}

}  // namespace sdd::store
