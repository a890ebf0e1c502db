#include <fmt/format.h>

#include <iterator>

#include "base/strings.h"
#include "cli/answer.h"
#include "cli/columns.h"
#include "cli/command.h"
#include "spec/waiting.h"
#include "workspace/open_spec.h"

namespace sdd::cli {
namespace {

constexpr Option kAnalyzeDepsOptions[] = {
    {"SPEC", Takes::kArgument, nullptr, "a spec id or path"},
    {"--bottleneck-threshold", Takes::kValue, "N", "name tasks that N others wait for (3)"},
};

constexpr std::size_t kUsualThreshold = 3;

struct Analysis {
  Analysis(const spec::Spec& spec, std::size_t from) : threshold(from) {
    const std::vector<spec::Dependency> all = spec::dependencies(spec);
    for (const spec::DependencyCycle& cycle : spec::dependency_cycles(spec, all)) {
      std::vector<const spec::Node*>& nodes = cycles.emplace_back();
      for (const spec::Dependency& wait : cycle) nodes.push_back(spec.at(wait.waiter()));
    }
    missing = spec::missing_dependencies(spec, all);
    stuck = spec::stuck_nodes(spec, all);
    bottlenecks = spec::bottlenecks(spec, all, threshold);
  }

  bool is_fine() const { return cycles.empty() && missing.empty() && stuck.empty(); }

  std::size_t threshold;
  std::vector<std::vector<const spec::Node*>> cycles;
  std::vector<spec::MissingDependency> missing;
  std::vector<spec::Stuck> stuck;
  std::vector<spec::Bottleneck> bottlenecks;
};

void write_ids(const std::vector<const spec::Node*>& nodes, json::Writer& out) {
  out.begin_array();
  for (const spec::Node* node : nodes) out.string(node->id);
  out.end_array();
}

void write_json(const Analysis& analysis, json::Writer& out) {
  out.begin_object().key("cycles").begin_array();
  for (const auto& cycle : analysis.cycles) write_ids(cycle, out);
  out.end_array().key("orphaned").begin_array();
  for (const spec::MissingDependency& missing : analysis.missing) {
    out.begin_object();
    out.key("task").string(missing.node->id);
    out.key("missing_dependency").string(missing.id);
    out.end_object();
  }
  out.end_array().key("deadlocks").begin_array();
  for (const spec::Stuck& stuck : analysis.stuck) {
    out.begin_object();
    out.key("task").string(stuck.node->id);
    out.key("blocked_by");
    write_ids(stuck.waits_for, out);
    out.end_object();
  }
  out.end_array().key("bottlenecks").begin_array();
  for (const spec::Bottleneck& bottleneck : analysis.bottlenecks) {
    out.begin_object();
    out.key("task").string(bottleneck.node->id);
    out.key("blocks").integer(static_cast<std::int64_t>(bottleneck.waiting));
    out.key("threshold").integer(static_cast<std::int64_t>(analysis.threshold));
    out.end_object();
  }
  out.end_array().key("status").string(analysis.is_fine() ? "ok" : "issues").end_object();
}

std::string joined_ids(const std::vector<const spec::Node*>& nodes, const char* between) {
  std::string text;
  for (const spec::Node* node : nodes) {
    if (!text.empty()) text += between;
    text += printable(node->id);
  }
  return text;
}

std::string text_of(const workspace::OpenSpec& opened, const Analysis& analysis, bool color) {
  std::string out = heading(opened, color) + '\n';
  const auto to = std::back_inserter(out);
  const auto section = [&](const char* title, bool any) {
    if (any) fmt::format_to(to, "{}\n", painted(title, Color::kBold, color));
  };
  section("Circles", !analysis.cycles.empty());
  for (const auto& cycle : analysis.cycles) {
    fmt::format_to(to, "  {} → {}\n", joined_ids(cycle, " → "), printable(cycle.front()->id));
  }
  section("Dependencies that are not there", !analysis.missing.empty());
  for (const spec::MissingDependency& missing : analysis.missing) {
    fmt::format_to(to, "  {} names {}\n", printable(missing.node->id), printable(missing.id));
  }
  section("Cannot be started", !analysis.stuck.empty());
  for (const spec::Stuck& stuck : analysis.stuck) {
    fmt::format_to(to, "  {} waits for {}\n", printable(stuck.node->id),
                   joined_ids(stuck.waits_for, ", "));
  }
  section("Bottlenecks", !analysis.bottlenecks.empty());
  for (const spec::Bottleneck& bottleneck : analysis.bottlenecks) {
    fmt::format_to(to, "  {} {} for {}\n", bottleneck.waiting,
                   bottleneck.waiting == 1 ? "waits" : "wait", printable(bottleneck.node->id));
  }
  if (analysis.is_fine()) out += "no dependency is in the way of another\n";
  return out;
}

Result<int> run_analyze_deps(const Session& session, const Arguments& arguments) {
  const auto threshold = arguments.number("--bottleneck-threshold");
  if (!threshold) return tl::unexpected(threshold.error());
  if (*threshold == std::size_t{0}) {
    return fail(ErrorKind::kUsage, "--bottleneck-threshold takes a number from 1 on");
  }
  const auto opened = workspace::open_spec(arguments.text("SPEC"), session.places());
  if (!opened) return tl::unexpected(opened.error());
  const Analysis analysis((*opened)->spec, threshold->value_or(kUsualThreshold));
  return answer(
      session, [&](json::Writer& out) { write_json(analysis, out); },
      [&] { return text_of(**opened, analysis, session.color()); }, analysis.is_fine() ? 0 : 1);
}

}  // namespace

extern const Command kAnalyzeDeps;
constinit const Command kAnalyzeDeps = {
    .name = "analyze-deps",
    .summary = "dependencies in circles or to nothing, tasks that cannot start, bottlenecks",
    .details =
        "The exit code is 1 when there is a circle, a dependency that does not exist or a task "
        "that\n"
        "cannot be started because it waits for one that is blocked or waits in a circle.\n"
        "Bottlenecks are told and change nothing. Completed tasks are in nobody's way.",
    .example = "sdd analyze-deps billing-2026-02-11-001 --bottleneck-threshold 5",
    .options = kAnalyzeDepsOptions,
    .run = run_analyze_deps};

}  // namespace sdd::cli
