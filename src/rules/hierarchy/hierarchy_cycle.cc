#include <fmt/format.h>

#include <span>
#include <string>

#include "base/strings.h"
#include "rules/hierarchy/links.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void tell_cycle(const spec::Spec& spec, std::span<const std::uint32_t> path,
                const spec::Child& closing, Report& report);
}  // namespace

constinit const Rule kHierarchyCycle = {
    .code = "SDD207",
    .name = "hierarchy-cycle",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "the children of a node lead back to it",
    .why =
        "A tree that runs in a circle has no end: programs that walk it hang or crash, "
        "and no count in it can be right.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["phase-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "phase-1": {"type": "phase", "title": "Build", "status": "pending", "parent": "spec-root", "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "phase-1", "children": ["phase-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["phase-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "phase-1": {"type": "phase", "title": "Build", "status": "pending", "parent": "spec-root", "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "phase-1", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .check = [](const spec::Spec& spec, Report& report) {
      for_each_cycle(spec, [&](std::span<const std::uint32_t> path, const spec::Child& closing) {
        tell_cycle(spec, path, closing, report);
      });
    }};

namespace {

// "'a' > 'b' > 'a'"; of a very long way its beginning and its end.
std::string way_around(const spec::Spec& spec, std::span<const std::uint32_t> path) {
  constexpr std::size_t kMost = 24;
  constexpr std::size_t kHead = 20;
  std::string way;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path.size() > kMost && i == kHead) {
      const std::size_t left_out = path.size() - kMost;
      way += fmt::format("({} more) > ", left_out);
      i += left_out;
    }
    way += quote(spec.nodes()[path[i]].id) + " > ";
  }
  return way + quote(spec.nodes()[path[0]].id);
}

void tell_cycle(const spec::Spec& spec, std::span<const std::uint32_t> path,
                const spec::Child& closing, Report& report) {
  if (report.overflowed()) return;
  const spec::Node& top = spec.nodes()[path.front()];
  const spec::Node& lister = spec.nodes()[path.back()];
  Finding& finding = report.add(
      closing.value,
      path.size() == 1 ? fmt::format("{} lists itself as a child", quote(top.id))
                       : fmt::format("the hierarchy runs in a circle: {}", way_around(spec, path)));
  finding.node = lister.id;
  if (&lister != &top) finding.related.push_back({top.key.span(), "the circle begins here"});
  if (top.parent != path.back()) {
    finding.help =
        fmt::format("take {} out of the children of {}", quote(top.id), quote(lister.id));
  } else {
    finding.help = "one of these nodes must leave the children of the one before it";
  }
}

}  // namespace

}  // namespace sdd::rules
