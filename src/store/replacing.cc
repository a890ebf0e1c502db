// 1. Make a temporary file that holds what is wanted, synced ("ready").
// 2. See that the target's name still leads where it led, and, before the first exchange, that the
//    target still holds what was expected. It does not: merge, log the merge, go to 1; in conflict:
//    end, nothing was done. Step 4 would see it, too, but until then nobody could see what others
//    wrote, and who reads the file and writes it back in that time would lose it.
// 3. Exchange the two ("exchanged"): the temporary name holds what stood at the target.
// 4. Look at that. While somebody has it open for writing, or it is no whole document and may
//    become one, look again, for 200 ms.
//    - It is what was expected, or has nothing that is not in ours: go to 6.
//    - It can be merged: log the merge; what is wanted is the merge, what is expected is ours: go
//      to 1. The file stays under its temporary name until the merge has reached the disk.
//    - It is in conflict, or remains no document: go back (replacing_back.cc).
// 5. After eight rounds: go back.
// 6. Sync the target's folder ("durable"); that of the temporary files need not be: its names lead
//    to nothing that is not in the target. Failures up to here leave the temporary files to
//    settle().
// 7. Remove the temporary files; one that somebody still writes into is kept.
//
// Invariants. The target always holds whole bytes of somebody: before 3 what stood there, after it
// ours. What is under a temporary name is only removed when its bytes were read while nobody had
// the file open for writing, and are contained in what the target holds.
#include "store/replacing.h"

#include <cerrno>
#include <utility>

#include "base/strings.h"
#include "store/file.h"

