#include "workspace/repair/writing.h"

#include "json/tree.h"
#include "store/exchange.h"
#include "store/hash.h"
#include "store/update_log.h"
#include "workspace/replace_failure.h"

namespace sdd::workspace {
namespace {

// What stands there was damaged, so that what another program makes of it may take a while to be
// whole.
store::MergeAnswer refuse(std::string_view, std::string_view theirs, std::string_view) {
  json::Parser parser;
  json::Tree tree;
  const bool whole = parser.parse(std::string(theirs), tree);
  return {whole ? store::MergeAnswer::kConflict : store::MergeAnswer::kUnreadable, "",
          "another program wrote the file meanwhile; ask again"};
}

}  // namespace

Result<void> write_whole(Disk& disk, LockedSpec& locked, const WholeWrite& write) {
  store::Update entry = store::new_update("", write.command);
  entry.before = store::git_blob_id(write.before);
  entry.after = store::git_blob_id(write.after);
  entry.changes = write.changes;
  if (const auto intended = locked.log().intend(entry); !intended) return intended;
  store::Exchange exchange(disk.files, disk.clock, locked.home());
  const auto replaced =
      exchange.replace({locked.target(), write.before, write.after, refuse, nullptr});
  if (!replaced) {
    locked.tell_kept(replaced.error().kept);
    Error error = explained(replaced.error());
    for (const std::string& remark : locked.remarks()) error.message += "; " + remark;
    return tl::unexpected(error);
  }
  locked.tell_kept(replaced->kept);
  if (replaced->window) {
    locked.remarks().push_back(
        "this file system cannot exchange files: what another program writes in the very moment "
        "of a repair is lost");
  }
  const auto done = locked.log().done({entry.id, now(), replaced->stamp, "{}"});
  if (done) return {};
  return fail(ErrorKind::kIo,
              "applied, but the update log could not be finished: " + done.error().message);
}

}  // namespace sdd::workspace
