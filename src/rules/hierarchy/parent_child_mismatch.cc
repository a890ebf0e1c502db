#include <fmt/format.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "rules/fixes.h"
#include "rules/hierarchy/links.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_ends_agree(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kParentChildMismatch = {
    .code = "SDD205",
    .name = "parent-child-mismatch",
    .severity = Severity::kError,
    .fix = Safety::kSafe,
    .title = "a node lists a child that names another parent",
    .why =
        "The tree is written twice, in children and in parent, and the two must agree. "
        "Where they do not, counts go up one way and progress is shown another way.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["phase-1", "phase-2"], "total_tasks": 2, "completed_tasks": 0, "metadata": {}},
    "phase-1": {"type": "phase", "title": "Build", "status": "pending", "parent": "spec-root", "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "phase-2", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}},
    "phase-2": {"type": "phase", "title": "Test", "status": "pending", "parent": "spec-root", "children": ["task-2-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-2-1": {"type": "task", "title": "Test it", "status": "pending", "parent": "phase-2", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "test_a.py"}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["phase-1", "phase-2"], "total_tasks": 2, "completed_tasks": 0, "metadata": {}},
    "phase-1": {"type": "phase", "title": "Build", "status": "pending", "parent": "spec-root", "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "phase-1", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}},
    "phase-2": {"type": "phase", "title": "Test", "status": "pending", "parent": "spec-root", "children": ["task-2-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-2-1": {"type": "task", "title": "Test it", "status": "pending", "parent": "phase-2", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "test_a.py"}}
  }
})"}}},
    .check = check_ends_agree};

namespace {

// A link whose ends disagree, and on which no other rule speaks: the child's parent is missing
// (SDD208), unknown (SDD203), or the child is no node at all (SDD212).
bool ends_disagree(const spec::Node& child, std::uint32_t lister) {
  if (child.parent == lister) return false;
  return child.parent != spec::kNoNode || child.parent_value.is_null();
}

// Which nodes the node that they name as their parent lists.
std::vector<bool> listed_by_their_parent(const spec::Spec& spec) {
  std::vector<bool> listed(spec.nodes().size(), false);
  for (const spec::Node& node : spec.nodes()) {
    for (const spec::Child& child : spec.children(node)) {
      if (child.node != spec::kNoNode && !node.hidden &&
          spec.nodes()[child.node].parent == spec.index_of(node)) {
        listed[child.node] = true;
      }
    }
  }
  return listed;
}

// The child named a parent that lists it: `lister`'s list is wrong.
void tell_wrong_list(const spec::Spec& spec, const spec::Node& lister, const spec::Child& link,
                     bool safe, ChildRemoval& removal, Report& report) {
  const spec::Node& child = spec.nodes()[link.node];
  const std::string name = quote(child.id);
  Finding& finding = report.add(
      link.value, child.id == "spec-root"
                      ? fmt::format("{} lists 'spec-root' as a child", quote(lister.id))
                      : fmt::format("{} lists {} as a child, but its parent is {}, which lists it, "
                                    "too",
                                    quote(lister.id), name, quote(spec.at(child.parent)->id)));
  finding.node = lister.id;
  const std::string title =
      fmt::format("take {} out of the children of {}", name, quote(lister.id));
  const auto position = static_cast<std::size_t>(&link - spec.children(lister).data());
  finding.fix = safe ? node_fix(lister, Safety::kSafe, title, {removal.of(lister, position)})
                     : Fix{Safety::kPlan, title};
}

// Nobody whom the child names lists it: its parent is wrong, or two lists are.
void tell_wrong_parent(const spec::Spec& spec, const spec::Node& child,
                       const std::vector<std::string>& listers, Report& report) {
  const bool one = listers.size() == 1;
  const std::string who = listers.size() <= 3
                              ? join_and(listers)
                              : fmt::format("{} and {} others", listers[0], listers.size() - 1);
  std::string message = "the parent of " + quote(child.id);
  if (const spec::Node* parent = spec.at(child.parent)) {
    const std::string name = quote(parent->id);
    message += fmt::format(" is {0}, but {0} does not list it and {1} {2}", name, who,
                           one ? "does" : "do");
  } else {
    message += fmt::format(" is null, but {} {} it as a child", who, one ? "lists" : "list");
  }
  Finding& finding = report.add(child.parent_value, std::move(message));
  finding.node = child.id;
  if (one) finding.fix = Fix{Safety::kPlan, "set parent to " + listers[0]};
}

void tell_mismatches(const spec::Spec& spec, Report& report) {
  std::set<std::uint32_t> closing;  // links that SDD207 speaks about, by their values
  for_each_cycle(spec, [&](auto, const spec::Child& link) { closing.insert(link.value.index()); });
  const std::vector<bool> agreed = listed_by_their_parent(spec);
  const std::vector<bool> sound = reached_from_root(spec, true);
  std::map<std::uint32_t, std::vector<std::string>> contested;  // child -> who lists it
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;       // a repetition is SDD213's
  ChildRemoval removal;
  for (const spec::Node& node : spec.nodes()) {
    const std::uint32_t lister = spec.index_of(node);
    if (node.hidden) continue;
    for (const spec::Child& link : spec.children(node)) {
      if (link.node == spec::kNoNode || closing.contains(link.value.index())) continue;
      const spec::Node& child = spec.nodes()[link.node];
      if (!ends_disagree(child, lister) || !seen.emplace(lister, link.node).second) continue;
      if (&child == spec.root() || agreed[link.node]) {
        // Without a link of a circle, the link that SDD207 speaks about closes none any more.
        const bool safe = agreed[link.node] && sound[link.node] && closing.empty();
        tell_wrong_list(spec, node, link, safe, removal, report);
      } else {
        contested[link.node].push_back(quote(node.id));
      }
    }
  }
  for (const auto& [child, listers] : contested) {
    tell_wrong_parent(spec, spec.nodes()[child], listers, report);
  }
}

void check_ends_agree(const spec::Spec& spec, Report& report) {
  for (const spec::Node& node : spec.nodes()) {
    for (const spec::Child& link : spec.children(node)) {
      if (link.node == spec::kNoNode || node.hidden) continue;
      if (!ends_disagree(spec.nodes()[link.node], spec.index_of(node))) continue;
      tell_mismatches(spec, report);
      return;
    }
  }
}

}  // namespace

}  // namespace sdd::rules
