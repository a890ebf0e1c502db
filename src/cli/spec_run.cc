#include "cli/spec_run.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <utility>

#include "base/strings.h"
#include "report/form.h"
#include "report/text.h"
#include "rules/table.h"
#include "workspace/changes/check_changes.h"
#include "workspace/changes/state_layout.h"
#include "workspace/check_specs.h"
#include "workspace/repository.h"

namespace sdd::cli {
namespace {

using workspace::Layout;
using workspace::SpecPath;

// A line on stderr that tells how far a long run is; gone when the run is over.
class ProgressLine {
 public:
  explicit ProgressLine(const Session& session)
      : wanted_(!session.quiet() && isatty(STDERR_FILENO) == 1) {}
  ~ProgressLine() {
    if (shown_) std::fputs("\r\x1b[K", stderr);
  }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  bool wanted() const { return wanted_; }

  void show(std::size_t done, std::size_t of) {
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return;
    next_ = now + std::chrono::milliseconds(200);
    shown_ = true;
    std::fprintf(stderr, "\r\x1b[Kchecked %zu of %zu files", done, of);
  }

 private:
  bool wanted_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point next_ =
      std::chrono::steady_clock::now() + std::chrono::seconds(1);
};

Result<std::vector<SpecPath>> resolve_all(const Session& session,
                                          const std::vector<std::string>& names,
                                          const Layout* layout) {
  std::vector<SpecPath> specs;
  for (const std::string& name : names) {
    auto spec = workspace::resolve_spec(name, layout, session.places().current);
    if (!spec) return tl::unexpected(spec.error());
    specs.push_back(std::move(*spec));
  }
  const auto file_of = [](const SpecPath& a, const SpecPath& b) { return a.file < b.file; };
  const auto same_file = [](const SpecPath& a, const SpecPath& b) { return a.file == b.file; };
  std::sort(specs.begin(), specs.end(), file_of);
  specs.erase(std::unique(specs.begin(), specs.end(), same_file), specs.end());
  return specs;
}

}  // namespace

std::string shown_name(const Session& session, const Layout* layout, const std::string& file) {
  const std::string here = session.places().current.string() + "/";
  if (!session.json() && file.starts_with(here)) return file.substr(here.size());
  return layout != nullptr ? layout->shown(file) : file;
}

namespace {

// What a run goes by: the user's policy, the schema.
Result<SpecRun> begin_run(const Session& session, const Arguments& arguments,
                          std::optional<Layout> layout, bool all, rules::Purpose purpose) {
  const Layout* where = layout ? &*layout : nullptr;
  auto policy = policy_of(arguments, session.places(), where);
  if (!policy) return tl::unexpected(policy.error());
  // No rule about the journal asks the schema; then one that cannot be used stops nobody.
  const bool asks_schema = purpose != rules::Purpose::kJournaling;
  auto schema = asks_schema ? workspace::choose_schema(arguments.text("--schema"), where,
                                                       session.places().current)
                            : workspace::SchemaChoice();
  if (!schema) return tl::unexpected(schema.error());
  return SpecRun{
      std::move(layout), std::move(*schema), std::move(*policy), purpose, all, {}, {}, false};
}

// How the rules are run for it. Holds as long as the three do.
workspace::CheckRun check_run_of(const Session& session, const SpecRun& run, ProgressLine& line,
                                 const workspace::LostUpdates& lost_updates) {
  workspace::CheckRun check;
  check.engine = {
      run.purpose,       run.policy.selection, run.schema.schema.get(),     run.schema.built_in,
      run.policy.limits, run.policy.max_nodes, run.policy.required_metadata};
  const bool looks_for_losses =
      run.purpose != rules::Purpose::kJournaling && run.policy.selection.has(rules::kLostUpdate);
  check.lost_updates = looks_for_losses ? &lost_updates : nullptr;
  check.jobs = session.jobs();
  check.with_excerpts = !session.json() && session.form() == nullptr;
  check.with_replacements = session.form() != nullptr && session.form()->shows_fixes;
  check.with_node_facts = run.purpose == rules::Purpose::kJournaling;
  check.shown = [&](const std::string& file) {
    return shown_name(session, run.layout ? &*run.layout : nullptr, file);
  };
  if (line.wanted()) {
    check.progress = [&](std::size_t done, std::size_t of) { line.show(done, of); };
  }
  return check;
}

}  // namespace

Result<SpecRun> run_on_files(const Session& session, const Arguments& arguments,
                             std::optional<Layout> layout, const std::vector<SpecPath>& specs,
                             bool all, rules::Purpose purpose) {
  auto run = begin_run(session, arguments, std::move(layout), all, purpose);
  if (!run) return run;
  ProgressLine line(session);
  const auto twins = workspace::find_twins(specs, run->layout ? &*run->layout : nullptr, all);
  const workspace::LostUpdates lost(run->layout ? run->layout->specs_dir() : "");
  run->reports = workspace::check_specs(specs, twins, check_run_of(session, *run, line, lost));
  return run;
}

Result<SpecRun> run_on_repository(const Session& session, const Arguments& arguments,
                                  Layout layout) {
  auto run = begin_run(session, arguments, std::move(layout), true, rules::Purpose::kCheck);
  if (!run) return run;
  ProgressLine line(session);
  const workspace::LostUpdates lost(run->layout->specs_dir());
  auto checked = workspace::check_repository(*run->layout, check_run_of(session, *run, line, lost));
  if (!checked) return tl::unexpected(checked.error());
  run->reports = std::move(checked->reports);
  run->summary = checked->summary;
  return run;
}

Result<SpecRun> run_on_names(const Session& session, const Arguments& arguments,
                             const std::vector<std::string>& names, rules::Purpose purpose) {
  auto layout = workspace::find_layout(names, session.places());
  if (!layout) return tl::unexpected(layout.error());
  const Layout* where = *layout ? &**layout : nullptr;
  std::vector<SpecPath> specs;
  if (names.empty()) {
    auto listed = where->specs();
    if (!listed) return tl::unexpected(listed.error());
    specs = std::move(*listed);
  } else {
    auto resolved = resolve_all(session, names, where);
    if (!resolved) return tl::unexpected(resolved.error());
    specs = std::move(*resolved);
  }
  auto run = run_on_files(session, arguments, std::move(*layout), specs, names.empty(), purpose);
  if (run && names.size() == 1 && !run->reports.front().unreadable.empty()) {
    return fail(ErrorKind::kIo, run->reports.front().unreadable);
  }
  return run;
}

Result<SpecRun> run_on_specs(const Session& session, const Arguments& arguments,
                             const std::vector<std::string>& names, rules::Purpose purpose) {
  auto run = asks_for_changes(arguments) ? run_on_changes(session, arguments, names, purpose)
                                         : run_on_names(session, arguments, names, purpose);
  if (!run) return run;
  const auto settled = settle_run(session, *run);
  if (!settled) return tl::unexpected(settled.error());
  return run;
}

bool asks_for_changes(const Arguments& arguments) {
  return arguments.has("--staged") || arguments.has("--since");
}

Result<States> states_of(const Arguments& arguments, const git::Repository& repository) {
  using git::State;
  const std::string since = arguments.text("--since");
  if (arguments.has("--staged") && arguments.has("--since")) {
    return fail(ErrorKind::kUsage, "--staged and --since exclude each other");
  }
  const auto head = repository.commit("HEAD");
  if (arguments.has("--staged")) {
    return States{{State::Kind::kRevision, head ? *head : ""}, {State::Kind::kIndex}};
  }
  const auto named = repository.commit(since);
  if (!named) return tl::unexpected(named.error());
  if (!head) return tl::unexpected(head.error());
  const auto base = repository.merge_base(*named, *head);
  if (!base) return tl::unexpected(base.error());
  if (base->empty()) {
    return fail(
        ErrorKind::kNotFound,
        sdd::quote(since) + " and HEAD have no common ancestor" +
            (repository.is_shallow() ? " in this shallow clone: fetch more of its history" : ""));
  }
  return States{{State::Kind::kRevision, *base}, {State::Kind::kWorkTree}};
}

Result<SpecRun> run_on_states(const Session& session, const Arguments& arguments,
                              const git::Repository& repository, Layout layout,
                              const States& states, rules::Purpose purpose) {
  auto run = begin_run(session, arguments, std::move(layout), false, purpose);
  if (!run) return run;
  ProgressLine line(session);
  const workspace::LostUpdates lost("");
  workspace::ChangeScope scope{repository, workspace::Snapshot(repository, states.before),
                               workspace::Snapshot(repository, states.now), *run->layout};
  scope.history = states.history;
  scope.backwards = states.backwards;
  if (const auto branch = repository.branch()) scope.branch = *branch;
  auto checked = workspace::check_changes(scope, check_run_of(session, *run, line, lost));
  if (!checked) return tl::unexpected(checked.error());
  run->reports = std::move(checked->reports);
  run->summary = checked->summary;
  run->history = states.history && purpose == rules::Purpose::kCheck;
  return run;
}

namespace {

// The index has three versions of a file in conflict, and none that could be checked.
Result<void> refuse_conflicts(const git::Repository& repository, const Layout& layout) {
  const auto conflicted = repository.conflicted();
  if (!conflicted) return tl::unexpected(conflicted.error());
  for (const std::string& path : *conflicted) {
    const std::filesystem::path file = repository.top_level() / path;
    for (const std::filesystem::path& folder : {layout.specs_dir(), layout.bank_dir()}) {
      std::error_code error;
      const auto real = std::filesystem::weakly_canonical(folder, error);
      if (folder.empty() || !file.string().starts_with(real.string() + "/")) continue;
      return fail(ErrorKind::kRefused,
                  quoted_path(path) + " is in conflict: resolve it, then 'git add' it");
    }
  }
  return {};
}

}  // namespace

Result<SpecRun> run_on_changes(const Session& session, const Arguments& arguments,
                               const std::vector<std::string>& paths, rules::Purpose purpose) {
  const workspace::Places& places = session.places();
  const auto repository = git::open_repository(places.path.empty() ? places.current : places.path);
  if (!repository) return tl::unexpected(repository.error());
  const auto states = states_of(arguments, **repository);
  if (!states) return tl::unexpected(states.error());
  const bool with_bank = purpose == rules::Purpose::kCheck;
  auto layout = workspace::layout_before(places, with_bank, **repository, states->before);
  if (!layout) return tl::unexpected(layout.error());
  if (states->now.kind == git::State::Kind::kIndex) {
    const auto settled = refuse_conflicts(**repository, *layout);
    if (!settled) return tl::unexpected(settled.error());
  }
  auto run = run_on_states(session, arguments, **repository, std::move(*layout), *states, purpose);
  if (!run || paths.empty()) return run;
  std::erase_if(run->reports, [&](const report::FileReport& report) {
    return std::none_of(paths.begin(), paths.end(), [&](const std::string& path) {
      const auto whole = (session.places().current / path).lexically_normal();
      return path == report.spec_id || whole == report.file ||
             report.file.starts_with(whole.string() + "/");
    });
  });
  return run;
}

Result<void> settle_run(const Session& session, SpecRun& run, bool silent) {
  const Layout* layout = run.layout ? &*run.layout : nullptr;
  workspace::SettleRun settle;
  settle.layout = layout;
  settle.purpose = run.purpose;
  settle.all_files = run.all;
  settle.history = run.history;
  settle.with_excerpts = !session.json() && session.form() == nullptr;
  settle.with_fingerprints = session.form() != nullptr;
  settle.shown = [&](const std::string& file) { return shown_name(session, layout, file); };
  const auto settled = workspace::settle(run.reports, run.policy, settle);
  if (!settled) return tl::unexpected(settled.error());
  if (silent) return {};
  tell_baseline(session, run.policy, *settled, settle.shown(run.policy.baseline.string()));
  return {};
}

const std::string& threshold_of(const SpecRun& run, const std::string& default_threshold) {
  return run.policy.fail_on.empty() ? default_threshold : run.policy.fail_on;
}

int exit_code_of(const SpecRun& run, const std::string& default_threshold) {
  const std::string& threshold = threshold_of(run, default_threshold);
  if (threshold == "never") return 0;
  std::size_t errors = 0;
  std::size_t warnings = 0;
  for (const report::FileReport& report : run.reports) {
    errors += report.count(rules::Severity::kError);
    warnings += report.count(rules::Severity::kWarning);
  }
  if (errors > 0) return 2;
  return warnings > 0 && threshold == "warning" ? 1 : 0;
}

Result<void> print_text(const Session& session, const std::vector<report::FileReport>& reports,
                        std::string_view noun) {
  std::string out;
  for (const report::FileReport& report : reports) {
    report::append_text(report, {session.color(), true}, out);
    if (!report.findings.empty()) out += '\n';
  }
  out += report::totals_line(reports, noun);
  return session.print(out);
}

}  // namespace sdd::cli
