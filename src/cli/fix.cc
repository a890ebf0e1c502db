// 1. Look at everything that was asked for, as `validate` or `check` does.
// 2. Fix each file that has something to fix, one after the other, each under its lock.
// 3. Tell what was done, and what remains.
#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <set>
#include <utility>
#include <variant>

#include "base/strings.h"
#include "cli/fix_answer.h"
#include "cli/path_run.h"
#include "cli/update_run.h"
#include "rules/table.h"
#include "workspace/check_specs.h"
#include "workspace/document_facts.h"
#include "workspace/fix.h"

namespace sdd::cli {
namespace {

namespace fs = std::filesystem;

constexpr auto kFixOptions = std::array{
    Option{"SPEC", Takes::kArguments, nullptr,
           "spec ids, paths of files, or a folder; none: the whole repository"},
    Option{"--preview,--dry-run", Takes::kNothing, nullptr,
           "say what would be done, change nothing"},
    Option{"--diff", Takes::kNothing, nullptr, "show the changes as a diff, too"},
    Option{"--unsafe", Takes::kNothing, nullptr,
           "also what chooses a status, a type or a parent, and says so"},
    Option{"--select", Takes::kList, "CODES", "only these rules: codes, names or prefixes (SDD3)"},
    Option{"--ignore", Takes::kList, "CODES", "not these rules"},
    Option{"--no-backup", Takes::kNothing, nullptr, "keep no copy in .sdd/backups"},
    Option{"--no-baseline", Takes::kNothing, nullptr, "fix what the baseline knows, too"},
    Option{"--schema", Takes::kValue, "FILE",
           "the JSON schema (draft-07) to hold the specs against"},
    Option{"--fail-on", Takes::kValue, "error|warning|never",
           "what of the rest makes the exit code (as for validate and check)"},
    Option{"--lock-timeout", Takes::kValue, "SECONDS", "how long to wait for each lock (10)"},
    Option{"--if-match", Takes::kValue, "REVISION", "only when the one SPEC is at this revision"},
    Option{"--no-lock", Takes::kNothing, nullptr,
           "go on where the file system has no locks that exclude anybody"},
};

// Whether all arguments are specs: then the run is that of `validate`, else that of `check`.
bool names_specs(const Session& session, const std::vector<std::string>& names) {
  return !names.empty() && std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    if (!workspace::is_path(name, session.places().current)) return true;
    std::error_code error;
    const fs::path path = session.places().current / name;
    return !name.ends_with(".md") && !fs::is_directory(path, error);
  });
}

class FixRun {
 public:
  FixRun(const Session& session, const Arguments& arguments)
      : session_(session),
        arguments_(arguments),
        names_(arguments.list("SPEC")),
        only_specs_(names_specs(session, names_)) {}

  Result<int> run() {
    auto terms = terms_of();
    if (!terms) return tl::unexpected(terms.error());
    terms_ = std::move(*terms);
    auto run = look();
    if (!run) return tl::unexpected(run.error());
    auto told = fix_all(std::move(*run));
    if (!told) return tl::unexpected(told.error());
    if (single() && answer_.files.front().error) {
      return tl::unexpected(*answer_.files.front().error);
    }
    const auto printed = print();
    if (!printed) return tl::unexpected(printed.error());
    int code = exit_code_of(*told, only_specs_ ? "warning" : "error");
    for (const FixedReport& file : answer_.files) {
      if (file.error) code = std::max(code, exit_code(file.error->kind));
    }
    return code;
  }

 private:
  bool single() const { return only_specs_ && names_.size() == 1; }

  Result<workspace::FixTerms> terms_of() {
    workspace::UpdateRequest common;
    const auto taken = take_update_options(arguments_, common);
    if (!taken) return tl::unexpected(taken.error());
    if (!common.if_match.empty() && !single()) {
      return fail(ErrorKind::kUsage, "--if-match needs exactly one SPEC");
    }
    workspace::FixTerms terms;
    terms.wish.unsafe = arguments_.has("--unsafe");
    terms.dry_run = common.dry_run;
    terms.backup = !arguments_.has("--no-backup");
    terms.lock_timeout = common.lock_timeout;
    terms.if_match = common.if_match;
    terms.without_lock = common.without_lock;
    answer_.dry_run = terms.dry_run;
    answer_.diff = arguments_.has("--diff");
    return terms;
  }

