#include "cli/path_run.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "base/strings.h"

namespace sdd::cli {
namespace {

namespace fs = std::filesystem;

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
      return fail(ErrorKind::kNotFound, "no file or folder " + sdd::quote(word));
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
      return fail(ErrorKind::kNotRepository, sdd::quote(file) + " does not lie in the memory bank");
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

}  // namespace

Result<SpecRun> run_on_paths(const Session& session, const Arguments& arguments,
                             const std::vector<std::string>& paths) {
  auto found = targets_of(session, paths);
  if (!found) return tl::unexpected(found.error());
  Targets& targets = *found;
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

}  // namespace sdd::cli
