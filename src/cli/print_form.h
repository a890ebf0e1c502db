// Printing what a run found in one of the forms for other programs (report/form.h).
#pragma once

#include <string>

#include "cli/command.h"
#include "cli/spec_run.h"

namespace sdd::cli {

// Prints the settled run in the form that --format names (session.form(), not nullptr);
// `default_threshold` as for exit_code_of. With the form `github` and $GITHUB_STEP_SUMMARY set, a
// table of the findings is appended to the file of that name; one that cannot be written is told on
// stderr and changes nothing else: the findings stand in the log. Errors: kIo for stdout.
Result<void> print_form(const Session& session, const SpecRun& run,
                        const std::string& default_threshold);

}  // namespace sdd::cli
