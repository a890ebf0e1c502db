#include "rules/rule.h"

namespace sdd::rules {

// Found by workspace/merge_loss: it takes three versions of everything, which no check gets to see.
constinit const Rule kMergeLoss = {
    .code = "SDD907",
    .name = "merge-loss",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "a merge lacks what one of its parents has",
    .why =
        "Two branches both worked on a spec or a log, and the merge took one side's version: a "
        "journal entry, a completed task or a task entry of the other side is gone, although "
        "nobody removed it. The merge driver does not do that; servers that merge without it, and "
        "people who resolve a conflict by taking one side, do. What the other parent removed since "
        "their merge base is no loss.",
    .bad = {},
    .good = {},
    .check = std::monostate{}};

}  // namespace sdd::rules
