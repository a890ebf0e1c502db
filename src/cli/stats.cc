#include <fmt/core.h>

#include <array>
#include <cmath>

#include "base/strings.h"
#include "cli/answer.h"
#include "cli/columns.h"
#include "cli/command.h"
#include "spec/outline.h"
#include "spec/progress.h"
#include "workspace/open_spec.h"

namespace sdd::cli {
namespace {

constexpr Option kStatsOptions[] = {
    {"SPEC", Takes::kArgument, nullptr, "a spec id or path"},
};

struct Stats {
  std::int64_t nodes = 0;
  std::int64_t tasks = 0;
  std::int64_t phases = 0;
  std::int64_t verifications = 0;
  std::array<std::int64_t, 4> by_status = {};  // of tasks and subtasks, by spec::Status
  std::int64_t max_depth = 0;
  spec::Progress progress;

  double tasks_per_phase() const { return ratio(tasks, phases); }
  double coverage() const { return ratio(verifications, tasks); }
  // Hundredths rounded down, so that 1 means complete.
  double fraction() const { return progress.percentage() / 100.0; }

  static double ratio(std::int64_t part, std::int64_t of) {
    return of == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(of);
  }
};

void count(const spec::OutlineItem& item, Stats& stats) {
  ++stats.nodes;
  stats.max_depth = std::max<std::int64_t>(stats.max_depth, item.depth);
  const spec::Node& node = *item.node;
  if (node.type == spec::NodeType::kPhase) ++stats.phases;
  if (node.type == spec::NodeType::kVerify) ++stats.verifications;
  if (node.type == spec::NodeType::kTask || node.type == spec::NodeType::kSubtask) {
    ++stats.tasks;
    if (node.status) ++stats.by_status[static_cast<std::size_t>(*node.status)];
  }
}

Stats stats_of(const spec::Spec& spec) {
  Stats stats;
  for (const spec::OutlineItem& item : spec::outline(spec)) count(item, stats);
  stats.progress = spec::ProgressReader(spec).of_spec();
  return stats;
}

void write_json(const std::string& id, const Stats& stats, json::Writer& out) {
  out.begin_object();
  out.key("spec_id").string(id);
  out.key("totals").begin_object();
  out.key("nodes").integer(stats.nodes);
  out.key("tasks").integer(stats.tasks);
  out.key("phases").integer(stats.phases);
  out.key("verifications").integer(stats.verifications);
  out.end_object().key("status_counts").begin_object();
  for (std::size_t i = 0; i < stats.by_status.size(); ++i) {
    out.key(spec::status_names()[i]).integer(stats.by_status[i]);
  }
  out.end_object();
  out.key("max_depth").integer(stats.max_depth);
  out.key("avg_tasks_per_phase").decimal(stats.tasks_per_phase(), 2);
  out.key("verification_coverage").decimal(stats.coverage(), 2);
  out.key("progress").decimal(stats.fraction(), 2);
  out.end_object();
}

std::string text_of(const std::string& id, const Stats& stats, bool color) {
  Columns table(color, "  ");
  const auto row = [&](const char* label, std::string value) {
    table.row({{label}, {std::move(value), Color::kNone, Cell::kRight}});
  };
  row("nodes", std::to_string(stats.nodes));
  row("phases", std::to_string(stats.phases));
  row("tasks and subtasks", std::to_string(stats.tasks));
  for (std::size_t i = 0; i < stats.by_status.size(); ++i) {
    table.row({{"  " + std::string(spec::status_names()[i])},
               {std::to_string(stats.by_status[i]), Color::kNone, Cell::kRight}});
  }
  row("verifications", std::to_string(stats.verifications));
  row("levels below the root", std::to_string(stats.max_depth));
  row("tasks per phase", fmt::format("{:.2f}", stats.tasks_per_phase()));
  row("verifications per task", fmt::format("{:.2f}", stats.coverage()));
  row("progress", fmt::format("{}%", stats.progress.percentage()));
  return painted(printable(id), Color::kBold, color) + '\n' + table.text();
}

Result<int> run_stats(const Session& session, const Arguments& arguments) {
  const auto opened = workspace::open_spec(arguments.text("SPEC"), session.places());
  if (!opened) return tl::unexpected(opened.error());
  const Stats stats = stats_of((*opened)->spec);
  return answer(
      session, [&](json::Writer& out) { write_json((*opened)->id(), stats, out); },
      [&] { return text_of((*opened)->id(), stats, session.color()); });
}

}  // namespace

extern const Command kStats;
constinit const Command kStats = {
    .name = "stats",
    .summary = "how a spec is built: nodes, tasks by status, depth, checks per task",
    .details = "",
    .example = "sdd stats billing-2026-02-11-001 --json | jq .totals.tasks",
    .options = kStatsOptions,
    .run = run_stats};

}  // namespace sdd::cli
