// 1. What is about to be, and what it is held against: by the hook's name, and what git tells it on
//    stdin.
// 2. Check what differs; take out what was so before.
// 3. What is left and is an error blocks.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "cli/app.h"
#include "cli/spec_run.h"
#include "git/repository.h"
#include "report/findings_json.h"
#include "workspace/changes/news.h"
#include "workspace/changes/state_layout.h"
#include "workspace/settle.h"

namespace sdd::cli {
namespace {

using git::Repository;
using git::State;
using workspace::Layout;

constexpr auto kHookOptions = with_finding_options(std::array{
    Option{"HOOK", Takes::kArgument, nullptr,
           "pre-commit, pre-merge-commit, pre-push or pre-receive"},
    Option{"ARGUMENT", Takes::kArguments, nullptr, "what git gives the hook"},
    Option{"--strict", Takes::kNothing, nullptr,
           "block on faults that were there before, too, in what changed"},
    Option{"--schema", Takes::kValue, "FILE",
           "the JSON schema (draft-07) to hold the specs against"},
    Option{"--fail-on", Takes::kValue, "error|warning|never", "what blocks (error)"},
});

bool is_commit(const std::string& id) {
  return !id.empty() && id.find_first_not_of('0') != std::string::npos;
}

// One thing that is about to happen.
struct Step {
  std::string what;  // "refs/heads/main"; "" for a commit
  State now;
  std::vector<State> before;  // none: there is nothing to compare with
};

// The commits that a merge in progress joins, HEAD apart.
std::vector<State> merge_heads(const Repository& repository) {
  std::vector<State> heads;
  const auto commit = repository.commit("MERGE_HEAD");
  if (commit) heads.push_back({State::Kind::kRevision, *commit});
  return heads;
}

Step step_of_commit(const Repository& repository) {
  Step step;
  step.now.kind = State::Kind::kIndex;
  const auto head = repository.commit("HEAD");
  step.before.push_back({State::Kind::kRevision, head ? *head : ""});
  for (State& other : merge_heads(repository)) step.before.push_back(std::move(other));
  return step;
}

// Where a new branch left what is known already; nothing when it left nowhere.
std::optional<State> fork_of(const Repository& repository, const std::string& tip,
                             const std::vector<std::string>& known) {
  for (const std::string& other : known) {
    const auto base = repository.merge_base(tip, other);
    if (base && !base->empty()) return State{State::Kind::kRevision, *base};
  }
  return std::nullopt;
}

Step step_to(const Repository& repository, std::string what, const std::string& old,
             const std::string& tip, const std::vector<std::string>& known) {
  Step step{std::move(what), {State::Kind::kRevision, tip}, {}};
  if (is_commit(old) && repository.commit(old)) {
    step.before.push_back({State::Kind::kRevision, old});
  } else if (auto fork = fork_of(repository, tip, known)) {
    step.before.push_back(std::move(*fork));
  }
  return step;
}

// The lines that git gives a hook on stdin.
std::vector<std::vector<std::string>> lines_of_stdin() {
  std::vector<std::vector<std::string>> lines;
  for (std::string line; std::getline(std::cin, line);) {
    if (line.empty()) continue;
    std::istringstream words(line);
    lines.emplace_back(std::istream_iterator<std::string>(words),
                       std::istream_iterator<std::string>());
  }
  return lines;
}

Result<std::vector<Step>> steps_of(const std::string& hook, const Repository& repository) {
  std::vector<Step> steps;
  if (hook == "pre-commit" || hook == "pre-merge-commit") {
    steps.push_back(step_of_commit(repository));
    return steps;
  }
  const bool push = hook == "pre-push";
  if (!push && hook != "pre-receive") {
    return fail(ErrorKind::kUsage, "no hook is named " + sdd::quote(hook),
                nearest(hook, {"pre-commit", "pre-merge-commit", "pre-push", "pre-receive"}));
  }
  auto tips = repository.tips(push ? "refs/remotes/" : "refs/heads/");
  if (!tips) return tl::unexpected(tips.error());
  // pre-push: local ref, local id, remote ref, remote id; pre-receive: old id, new id, ref.
  constexpr std::size_t kPushed = 4;
  constexpr std::size_t kReceived = 3;
  for (const auto& words : lines_of_stdin()) {
    if (words.size() != (push ? kPushed : kReceived)) {
      return fail(ErrorKind::kUsage, "stdin does not say what " + hook + " is told by git");
    }
    const std::string& tip = words[1];
    const std::string& old = push ? words[3] : words[0];
    const std::string& ref = words[2];
    if (!is_commit(tip) || !ref.starts_with("refs/heads/")) continue;  // a deletion; a tag
    steps.push_back(step_to(repository, ref, old, tip, *tips));
  }
  return steps;
}

Result<std::optional<Layout>> layout_for(const Session& session, const std::string& hook,
                                         const Repository& repository, const Step& step) {
  if (hook == "pre-receive") return workspace::layout_of_state(repository, step.now);
  const State before = step.before.empty() ? State{} : step.before.front();
  auto layout = workspace::layout_before(session.places(), true, repository, before);
  if (layout) return std::optional(std::move(*layout));
  if (layout.error().kind == ErrorKind::kNotRepository) return std::optional<Layout>();
  return tl::unexpected(layout.error());
}

bool is_history(const report::Located& located) {
  const std::string_view code = located.finding.rule->code;
  return "SDD902" <= code && code <= "SDD912";
}

// What the step brings beyond each of the states before it.
class StepCheck {
 public:
  StepCheck(const Session& session, const Arguments& arguments, const Repository& repository,
            const Layout& layout)
      : session_(session), arguments_(arguments), repository_(repository), layout_(layout) {}

