#include "cli/print_form.h"
#include "cli/spec_run.h"
#include "report/journaling_json.h"

namespace sdd::cli {
namespace {

constexpr auto kCheckJournalingOptions = with_finding_options(with_change_options(std::array{
    Option{"SPEC", Takes::kArguments, nullptr, "spec ids or paths; none: all specs"},
    Option{"--fail-on", Takes::kValue, "error|warning|never", "what makes the exit code (warning)"},
}));

Result<int> run_check_journaling(const Session& session, const Arguments& arguments) {
  const auto run =
      run_on_specs(session, arguments, arguments.list("SPEC"), rules::Purpose::kJournaling);
  if (!run) return tl::unexpected(run.error());
  Result<void> printed;
  if (session.form() != nullptr) {
    printed = print_form(session, *run, "warning");
  } else if (session.json()) {
    json::Writer out = session.writer();
    report::write_journaling(out, run->reports);
    printed = session.print(out);
  } else {
    printed = print_text(session, run->reports, "spec");
  }
  if (!printed) return tl::unexpected(printed.error());
  return exit_code_of(*run, "warning");
}

}  // namespace

extern const Command kCheckJournaling;
constinit const Command kCheckJournaling = {
    .name = "check-journaling",
    .summary = "completed tasks that the journal does not tell of, and lost entries",
    .details =
        "Each task is told with the command that would journal it. Exit code 1: an entry is still "
        "to be\nwritten; 2: an entry was lost, or a file is damaged. --json prints an array, [] "
        "when nothing is\nmissing; notes (phases that close with their tasks, flags that are out "
        "of date) stand in text only.",
    .example = "sdd check-journaling billing-2026-02-11-001 --json | jq -r '.[].task_id'",
    .options = kCheckJournalingOptions,
    .run = run_check_journaling,
    .tells_findings = true};

}  // namespace sdd::cli
