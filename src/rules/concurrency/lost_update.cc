#include "rules/rule.h"

namespace sdd::rules {

// Found by workspace/lost_updates: it takes the update log, which no check gets to see.
constinit const Rule kLostUpdate = {
    .code = "SDD901",
    .name = "lost-update",
    .severity = Severity::kError,
    .fix = Safety::kRepair,
    .title = "an update that was acknowledged is not in the file",
    .why =
        "sdd keeps a log of what it wrote (.sdd/log). An update that the log acknowledges and the "
        "file does not show was overwritten by a program that knows no lock: it had read the file "
        "before, and wrote it back after. What a later update changed again is not lost, nor is "
        "what a commit, checkout, stash, restore or pull brought about, nor what was edited by "
        "hand while other parts of the update stayed. Where lines of the log are missing or git "
        "cannot be asked, the finding is a note. `sdd history SPEC` shows the log, `--forget ID` "
        "records that an update was meant to go.",
    .bad = {},
    .good = {},
    .check = std::monostate{}};

}  // namespace sdd::rules
