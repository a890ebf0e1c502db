#include <fmt/format.h>
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "json/tree.h"
#include "rules/fixes.h"
#include "rules/rule.h"
#include "spec/dependencies.h"
#include "spec/draft.h"
#include "spec/settle.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_both_ends(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kOneSidedDependency = {
    .code = "SDD503",
    .name = "one-sided-dependency",
    .severity = Severity::kError,
    .fix = Safety::kUnsafe,
    .title = "a dependency is written down at one of its two ends only",
    .why =
        "a blocks b and b is blocked_by a are one statement, and programs read either. Where one "
        "end is missing they disagree on whether b may start. Perhaps somebody took the dependency "
        "back and forgot the other end.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}, "dependencies": {"blocks": ["task-1-2"], "blocked_by": [], "depends": []}},
    "task-1-2": {"type": "task", "title": "Try it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}, "dependencies": {"blocks": [], "blocked_by": [], "depends": []}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1", "task-1-2"], "total_tasks": 2, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}, "dependencies": {"blocks": ["task-1-2"], "blocked_by": [], "depends": []}},
    "task-1-2": {"type": "task", "title": "Try it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "b.py"}, "dependencies": {"blocks": [], "blocked_by": ["task-1-1"], "depends": []}}
  }
})"}}},
    .check = check_both_ends};

namespace {

using Pair = std::pair<std::uint32_t, std::uint32_t>;  // blocker, waiter

Pair pair_of(const spec::Dependency& dependency) {
  return {dependency.blocker(), dependency.waiter()};
}

// blocks and blocked_by with a known target, both ends of a pair side by side.
std::vector<spec::Dependency> sorted_ends(const std::vector<spec::Dependency>& dependencies) {
  std::vector<spec::Dependency> ends;
  for (const spec::Dependency& dependency : dependencies) {
    if (dependency.target == spec::kNoNode || dependency.kind == spec::DependencyKind::kDepends) {
      continue;
    }
    ends.push_back(dependency);
  }
  std::stable_sort(ends.begin(), ends.end(), [](const auto& a, const auto& b) {
    return std::tuple(pair_of(a), a.kind) < std::tuple(pair_of(b), b.kind);
  });
  return ends;
}

spec::DependencyKind other_end(spec::DependencyKind kind) {
  return kind == spec::DependencyKind::kBlocks ? spec::DependencyKind::kBlockedBy
                                               : spec::DependencyKind::kBlocks;
}

// The nodes whose list of one kind is at fault itself: an id that no node has (SDD501) may be the
// misspelled other end, and in a malformed list (SDD505) it may stand unread.
std::vector<bool> faulty_lists(const spec::Spec& spec, spec::DependencyKind kind) {
  std::vector<bool> faulty(spec.nodes().size(), false);
  for (std::uint32_t index = 0; index < faulty.size(); ++index) {
    const json::Value object = spec.nodes()[index].dependencies;
    const json::Value list = object.find(to_string(kind));
    if ((object && !object.is_object()) || (list && !list.is_array())) faulty[index] = true;
    for (const json::Value id : list.elements()) {
      if (!id.is_string() || spec.find(id.string()) == nullptr) faulty[index] = true;
    }
  }
  return faulty;
}

// What a missing end may be the consequence of.
struct OtherFaults {
  OtherFaults(const spec::Spec& spec, const std::vector<spec::Dependency>& dependencies)
      : blocks(faulty_lists(spec, spec::DependencyKind::kBlocks)),
        blocked_by(faulty_lists(spec, spec::DependencyKind::kBlockedBy)),
        groups(spec::dependency_groups(spec, dependencies)) {}

  bool explain(const spec::Dependency& end) const {
    const bool in_circle = groups[end.node] == groups[end.target];  // SDD502
    const bool blocks_missing = end.kind == spec::DependencyKind::kBlockedBy;
    return in_circle || (blocks_missing ? blocks : blocked_by)[end.target];
  }

  std::vector<bool> blocks;
  std::vector<bool> blocked_by;
  std::vector<std::uint32_t> groups;
};

// The list, and the object that holds it, are made where they are missing.
spec::Changes put_into_list(const spec::Node& node, const std::string& list, std::string_view id) {
  spec::Changes changes;
  const spec::Path object = spec::node_path(node, "dependencies");
  spec::Path path = object;
  path.push_back(list);
  const auto make = [&](const spec::Path& place, const char* empty) {
    changes.push_back(spec::change_member(place, std::nullopt, json::Snippet{empty}));
  };
  if (!node.dependencies) make(object, "{}");
  if (!node.dependencies.find(list)) make(path, "[]");
  const std::string text = spec::json_text(id);
  changes.push_back(spec::add_item(path, text, json::Snippet{text}));
  return changes;
}

void tell_one_sided(const spec::Spec& spec, const spec::Dependency& end, Report& report) {
  const spec::Node& node = spec.nodes()[end.node];
  const spec::Node& other = spec.nodes()[end.target];
  const std::string name = quote(node.id);
  const std::string_view missing = to_string(other_end(end.kind));
  const bool blocks = end.kind == spec::DependencyKind::kBlocks;
  Finding& finding = report.add(end.value, fmt::format("{} {} {}, but that is not in the {} of {}",
                                                       name, blocks ? "blocks" : "is blocked by",
                                                       quote(other.id), missing, quote(other.id)));
  finding.node = node.id;
  finding.help = "write it down at both ends, or at none";
  finding.fix = node_fix(other, Safety::kUnsafe,
                         fmt::format("add {} to {} of {}", name, missing, quote(other.id)),
                         put_into_list(other, std::string(missing), node.id));
  finding.related.push_back({other.key.span(), quote(other.id) + " stands here"});
}

void check_both_ends(const spec::Spec& spec, Report& report) {
  const std::vector<spec::Dependency> dependencies = spec::dependencies(spec);
  if (dependencies.empty()) return;
  const std::vector<spec::Dependency> ends = sorted_ends(dependencies);
  std::optional<OtherFaults> faults;
  for (std::size_t i = 0, next = 0; i < ends.size(); i = next) {
    while (next < ends.size() && pair_of(ends[next]) == pair_of(ends[i])) ++next;
    if (ends[i].kind != ends[next - 1].kind) continue;  // both ends are there
    if (!faults) faults.emplace(spec, dependencies);
    if (!faults->explain(ends[i])) tell_one_sided(spec, ends[i], report);
  }
}

}  // namespace

}  // namespace sdd::rules
