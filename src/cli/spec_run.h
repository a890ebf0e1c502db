// What `validate` and `check` share: choosing the specs, running the rules over them with a
// progress line, settling what was found (workspace/settle.h), the exit code by the threshold.
//
//   auto run = run_on_files(session, arguments, layout, specs, all, purpose);
//   run->reports.push_back(…);                  // what else was found: the memory bank's
//   auto settled = settle_run(session, *run);   // now suppressions, levels and baseline hold
//   return exit_code_of(*run, "error");
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"
#include "cli/policy.h"
#include "git/repository.h"
#include "report/findings_json.h"
#include "report/located.h"
#include "rules/engine.h"
#include "workspace/layout.h"
#include "workspace/schema_choice.h"

namespace sdd::cli {

struct SpecRun {
  std::optional<workspace::Layout> layout;  // empty: every spec was named by its path
  workspace::SchemaChoice schema;
  workspace::Policy policy;
  rules::Purpose purpose;
  bool all;  // whether every file of the layout was looked at
  std::vector<report::FileReport> reports;
  report::CheckSummary summary = {};  // run_on_repository, run_on_states
  bool history = false;               // whether the rules that compare revisions ran
};

// Resolves all of `names` (ids or paths; none: every spec of the repository) before anything is
// checked, runs the rules of `purpose` over them, and settles what was found. Errors: what
// Layout::find and resolve_spec say, kBadSchema, kUsage for options and .sdd.toml; kIo, kPermission
// for one named file that cannot be read; what settle_run says.
Result<SpecRun> run_on_specs(const Session& session, const Arguments& arguments,
                             const std::vector<std::string>& names, rules::Purpose purpose);

// The same without settling anything.
Result<SpecRun> run_on_names(const Session& session, const Arguments& arguments,
                             const std::vector<std::string>& names, rules::Purpose purpose);

// Runs the rules of `purpose` over `specs`; `all` says that they are all that `layout` has. Nothing
// is settled yet.
Result<SpecRun> run_on_files(const Session& session, const Arguments& arguments,
                             std::optional<workspace::Layout> layout,
                             const std::vector<workspace::SpecPath>& specs, bool all,
                             rules::Purpose purpose);

// Runs every rule over everything that `layout` has, the memory bank included. Nothing is settled
// yet. Errors: as above, and a folder that cannot be listed.
Result<SpecRun> run_on_repository(const Session& session, const Arguments& arguments,
                                  workspace::Layout layout);

// Two states of the files that are held against each other, the older one first.
struct States {
  git::State before;
  git::State now;
  bool history = true;     // whether the rules that compare both run (SDD902 to SDD912)
  bool backwards = false;  // look at the same files as they were before, without history
};

// Whether --staged or --since was given.
bool asks_for_changes(const Arguments& arguments);
// The states that --staged or --since means: HEAD and the index; the merge base and the work tree.
// Errors: kUsage for both; kNotFound for a revision that is none, or has no merge base with HEAD.
Result<States> states_of(const Arguments& arguments, const git::Repository& repository);

// Runs the rules of `purpose` over what differs between the two states, and what links to it
// (workspace/changes/check_changes.h). Nothing is settled yet. Errors: as above, and what git says.
Result<SpecRun> run_on_states(const Session& session, const Arguments& arguments,
                              const git::Repository& repository, workspace::Layout layout,
                              const States& states, rules::Purpose purpose);
// The same for what --staged or --since means; of `paths`, unless there are none, only what they
// name: files, ids of specs.
Result<SpecRun> run_on_changes(const Session& session, const Arguments& arguments,
                               const std::vector<std::string>& paths, rules::Purpose purpose);

// Lets suppressions, levels and the baseline act on run.reports, and says what came of the
// baseline. Errors: a baseline that cannot be read or written.
// With `silent` it is not said.
Result<void> settle_run(const Session& session, SpecRun& run, bool silent = false);

// The threshold of --fail-on, else of .sdd.toml, else `default_threshold`: "error", "warning" or
// "never".
const std::string& threshold_of(const SpecRun& run, const std::string& default_threshold);

// 0, 1 or 2 by the worst finding, 0 below the threshold.
int exit_code_of(const SpecRun& run, const std::string& default_threshold);

// How a file is named: in JSON relative to the root, the same wherever sdd was called; in text and
// the forms for CI relative to the current folder where it lies below it, so that a terminal can
// open it, and because CI starts its steps in the checkout's top folder.
std::string shown_name(const Session& session, const workspace::Layout* layout,
                       const std::string& file);

// Prints findings as text: all blocks, then the totals, where files are called `noun`.
Result<void> print_text(const Session& session, const std::vector<report::FileReport>& reports,
                        std::string_view noun);

}  // namespace sdd::cli
