// Fixing files on the disk: what repair/fix.h computes, under the lock, through the writer of all
// updates, with a backup of the bytes before.
//
//   FixTerms terms = {.wish = {.unsafe = false}, .engine = …, .lost_updates = &lost};
//   Result<FixedFile> fixed = fix_spec({.place = place, .twins = twins}, terms, places);
//   fixed->made.actions              // empty: there was nothing to do, nothing was written
//
// What an Ok means: the file holds the fixes, they have reached the disk, and the update log says
// so, under the command's name `fix`. What an Error means: nothing was changed, unless the message
// says "applied". A program that knows no locks may write at the same time: what it wrote is
// merged, or the fix is refused.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "base/error.h"
#include "repair/fix.h"
#include "rules/engine.h"
#include "text/edit.h"
#include "workspace/layout.h"
#include "workspace/locked_spec.h"
#include "workspace/lost_updates.h"

namespace sdd::workspace {

struct FixTerms {
  repair::FixWish wish = {};
  // How specs are checked: schema and limits. Every rule is asked, whichever are selected.
  rules::Engine::Options engine = {};
  const LostUpdates* lost_updates = nullptr;  // nullptr: nobody asks (SDD901)

  bool dry_run = false;  // compute and check, change nothing; takes no lock
  bool backup = true;    // keep the bytes before (store/backup.h)
  std::chrono::milliseconds lock_timeout{10'000};
  std::string if_match = {};  // the revision that the file must have; "" = any
  bool without_lock = false;
};

// A finding that is not to be fixed, because the user does not want to see it: by rule, node and
// message.
using FindingName = std::tuple<const rules::Rule*, std::string, std::string>;
FindingName name_of(const rules::Finding& finding);

struct SpecToFix {
  SpecPath place;
  std::vector<std::string> twins = {};  // as for check_specs
  std::set<FindingName> hidden = {};
};

struct FixedFile {
  repair::Fixed made;  // actions, skipped, what remains
  std::string before;
  std::string after;        // what the file holds; in a dry run, what it would hold
  std::vector<Edit> edits;  // on `before`
  std::string revision;     // git blob id of `after`
  // Of a spec, as `after` says.
  std::optional<std::int64_t> total_tasks;
  std::optional<std::int64_t> completed_tasks;
  std::string backup;  // the file's path; "" = none was made
  std::vector<std::string> remarks;
  bool written = false;
  bool merged = false;  // with what another program wrote meanwhile
};

// Errors: as update_spec; kDamaged for a file that no fix makes whole.
Result<FixedFile> fix_spec(const SpecToFix& spec, const FixTerms& terms, const Places& places);
Result<FixedFile> fix_spec(const SpecToFix& spec, const FixTerms& terms, const Places& places,
                           Disk& disk);

struct MarkdownToFix {
  std::string file;  // absolute; in the memory bank of the layout
  // Of its SDD802 findings those with a fix: what lies between files cannot be seen from here. They
  // are looked for again in the bytes as they are then.
  std::vector<rules::Finding> links = {};
  std::set<FindingName> hidden = {};
};

// A file of the memory bank. Of `terms` the engine, lost_updates and if_match are not asked. What
// another program writes at the same time is fixed as well; where it writes twice the fix is
// refused. Errors: kBusy with the holder; kRefused; kPermission, kIo.
Result<FixedFile> fix_markdown(const MarkdownToFix& file, const FixTerms& terms,
                               const Layout& layout);

}  // namespace sdd::workspace