  Result<SpecRun> look() const {
    if (only_specs_) return run_on_names(session_, arguments_, names_, rules::Purpose::kCheck);
    return run_on_paths(session_, arguments_, names_);
  }

  // Lets the user's policy act, and keeps to what this run is to tell.
  Result<void> settle(SpecRun& run, bool silent) const {
    if (only_specs_) {
      for (report::FileReport& report : run.reports) {
        std::erase_if(report.findings, [](const report::Located& located) {
          return !rules::belongs(*located.finding.rule, rules::Purpose::kValidate) &&
                 !located.finding.fix;
        });
      }
    }
    return settle_run(session_, run, silent);
  }

  // Fixes what can be fixed and gives the run back, with what remains then.
  Result<SpecRun> fix_all(SpecRun run) {
    const workspace::LostUpdates lost(run.layout ? run.layout->specs_dir() : fs::path());
    prepare(run, lost);
    const bool any =
        std::any_of(run.reports.begin(), run.reports.end(),
                    [&](const report::FileReport& report) { return has_work(report); });
    if (any) {
      const auto fixed = fix_each(run);
      if (!fixed) return tl::unexpected(fixed.error());
    }
    const auto settled = settle(run, false);
    if (!settled) return tl::unexpected(settled.error());
    collect(run);
    return run;
  }

