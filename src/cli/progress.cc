#include "spec/progress.h"

#include <fmt/core.h>

#include "base/strings.h"
#include "cli/answer.h"
#include "cli/columns.h"
#include "cli/command.h"
#include "workspace/open_spec.h"

namespace sdd::cli {
namespace {

constexpr Option kProgressOptions[] = {
    {"SPEC", Takes::kArgument, nullptr, "a spec id or path"},
};

void write_json(const workspace::OpenSpec& opened, json::Writer& out) {
  const spec::ProgressReader progress(opened.spec);
  const spec::Progress all = progress.of_spec();
  out.begin_object();
  out.key("spec_id").string(opened.id());
  out.key("total_tasks").integer(all.total);
  out.key("completed_tasks").integer(all.completed);
  out.key("percentage").integer(all.percentage());
  if (const spec::Node* phase = spec::current_phase(opened.spec)) {
    const spec::Progress own = progress.of(*phase);
    out.key("current_phase").begin_object();
    out.key("id").string(phase->id);
    out.key("title").string(phase->title.string());
    out.key("completed").integer(own.completed);
    out.key("total").integer(own.total);
    out.end_object();
  }
  out.end_object();
}

std::string text_of(const workspace::OpenSpec& opened, bool color) {
  const spec::ProgressReader progress(opened.spec);
  const spec::Progress all = progress.of_spec();
  std::string out = fmt::format("{}\n  {} {:3}%  {} of {} completed\n", heading(opened, color),
                                progress_bar(all.percentage()), all.percentage(), all.completed,
                                counted(static_cast<std::size_t>(all.total), "task"));
  if (const spec::Node* phase = spec::current_phase(opened.spec)) {
    const spec::Progress own = progress.of(*phase);
    out += fmt::format("  current phase: {} {} ({} of {})\n", printable(phase->id),
                       shortened(phase->title.string(), 60), own.completed, own.total);
  }
  return out;
}

Result<int> run_progress(const Session& session, const Arguments& arguments) {
  const auto opened = workspace::open_spec(arguments.text("SPEC"), session.places());
  if (!opened) return tl::unexpected(opened.error());
  return answer(
      session, [&](json::Writer& out) { write_json(**opened, out); },
      [&] { return text_of(**opened, session.color()); });
}

}  // namespace

extern const Command kProgress;
constinit const Command kProgress = {
    .name = "progress",
    .summary = "how far a spec has come, and its current phase",
    .details =
        "The counts are those that stand in the file; `sdd validate` says whether they are right.\n"
        "The current phase is the first in progress, else the first pending.",
    .example = "sdd progress billing-2026-02-11-001 --json | jq .percentage",
    .options = kProgressOptions,
    .run = run_progress};

}  // namespace sdd::cli
