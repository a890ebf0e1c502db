#include "rules/rule.h"

namespace sdd::rules {

// Found by workspace/check_specs: a file that cannot be read has nothing a check could look at.
constinit const Rule kUnreadableFile = {
    .code = "SDD012",
    .name = "unreadable-file",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "a file among the specs cannot be read",
    .why =
        "What cannot be read cannot be checked: a folder or FIFO that is named like a spec, a "
        "dangling or looping link, a file without permission, an I/O error. In a run over many "
        "files it is reported and the others are still checked; a SPEC that was named alone and "
        "cannot be read ends the command with exit code 3.",
    .bad = {},
    .good = {},
    .check = std::monostate{}};

}  // namespace sdd::rules