  // Leaves what remains in the run's reports, not settled.
  Result<void> fix_each(SpecRun& run) {
    std::vector<report::FileReport> all = run.reports;
    const auto settled = settle(run, true);
    if (!settled) return settled;
    bool written = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!has_work(run.reports[i])) continue;
      FixedReport& done = done_[all[i].file];
      done = fix_one(run, all[i], run.reports[i]);
      written = written || done.fixed.written;
      if (!done.error) all[i] = rest_of(run, done.fixed, all[i]);
    }
    run.reports = std::move(all);
    if (written && !only_specs_ && run.layout && !run.layout->bank_dir().empty()) {
      auto again = look();  // links may hold now, and claims no longer
      if (!again) return tl::unexpected(again.error());
      run = std::move(*again);
    }
    return {};
  }

  void prepare(const SpecRun& run, const workspace::LostUpdates& lost) {
    terms_.wish.selection = run.policy.selection;
    terms_.engine = {rules::Purpose::kCheck,      {},
                     run.schema.schema.get(),     run.schema.built_in,
                     run.policy.limits,           run.policy.max_nodes,
                     run.policy.required_metadata};
    terms_.lost_updates = &lost;
  }

  bool has_work(const report::FileReport& report) const {
    return std::any_of(report.findings.begin(), report.findings.end(),
                       [&](const report::Located& located) {
                         return repair::may_be_fixed(located.finding, terms_.wish);
                       });
  }

  // `told`: what is left of `all` when the user's policy has acted. The rest is not fixed.
  FixedReport fix_one(const SpecRun& run, const report::FileReport& all,
                      const report::FileReport& told) const {
    const workspace::Layout* layout = run.layout ? &*run.layout : nullptr;
    std::set<workspace::FindingName> hidden;
    for (const report::Located& each : all.findings) {
      hidden.insert(workspace::name_of(each.finding));
    }
    for (const report::Located& each : told.findings) {
      hidden.erase(workspace::name_of(each.finding));
    }
    FixedReport done;
    auto fixed = is_markdown(all) ? fix_entries(*layout, told, std::move(hidden))
                                  : fix_spec(layout, all, std::move(hidden));
    if (!fixed) {
      done.error = fixed.error();
      return done;
    }
    done.fixed = std::move(*fixed);
    if (!done.fixed.backup.empty()) {
      done.backup = shown_name(session_, layout, done.fixed.backup);
    }
    return done;
  }

  static bool is_markdown(const report::FileReport& report) { return report.file.ends_with(".md"); }

  Result<workspace::FixedFile> fix_spec(const workspace::Layout* layout,
                                        const report::FileReport& report,
                                        std::set<workspace::FindingName> hidden) const {
    const workspace::SpecPath place = workspace::spec_path(report.file);
    auto twins = workspace::find_twins({place}, layout, false).front();
    return workspace::fix_spec({place, std::move(twins), std::move(hidden)}, terms_,
                               session_.places());
  }

  Result<workspace::FixedFile> fix_entries(const workspace::Layout& layout,
                                           const report::FileReport& told,
                                           std::set<workspace::FindingName> hidden) const {
    workspace::MarkdownToFix wish{told.file, {}, std::move(hidden)};
    for (const report::Located& located : told.findings) {
      if (is_link(located) && repair::may_be_fixed(located.finding, terms_.wish)) {
        wish.links.push_back(located.finding);
      }
    }
    return workspace::fix_markdown(wish, terms_, layout);
  }

  // Whether it was found between files, not in one.
  static bool is_link(const report::Located& located) {
    using Links = void (*)(const rules::Repository&, rules::LinkReport&);
    return std::holds_alternative<Links>(located.finding.rule->check);
  }

  // The report of a file that was fixed. What was found between files stays: it is looked for again
  // when all is done.
  report::FileReport rest_of(const SpecRun& run, const workspace::FixedFile& fixed,
                             const report::FileReport& before) const {
    report::FileReport rest = before;
    std::erase_if(rest.findings, [&](const report::Located& located) {
      return !is_link(located) || repair::may_be_fixed(located.finding, terms_.wish);
    });
    const SourceText source(before.path, fixed.after);
    for (const rules::Finding& finding : fixed.made.remaining) {
      rest.findings.push_back(report::locate(source, finding, !session_.json()));
    }
    std::stable_sort(rest.findings.begin(), rest.findings.end(),
                     [](const report::Located& a, const report::Located& b) {
                       return a.location.offset < b.location.offset;
                     });
    if (is_markdown(before)) {
      const std::string name =
          fs::path(before.file).lexically_relative(run.layout->bank_dir()).generic_string();
      rest.suppressions.clear();
      workspace::add_document_facts(bank::Document::of(source, bank::kind_of(name)), source,
                                    !session_.json(), rest);
    }
    rest.total_tasks = fixed.total_tasks;
    rest.completed_tasks = fixed.completed_tasks;
    rest.damaged = false;
    return rest;
  }

  void collect(const SpecRun& run) {
    answer_.looked_at = run.reports.size();
    for (const report::FileReport& report : run.reports) {
      const auto done = done_.find(report.file);
      answer_.files.push_back(done == done_.end() ? FixedReport() : std::move(done->second));
      answer_.files.back().report = report;
      for (const std::string& remark : answer_.files.back().fixed.remarks) {
        session_.tell("sdd: " + remark);
      }
    }
  }

  Result<void> print() const {
    Result<void> printed;
    if (!session_.json()) {
      printed = session_.print(fix_text(answer_));
    } else {
      json::Writer out = session_.writer();
      single() ? write_fix(out, answer_) : write_fixes(out, answer_);
      printed = session_.print(out);
    }
    const bool written = std::any_of(answer_.files.begin(), answer_.files.end(),
                                     [](const FixedReport& file) { return file.fixed.written; });
    return written ? Session::printed_when_done(std::move(printed)) : printed;
  }

  const Session& session_;
  const Arguments& arguments_;
  const std::vector<std::string> names_;
  const bool only_specs_;
  workspace::FixTerms terms_;
  std::map<std::string, FixedReport> done_;  // by file
  FixAnswer answer_;
};

Result<int> run_fix(const Session& session, const Arguments& arguments) {
  return FixRun(session, arguments).run();
}

}  // namespace

extern const Command kFix;
constinit const Command kFix = {
    .name = "fix",
    .summary = "mend what has only one possible result: counts, roll-ups, form",
    .details =
        "What `sdd validate --json` counts in auto_fixable_issues is mended in one run, under "
        "each\n"
        "file's lock, with a copy of the old bytes in .sdd/backups. No text, date or task is ever\n"
        "made up; with --unsafe also fixes that choose something. While a file shows that data "
        "may\n"
        "be lost, its counts stay: they are the trace. A fix that would bring a new fault is left\n"
        "out and told. The exit code is that of what remains, as `sdd validate` says it of named\n"
        "specs, and `sdd check` of everything else.",
    .example = "sdd fix --preview --diff",
    .options = kFixOptions,
    .run = run_fix};

}  // namespace sdd::cli
