// Where the file system cannot exchange names:
//
// 1. Look at the target, as step 4 of replacing.cc does, but in its place. Merge what is not what
//    was expected, log, write another temporary file, look again.
// 2. See that the very file that was looked at still stands there, of the same size and time.
// 3. Rename ours over it. Who writes between 2 and 3 by renaming is overwritten: the window.
// 4. Read what was replaced once more, through a descriptor held since 1: what was written in place
//    in between is kept.
// 5. Sync the folder.
#include <fcntl.h>

#include <cerrno>
#include <utility>

#include "base/strings.h"
#include "store/replacing.h"

namespace sdd::store {

Replacing::Outcome Replacing::replace_plainly(Temporary ours) {
  for (int round = 0; round < kMostRounds; ++round) {
    const auto give_up = [&](Error error) {
      (void)files_.unlink(ours.path());
      return failure(std::move(error), Standing::kOld);
    };
    const Answer<File> old = File::open(files_, target_, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (!old) return give_up(swap_error(old.error()));
    Result<Verdict> verdict = judge(target_);
    if (!verdict) return give_up(verdict.error());
    if (verdict->kind == Verdict::kRefused) {
      return give_up(Error{ErrorKind::kRefused, std::move(verdict->text), {}});
    }
    if (verdict->kind == Verdict::kContained) {
      const Answer<FileStatus> held = old->status();
      const Answer<FileStatus> now = files_.status(target_, false);
      const FileStatus& seen = verdict->look.status;
      if (!held || !now || !held->same_file(seen) || !now->same_file(seen) ||
          now->stamp() != seen.stamp()) {
        continue;
      }
      return put_plainly(ours, *old, verdict->look);
    }
    if (request_.log) {
      if (Result<void> logged = request_.log(verdict->look.bytes, verdict->text); !logged) {
        return give_up(logged.error());
      }
    }
    expected_ = hold(std::move(verdict->look.bytes));
    wanted_ = hold(std::move(verdict->text));
    merged_ = true;
    (void)files_.unlink(ours.path());
    Result<Temporary> next = make_ready();
    if (!next) return failure(next.error(), Standing::kOld);
    ours = std::move(*next);
  }
  (void)files_.unlink(ours.path());
  return failure(
      Error{ErrorKind::kBusy, "'" + printable(target_.string()) + "' does not stand still", {}},
      Standing::kOld);
}

Replacing::Outcome Replacing::put_plainly(const Temporary& ours, const File& old,
                                          const Look& look) {
  put_ = wanted_;
  if (const Answer<void> renamed = files_.rename(ours.path(), target_, Rename::kReplace);
      !renamed) {
    const Answer<bool> done = stands(ours.status());
    if (!done) return failure(swap_error(renamed.error()), Standing::kUnknown);
    if (!*done) {
      (void)files_.unlink(ours.path());
      return failure(swap_error(renamed.error()), Standing::kOld);
    }
  }
  keep_what_came_late(old, held(look));
  if (!sync_folder(files_, target_.parent_path())) return failure(unsynced(), Standing::kNew);
  Replaced done = replaced(ours);
  done.window = true;
  return done;
}

void Replacing::keep_what_came_late(const File& old, std::string_view bytes) {
  const Answer<std::string> late = old.read_all();
  if (!late || *late == bytes) return;
  const Result<Temporary> copy = Temporary::make(files_, place_, key_, *late, Ownership{});
  if (copy) keep(copy->path(), *late, "another program wrote it while it was being replaced");
}

}  // namespace sdd::store
