// Changing the memory bank's entries so that nothing is lost: the locks, the logs, the exchange,
// around what bank/entry_edits.h computes.
//
//   auto layout = Layout::find_with_bank(places);
//   BankUpdating updating{.layout = *layout, .request = {.command = "add-entry"}};
//   Result<BankUpdated> added = add_entry({log, draft}, updating);
//   Result<BankUpdated> closed = close_entry({.title = "Mend the lamps", .today = today},
//   updating); Result<BankUpdated> moved = consolidate({log_a, log_b}, updating);
//
// What an Ok means: the files hold the change, it has reached the disk, and the logs say so. What
// an Error means: nothing was changed, unless the message says "applied" or "stand in both".
//
// Before anything is written the result is read again: every other entry must be what it was, byte
// for byte, and no error of 6xx may be there that was not.
//
// Another program may change a file at the same time: the same operation is done on what it wrote,
// or, where both concern the same entry, refused; nothing is written over unread.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bank/date.h"
#include "bank/draft.h"
#include "base/error.h"
#include "text/edit.h"
#include "workspace/layout.h"
#include "workspace/locked_spec.h"

namespace sdd::workspace {

// What became of one entry.
struct EntryChange {
  enum class Kind { kAdded, kClosed, kMoved };
  Kind kind = Kind::kAdded;
  std::string title;
  std::string spec;                // the path that its Spec field names; "" = none
  std::optional<bank::Date> date;  // its own
  std::string text;                // the whole entry, as it stands now
  std::string path;                // of the file where it stands now, as the user should see it
  std::size_t line = 0;            // there, from 1
  std::string from;                // kMoved: the log that it stood in
};

struct BankFileUpdate {
  std::string shown;  // its path, relative to the root where it lies below it
  std::string before;
  std::string after;
  std::vector<Edit> edits;  // on `before`; not what others wrote meanwhile
  std::string revision;     // git blob id of `after`
  bool created = false;
};

struct BankUpdated {
  std::vector<BankFileUpdate> files;  // in the order of writing; the first is what `revision` is of
  std::vector<EntryChange> changes;   // empty: it was so already, nothing was written
  std::vector<std::string> remarks;
  bool merged = false;
  std::string answered;  // the request was answered before: this was the answer
};

struct BankRequest {
  std::string command;  // for the locks' holder and the logs
  std::vector<std::string> ids = {};
  // What the user will be told, as JSON on one line: kept for whoever repeats the request.
  std::function<std::string(const BankUpdated& updated)> answer = {};

  std::chrono::milliseconds lock_timeout{10'000};
  std::string if_match = {};  // the revision that the first file must have; "" = any
  std::string request_id = {};
  bool dry_run = false;  // compute and check, change nothing; takes no lock
  bool without_lock = false;
};

struct BankUpdating {
  const Layout& layout;  // with a memory bank
  BankRequest request;
  Disk* disk = nullptr;  // for tests; nullptr: the real one
};

struct NewEntry {
  std::filesystem::path log;  // absolute; made when it is not there
  bank::Draft draft;
};
// An entry that stands there already word for word is no change. Errors: kUsage for a draft that
// would not be read as it is, or not be in form; kRefused for an entry of the same title about the
// same spec that says something else; those of all updates (below).
Result<BankUpdated> add_entry(const NewEntry& entry, const BankUpdating& updating);

// Which entry: what is given must fit. An open one comes before those that are closed.
struct EntryChoice {
  std::string title = {};  // letter for letter, capitals aside; "" = any
  std::string spec = {};   // the path that its Spec field names, relative to the root; "" = any
  std::filesystem::path log = {};      // absolute; "" = all logs and current_tasks.md
  std::optional<bank::Date> day = {};  // for Done; nothing: what stands there, else `today`
  bank::Date today = {};
};
// Errors: kNotFound with the nearest titles, kAmbiguous with the places of those that fit, kRefused
// for one that was closed on another day than `day`; those of all updates.
Result<BankUpdated> close_entry(const EntryChoice& choice, const BankUpdating& updating);

// Moves the closed entries of these logs into current_tasks.md. A death between the two writes
// leaves an entry in both; the next call takes it out of the log. With `drop_repeated` so do
// entries that stand in current_tasks.md byte for byte already, however they came there. Errors:
// kRefused for an entry that stands in current_tasks.md already (same title, spec and day), or in
// two of the logs; those of all updates.
//
// All updates: kBusy with the holder of a lock; kDamaged for a file that is damaged; kRefused when
// `if_match` does not hold, another program's change is in conflict, or the result would have a new
// error; kPermission, kIo.
Result<BankUpdated> consolidate(const std::vector<std::filesystem::path>& logs,
                                const BankUpdating& updating, bool drop_repeated = false);

}  // namespace sdd::workspace
