#include "cli/print_form.h"
#include "cli/spec_run.h"
#include "report/findings_json.h"

namespace sdd::cli {
namespace {

constexpr auto kValidateOptions = with_finding_options(with_change_options(std::array{
    Option{"SPEC", Takes::kArguments, nullptr, "spec ids or paths; none: all specs"},
    Option{"--all", Takes::kNothing, nullptr, "all specs of the repository"},
    Option{"--schema", Takes::kValue, "FILE",
           "the JSON schema (draft-07) to hold the specs against"},
    Option{"--fail-on", Takes::kValue, "error|warning|never", "what makes the exit code (warning)"},
}));

Result<int> run_validate(const Session& session, const Arguments& arguments) {
  std::vector<std::string> names = arguments.list("SPEC");
  if (arguments.has("--all") && !names.empty()) {
    return fail(ErrorKind::kUsage, "--all and SPEC exclude each other");
  }
  const auto run = run_on_specs(session, arguments, names, rules::Purpose::kValidate);
  if (!run) return tl::unexpected(run.error());
  Result<void> printed;
  if (session.form() != nullptr) {
    printed = print_form(session, *run, "warning");
  } else if (!session.json()) {
    printed = print_text(session, run->reports, "spec");
  } else {
    json::Writer out = session.writer();
    if (names.size() == 1 && run->reports.size() == 1) {
      report::write_validation(out, run->reports.front(), run->schema.source);
    } else {
      report::write_validations(out, run->reports, run->schema.source);
    }
    printed = session.print(out);
  }
  if (!printed) return tl::unexpected(printed.error());
  return exit_code_of(*run, "warning");
}

}  // namespace

extern const Command kValidate;
constinit const Command kValidate = {
    .name = "validate",
    .summary = "check spec files: damage, schema, hierarchy, counts, dependencies",
    .details =
        "Each finding is told with file, line, column, the source line and what to do about "
        "it.\n--json prints one object for one SPEC, and totals with \"results\" for several.",
    .example = "sdd validate --all --json | jq .errors",
    .options = kValidateOptions,
    .run = run_validate,
    .tells_findings = true};

}  // namespace sdd::cli