namespace sdd::store {
Replacing::Replacing(FileSystem& files, Clock& clock, const Home& home, const Replacement& request)
    : files_(files),
      clock_(clock),
      home_(home),
      request_(request),
      target_(request.target.path),
      key_(key_of(target_)),
      place_{home.temporary(), false},
      wanted_(request.after),
      expected_(request.before) {}

Replacing::Outcome Replacing::run() {
  for (int round = 0; round < kMostRounds; ++round) {
    Result<Temporary> ours = make_ready();
    if (!ours) return go_back(ours.error());

    const Result<bool> expected = stands_as_expected();
    if (!expected || !*expected) {
      (void)files_.unlink(ours->path());
      if (!expected) return go_back(expected.error());
      continue;
    }
    Errno error;
    const Swap swapped = swap(*ours, error);
    if (swapped == Swap::kUnknown) return failure(swap_error(error), Standing::kUnknown);
    if (swapped == Swap::kNotDone) {
      const bool plainly = error.code == EINVAL || error.code == ENOSYS || error.code == ENOTSUP;
      if (plainly && !exchanged_) return replace_plainly(std::move(*ours));
      (void)files_.unlink(ours->path());
      if (error.code == EXDEV && !place_.beside) {
        place_ = {target_.parent_path(), true};
        continue;
      }
      return go_back(swap_error(error));
    }
    if (exchanged_) previous_ = exchanged_->status();
    exchanged_ = std::move(*ours);
    put_ = wanted_;

    Result<Verdict> verdict = judge(exchanged_->path());
    if (!verdict) return go_back(verdict.error());
    if (verdict->kind == Verdict::kContained) return finish(verdict->look);
    if (verdict->kind == Verdict::kRefused) {
      return go_back(Error{ErrorKind::kRefused, std::move(verdict->text), {}});
    }
    if (const Result<void> taken = take_over(std::move(*verdict)); !taken) {
      return go_back(taken.error());
    }
  }
  return go_back(Error{ErrorKind::kBusy,
                       quoted_path(target_.native()) + " does not stand still: others wrote it " +
                           std::to_string(kMostRounds) + " times while it was being changed",
                       {}});
}

Result<Temporary> Replacing::make_ready() {
  const Result<FileStatus> status = check_target(files_, request_.target);
  if (!status) return tl::unexpected(status.error());
  Result<Temporary> ours = Temporary::make(files_, place_, key_, wanted_, Ownership::of(*status));
  if (!ours) return ours;
  // Once more: syncing takes long, and the file may have been moved to another folder meanwhile.
  if (const Result<FileStatus> still = check_target(files_, request_.target); !still) {
    (void)files_.unlink(ours->path());
    return tl::unexpected(still.error());
  }
  return ours;
}

Result<bool> Replacing::stands_as_expected() {
  if (exchanged_) return true;
  const Answer<bool> there = file_holds(files_, target_, false, expected_);
  if (!there || *there) return true;  // what cannot be read step 4 tells
  Result<Verdict> verdict = judge(target_);
  if (!verdict || verdict->kind == Verdict::kContained) return true;
  if (verdict->kind == Verdict::kRefused) {
    return fail(ErrorKind::kRefused, std::move(verdict->text));
  }
  if (request_.log) {
    if (Result<void> logged = request_.log(wanted_, verdict->text); !logged) {
      return tl::unexpected(logged.error());
    }
  }
  expected_ = hold(std::move(verdict->look.bytes));
  wanted_ = hold(std::move(verdict->text));
  merged_ = true;
  return false;
}

Replacing::Swap Replacing::swap(const Temporary& ours, Errno& error) {
  const Answer<void> renamed = files_.rename(ours.path(), target_, Rename::kExchange);
  if (renamed) return Swap::kDone;
  error = renamed.error();
  // On a network an error may come although the deed was done.
  const Answer<bool> done = stands(ours.status());
  if (!done) return Swap::kUnknown;
  return *done ? Swap::kDone : Swap::kNotDone;
}

Error Replacing::swap_error(Errno error) const {
  if (error.code == ENOENT) {
    return Error{
        ErrorKind::kBusy, quoted_path(target_.native()) + " was moved or deleted meanwhile", {}};
  }
  if (error.code == EBUSY) {
    return Error{ErrorKind::kIo,
                 "cannot replace " + quoted_path(target_.native()) +
                     ": it is mounted as a single file; mount the folder it lies in instead",
                 {}};
  }
  return system_error("replace", target_.string(), error.code);
}

Result<Replacing::Verdict> Replacing::judge(const Path& name) {
  Pauses pauses(clock_);
  Verdict verdict;
  MergeAnswer answer;
  for (bool first = true;; first = false) {
    Answer<Look> look = look_at(files_, name, expected_);
    if (!look) return io_failure("read", name, look.error());
    const bool contained = held(*look) == expected_ || held(*look) == wanted_;
    const bool is_other = first || held(*look) != held(verdict.look);
    if (!contained && is_other) answer = merge(look->bytes);
    verdict.look = std::move(*look);
    const bool usable = contained || answer.kind != MergeAnswer::kUnreadable;
    const bool final =
        usable ? verdict.look.writer != Writer::kSome : verdict.look.writer == Writer::kNone;
    if (!final && pauses.next()) continue;

    if (contained || (answer.kind == MergeAnswer::kMerged && answer.bytes == wanted_)) {
      verdict.kind = Verdict::kContained;
    } else if (answer.kind == MergeAnswer::kMerged) {
      verdict.kind = Verdict::kMerged;
      verdict.text = std::move(answer.bytes);
    } else {
      verdict.text = quoted_path(target_.native()) +
                     " was changed by another program at the same time: " + answer.why;
    }
    return verdict;
  }
}

MergeAnswer Replacing::merge(std::string_view theirs) const {
  // Always from the first base: what others wrote may come from before our first exchange or from
  // after it, and what both sides have alike is no change of either.
  if (request_.merge) return request_.merge(request_.before, theirs, wanted_);
  return {MergeAnswer::kConflict, {}, "the two versions cannot be merged"};
}

Result<void> Replacing::take_over(Verdict verdict) {
  taken_.push_back(
      {exchanged_->path(), std::move(verdict.look.bytes), verdict.look.writer == Writer::kSome});
  if (request_.log) {
    if (Result<void> logged = request_.log(put_, verdict.text); !logged) {
      // Its name is put back with the rest.
      taken_.pop_back();
      return logged;
    }
  }
  expected_ = std::exchange(wanted_, hold(std::move(verdict.text)));
  merged_ = true;
  return {};
}

Replacing::Outcome Replacing::finish(const Look& last) {
  if (!sync_folder(files_, target_.parent_path())) return failure(unsynced(), Standing::kNew);
  for (const Taken& each : taken_) dispose(each.name, each.bytes, each.written);
  dispose(exchanged_->path(), held(last), last.writer == Writer::kSome);
  return replaced(*exchanged_);
}

Replaced Replacing::replaced(const Temporary& ours) {
  Replaced replaced;
  if (merged_) replaced.bytes = wanted_;
  replaced.stamp = ours.status().stamp();
  replaced.merged = merged_;
  replaced.kept = std::move(kept_);
  return replaced;
}

Error Replacing::unsynced() const {
  return Error{ErrorKind::kIo,
               quoted_path(target_.native()) +
                   " was changed, but a power loss may undo that: its folder cannot be synced",
               {}};
}

Answer<bool> Replacing::stands(const FileStatus& file) const {
  const Answer<FileStatus> there = files_.status(target_, false);
  if (there) return there->same_file(file);
  if (there.error().code == ENOENT) return false;
  return tl::unexpected(there.error());
}

bool Replacing::sync_folders() {
  return sync_folder(files_, target_.parent_path()).has_value() &&
         (place_.beside || sync_folder(files_, place_.folder).has_value());
}

void Replacing::dispose(const Path& name, std::string_view bytes, bool written) {
  if (written) {
    keep(name, bytes, "another program still has it open for writing");
  } else {
    (void)files_.unlink(name);  // settle() removes what stays
  }
}

void Replacing::keep(const Path& name, std::string_view bytes, const char* why) {
  const Result<Path> kept = keep_displaced(files_, home_, key_, name, bytes);
  kept_.push_back({kept ? *kept : name, why});
}

}  // namespace sdd::store
