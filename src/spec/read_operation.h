// Operations as JSON, the way `sdd apply` takes them:
//
//   {"op": "complete-task", "task": "task-1-1", "note": "tests pass"}
//
// "op" is the name of the command, the other keys are its arguments in lower case and its options
// without the dashes ("journal-title"; "journal_title" is taken, too). Values are texts; "force" is
// true or false, "tasks" a list of texts, "value" any JSON.
#pragma once

#include "base/error.h"
#include "json/tree.h"
#include "spec/update.h"

namespace sdd::spec {

// Errors: kUsage for what is no object, an unknown operation or key (with the nearest names), one
// that is missing, a value of the wrong kind; also for an operation that moves the file.
Result<Operation> read_operation(json::Value value);

}  // namespace sdd::spec
