// What `validate` and `check` share: choosing the specs, running the rules over them with a
// progress line, the exit code by the threshold.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "report/located.h"
#include "rules/engine.h"
#include "workspace/layout.h"
#include "workspace/schema_choice.h"

namespace sdd::cli {

struct SpecRun {
  std::optional<workspace::Layout> layout;  // empty: every spec was named by its path
  workspace::SchemaChoice schema;
  std::vector<report::FileReport> reports;
};

// Resolves all of `names` (ids or paths; none: every spec of the repository) before anything is
// checked, then runs the rules of `purpose` over them. Errors: what Layout::find and resolve_spec
// say, kBadSchema, kUsage for --select and --ignore; kIo, kPermission for one named file that
// cannot be read.
Result<SpecRun> run_on_specs(const Session& session, const Arguments& arguments,
                             const std::vector<std::string>& names, rules::Purpose purpose);

// Runs the rules of `purpose` over `specs`; `all` says that they are all that `layout` has.
Result<SpecRun> run_on_files(const Session& session, const Arguments& arguments,
                             std::optional<workspace::Layout> layout,
                             const std::vector<workspace::SpecPath>& specs, bool all,
                             rules::Purpose purpose);

// 0, 1 or 2 by the worst finding, 0 below the threshold of --fail-on (else `default_threshold`:
// "error", "warning" or "never").
int exit_code_of(const std::vector<report::FileReport>& reports, const Arguments& arguments,
                 std::string default_threshold);

// Prints findings as text: all blocks, then the totals.
Result<void> print_text(const Session& session, const std::vector<report::FileReport>& reports);

}  // namespace sdd::cli
