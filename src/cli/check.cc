#include <algorithm>
#include <utility>

#include "cli/app.h"
#include "cli/path_run.h"
#include "cli/print_form.h"
#include "report/findings_json.h"
#include "report/summary.h"

namespace sdd::cli {
namespace {

constexpr auto kCheckOptions = with_finding_options(with_change_options(std::array{
    Option{
        "PATH", Takes::kArguments, nullptr,
        "a folder: where the search for the repository starts (default: here); a file: only this"},
    Option{"--summary", Takes::kNothing, nullptr,
           "as text: how often each rule found something, and the worst files"},
    Option{"--schema", Takes::kValue, "FILE",
           "the JSON schema (draft-07) to hold the specs against"},
    Option{"--fail-on", Takes::kValue, "error|warning|never", "what makes the exit code (error)"},
}));

// Errors before warnings before notes; files in the order of their names within that.
void worst_first(std::vector<report::FileReport>& reports) {
  const auto rank = [](const report::FileReport& report) {
    if (report.count(rules::Severity::kError) > 0) return 0;
    if (report.count(rules::Severity::kWarning) > 0) return 1;
    return 2;
  };
  std::stable_sort(reports.begin(), reports.end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
}

Result<void> print(const Session& session, const Arguments& arguments, SpecRun& run) {
  if (session.form() != nullptr) return print_form(session, run, "error");
  if (session.json()) {
    json::Writer out = session.writer();
    report::write_check(out, run.reports, run.summary, version());
    return session.print(out);
  }
  if (arguments.has("--summary")) {
    return session.print(report::summary_text(run.reports, run.summary));
  }
  worst_first(run.reports);
  return print_text(session, run.reports, "file");
}

Result<int> run_check(const Session& session, const Arguments& arguments) {
  auto run =
      asks_for_changes(arguments)
          ? run_on_changes(session, arguments, arguments.list("PATH"), rules::Purpose::kCheck)
          : run_on_paths(session, arguments, arguments.list("PATH"));
  if (!run) return tl::unexpected(run.error());
  const auto settled = settle_run(session, *run);
  if (!settled) return tl::unexpected(settled.error());
  const auto printed = print(session, arguments, *run);
  if (!printed) return tl::unexpected(printed.error());
  return exit_code_of(*run, "error");
}

}  // namespace

extern const Command kCheck;
constinit const Command kCheck = {
    .name = "check",
    .summary = "check a whole repository: everything at once",
    .details =
        "Every rule runs over the specs, the memory bank, the links between them, and what lies\n"
        "about beside them. A repository may have only specs or only a memory bank. The exit code\n"
        "is 2 when there is an error; warnings fail only with --fail-on warning. With --staged or\n"
        "--since only what changed is looked at and what links to it, and the rules about history\n"
        "run, too (SDD902 to SDD912).",
    .example = "sdd check fixtures/demo",
    .options = kCheckOptions,
    .run = run_check,
    .tells_findings = true};

}  // namespace sdd::cli
