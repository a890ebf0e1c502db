#include <algorithm>
#include <system_error>
#include <utility>

#include "base/strings.h"
#include "cli/app.h"
#include "cli/spec_run.h"
#include "report/findings_json.h"
#include "report/summary.h"

namespace sdd::cli {
namespace {

namespace fs = std::filesystem;

constexpr auto kOptions = with_finding_options(std::array{
    Option{
        "PATH", Takes::kArguments, nullptr,
        "a folder: where the search for the repository starts (default: here); a file: only this"},
    Option{"--summary", Takes::kNothing, nullptr,
           "as text: how often each rule found something, and the worst files"},
    Option{"--schema", Takes::kValue, "FILE",
           "the JSON schema (draft-07) to hold the specs against"},
    Option{"--fail-on", Takes::kValue, "error|warning|never", "what makes the exit code (error)"},
});

struct Targets {
  std::optional<fs::path> start;   // the folder that was named
  std::vector<std::string> files;  // the files that were named, absolute
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
      targets.files.push_back(path.string());
    } else {
      return fail(ErrorKind::kNotFound, "no file or folder " + sdd::quoted(word));
    }
  }
  return targets;
}

Result<SpecRun> check_loose_specs(const Session& session, const Arguments& arguments,
                                  std::optional<workspace::Layout> layout,
                                  const std::vector<std::string>& files) {
  std::vector<workspace::SpecPath> specs;
  for (const std::string& file : files) {
    if (file.ends_with(".md")) {
      return fail(ErrorKind::kNotRepository,
                  sdd::quoted(file) + " does not lie in the memory bank");
    }
    specs.push_back(workspace::spec_path(file));
  }
  return run_on_files(session, arguments, std::move(layout), specs, false, rules::Purpose::kCheck);
}

// Everything is looked at, because what is wrong with one file may lie in another; then only what
// stands in the named files is kept. Those that are no part of the repository are checked alone.
Result<SpecRun> limit_to(const Session& session, const Arguments& arguments,
                         std::vector<std::string> files, SpecRun run) {
  const auto take = [&](const report::FileReport& report) {
    return std::erase(files, report.file) > 0;
  };
  std::erase_if(run.reports, [&](const report::FileReport& report) { return !take(report); });
  run.all = false;
  if (files.empty()) return run;
  auto loose = check_loose_specs(session, arguments, run.layout, files);
  if (!loose) return loose;
  std::move(loose->reports.begin(), loose->reports.end(), std::back_inserter(run.reports));
  return run;
}

Result<SpecRun> check_targets(const Session& session, const Arguments& arguments, Targets targets) {
  workspace::Places places = session.places();
  if (targets.start && places.path.empty()) places.current = *targets.start;
  if (!targets.start && !targets.files.empty() && places.path.empty()) {
    places.current = fs::path(targets.files.front()).parent_path();
  }
  auto layout = workspace::Layout::find_with_bank(places);
  if (!layout) {
    if (targets.files.empty() || layout.error().kind != ErrorKind::kNotRepository) {
      return tl::unexpected(layout.error());
    }
    return check_loose_specs(session, arguments, std::nullopt, targets.files);
  }
  auto run = run_on_repository(session, arguments, std::move(*layout));
  if (!run || targets.files.empty()) return run;
  return limit_to(session, arguments, std::move(targets.files), std::move(*run));
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

Result<void> print(const Session& session, const Arguments& arguments, SpecRun& run) {
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
  auto targets = targets_of(session, arguments.list("PATH"));
  if (!targets) return tl::unexpected(targets.error());
  auto run = check_targets(session, arguments, std::move(*targets));
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
        "is 2 when there is an error; warnings fail only with --fail-on warning.",
    .example = "sdd check fixtures/demo",
    .options = kOptions,
    .run = run_check};

}  // namespace sdd::cli