  Result<SpecRun> check(const Step& step) {
    // Without anything before it the whole state is looked at.
    const State first = step.before.empty() ? State{} : step.before.front();
    auto run = look({first, step.now, !step.before.empty()});
    if (!run) return run;
    for (std::size_t i = 1; i < step.before.size(); ++i) {
      auto other = look({step.before[i], step.now});
      if (!other) return other;
      add_history(*other, *run);
    }
    if (arguments_.has("--strict")) return run;
    if (step.before.empty()) {
      for (report::FileReport& report : run->reports) known_ += report.findings.size();
      run->reports.clear();
      return run;
    }
    for (const State& before : step.before) {
      auto old = look({before, step.now, false, true});
      if (!old) return old;
      known_ += workspace::drop_known(
          run->reports, old->reports,
          [&](const report::FileReport& report) { return workspace::name_of(report, &layout_); });
    }
    return run;
  }

  std::size_t known() const { return known_; }

 private:
  Result<SpecRun> look(const States& states) {
    auto run =
        run_on_states(session_, arguments_, repository_, layout_, states, rules::Purpose::kCheck);
    if (!run) return run;
    const auto settled = settle_run(session_, *run, true);
    if (!settled) return tl::unexpected(settled.error());
    return run;
  }

  static void add_history(SpecRun& from, SpecRun& into) {
    for (report::FileReport& report : from.reports) {
      std::erase_if(report.findings, [](const auto& found) { return !is_history(found); });
      if (report.findings.empty()) continue;
      const auto same = std::find_if(into.reports.begin(), into.reports.end(),
                                     [&](const auto& known) { return known.file == report.file; });
      if (same == into.reports.end()) {
        into.reports.push_back(std::move(report));
      } else {
        std::move(report.findings.begin(), report.findings.end(),
                  std::back_inserter(same->findings));
      }
    }
  }

  const Session& session_;
  const Arguments& arguments_;
  const Repository& repository_;
  const Layout& layout_;
  std::size_t known_ = 0;
};

// What all steps of one call brought, as one document.
struct AllSteps {
  std::vector<report::FileReport> reports;
  report::CheckSummary summary;

  void add(SpecRun run) {
    std::move(run.reports.begin(), run.reports.end(), std::back_inserter(reports));
    summary.files += run.summary.files;
    summary.specs += run.summary.specs;
    summary.entries += run.summary.entries;
    summary.work_items += run.summary.work_items;
  }
};

Result<void> print(const Session& session, const Step& step, const SpecRun& run,
                   std::size_t known) {
  const bool found = std::any_of(run.reports.begin(), run.reports.end(),
                                 [](const auto& report) { return !report.findings.empty(); });
  if (found) {
    if (!step.what.empty()) session.tell("sdd: " + printable(step.what) + ":");
    const auto printed = print_text(session, run.reports, "file");
    if (!printed) return printed;
  }
  if (known > 0) {
    session.tell(fmt::format("sdd: {} {} there before, and {} not block ('--strict' does)", known,
                             known == 1 ? "fault was" : "faults were", known == 1 ? "does" : "do"));
  }
  return {};
}

Result<int> run_hook(const Session& session, const Arguments& arguments) {
  const std::string hook = arguments.text("HOOK");
  const auto repository = git::open_repository(session.places().current);
  if (!repository) return tl::unexpected(repository.error());
  const auto steps = steps_of(hook, **repository);
  if (!steps) return tl::unexpected(steps.error());
  int worst = 0;
  AllSteps all;
  for (const Step& step : *steps) {
    const auto layout = layout_for(session, hook, **repository, step);
    if (!layout) return tl::unexpected(layout.error());
    if (!*layout) continue;  // neither specs nor a memory bank: nothing of ours
    StepCheck check(session, arguments, **repository, **layout);
    auto run = check.check(step);
    if (!run) return tl::unexpected(run.error());
    worst = std::max(worst, exit_code_of(*run, "error"));
    if (session.json()) {
      all.add(std::move(*run));
      continue;
    }
    const auto printed = print(session, step, *run, check.known());
    if (!printed) return tl::unexpected(printed.error());
  }
  if (!session.json()) return worst;
  json::Writer out = session.writer();
  report::write_check(out, all.reports, all.summary, version());
  const auto printed = session.print(out);
  if (!printed) return tl::unexpected(printed.error());
  return worst;
}

}  // namespace

extern const Command kHook;
constinit const Command kHook = {
    .name = "hook",
    .summary = "what git's hooks call: blocks what is new and wrong",
    .details =
        "pre-commit and pre-merge-commit look at what is staged, against HEAD and what is merged\n"
        "into it; pre-push at what is pushed, against what the remote has; pre-receive, on a\n"
        "server, at what was pushed, against the old tip. Faults that were there before are\n"
        "counted and do not block. 'sdd setup-git' sets the hooks.",
    .example = "sdd hook pre-commit",
    .options = kHookOptions,
    .run = run_hook};

}  // namespace sdd::cli
