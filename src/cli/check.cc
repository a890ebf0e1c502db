#include <algorithm>
#include <system_error>
#include <utility>

#include "base/strings.h"
#include "cli/app.h"
#include "cli/spec_run.h"
#include "report/findings_json.h"

namespace sdd::cli {
namespace {

namespace fs = std::filesystem;

constexpr auto kOptions = with_finding_options(std::array{
    Option{
        "PATH", Takes::kArguments, nullptr,
        "a folder: where the search for the repository starts (default: here); a file: only this"},
    Option{"--schema", Takes::kValue, "FILE",
           "the JSON schema (draft-07) to hold the specs against"},
    Option{"--fail-on", Takes::kValue, "error|warning|never", "what makes the exit code (error)"},
});

struct Targets {
  std::optional<fs::path> start;           // the folder that was named
  std::vector<workspace::SpecPath> files;  // the files that were named
};

Result<Targets> targets_of(const Session& session, const std::vector<std::string>& paths) {
  Targets targets;
  for (const std::string& word : paths) {
    const fs::path path = (session.places().current / word).lexically_normal();
    std::error_code error;
    if (fs::is_directory(path, error)) {
      if (targets.start) return fail(ErrorKind::kUsage, "only one folder can be checked at a time");
      targets.start = path;
    } else if (fs::exists(fs::symlink_status(path, error))) {
      targets.files.push_back(workspace::spec_path(path));
    } else {
      return fail(ErrorKind::kNotFound, "no file or folder " + sdd::quoted(word));
    }
  }
  return targets;
}

Result<SpecRun> check_targets(const Session& session, const Arguments& arguments, Targets targets) {
  workspace::Places places = session.places();
  if (targets.start && places.path.empty()) places.current = *targets.start;
  if (!targets.start && !targets.files.empty() && places.path.empty()) {
    places.current = fs::path(targets.files.front().file).parent_path();
  }
  auto layout = workspace::Layout::find(places);
  if (!layout && (targets.files.empty() || layout.error().kind != ErrorKind::kNotRepository)) {
    return tl::unexpected(layout.error());
  }
  const bool all = targets.files.empty();
  if (all) {
    auto specs = layout->specs();
    if (!specs) return tl::unexpected(specs.error());
    targets.files = std::move(*specs);
  }
  std::optional<workspace::Layout> where;
  if (layout) where = std::move(*layout);
  return run_on_files(session, arguments, std::move(where), targets.files, all,
                      rules::Purpose::kCheck);
}

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

Result<int> run_check(const Session& session, const Arguments& arguments) {
  auto targets = targets_of(session, arguments.list("PATH"));
  if (!targets) return tl::unexpected(targets.error());
  auto run = check_targets(session, arguments, std::move(*targets));
  if (!run) return tl::unexpected(run.error());
  const std::size_t specs = run->reports.size();
  const auto settled = settle_run(session, *run);
  if (!settled) return tl::unexpected(settled.error());
  Result<void> printed;
  if (session.json()) {
    json::Writer out = session.writer();
    report::write_check(out, run->reports, {specs, specs}, version());
    printed = session.print(out);
  } else {
    worst_first(run->reports);
    printed = print_text(session, run->reports);
  }
  if (!printed) return tl::unexpected(printed.error());
  return exit_code_of(*run, "error");
}

}  // namespace

extern const Command kCheck;
constinit const Command kCheck = {
    .name = "check",
    .summary = "check a whole repository: everything at once",
    .details =
        "Every rule runs over every spec below the folder. The exit code is 2 when there is "
        "an error;\nwarnings fail only with --fail-on warning.",
    .example = "sdd check fixtures/demo",
    .options = kOptions,
    .run = run_check};

}  // namespace sdd::cli
