#include <fmt/format.h>

#include <string_view>

#include "base/strings.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_dotted_keys(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kDottedKey = {
    .code = "SDD115",
    .name = "dotted-key",
    .severity = Severity::kWarning,
    .fix = Safety::kPlan,
    .title = "metadata has a key that looks like a path into a node",
    .why =
        "An update that was meant for a node made a new member of metadata instead, under "
        "a name such as task-1-1.status. The node itself never changed, and nobody reads "
        "the member.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z", "metadata": {"task-1-1.status_note": "half done"},
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z", "metadata": {"git.branch_name": "demo"},
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .check = check_dotted_keys};

namespace {

// "task-1-1" of "task-1-1.status" and of "hierarchy.task-1-1.status".
std::string_view path_head(std::string_view& key) {
  constexpr std::string_view kHierarchy = "hierarchy.";
  if (key.starts_with(kHierarchy)) key.remove_prefix(kHierarchy.size());
  const std::size_t dot = key.find('.');
  const std::string_view head = key.substr(0, dot);
  key = dot == std::string_view::npos ? std::string_view() : key.substr(dot + 1);
  return head;
}

bool looks_like_node_id(std::string_view id) {
  for (const std::string_view kind : {"phase-", "task-", "subtask-", "verify-", "group-"}) {
    if (id.starts_with(kind) && id.size() > kind.size()) {
      return id[kind.size()] >= '0' && id[kind.size()] <= '9';
    }
  }
  return id == "spec-root";
}

void check_dotted_keys(const spec::Spec& spec, Report& report) {
  for (const json::Member member : spec.metadata.members()) {
    const std::string_view key = member.key.string();
    if (key.find('.') == std::string_view::npos) continue;
    std::string_view rest = key;
    const std::string_view id = path_head(rest);
    if (rest.empty()) continue;
    const spec::Node* node = spec.find(id);
    if (node == nullptr && !looks_like_node_id(id)) continue;

    Finding& finding = report.add(
        member.key,
        fmt::format("metadata has a key {}: an update that went to the wrong place", quote(key)));
    if (node == nullptr) {
      finding.help = fmt::format("there is no node {}", quote(id));
      continue;
    }
    finding.node = node->id;
    const json::Value there = node->value.find(rest);
    finding.help = there ? fmt::format("the node says {}", quote(there.raw(), 40))
                         : fmt::format("the node has no {}", quote(rest));
    finding.fix = Fix{Safety::kPlan, fmt::format("move it to {} of {}", quote(rest), quote(id))};
  }
}

}  // namespace

}  // namespace sdd::rules
