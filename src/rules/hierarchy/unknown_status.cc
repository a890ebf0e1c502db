#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "rules/fixes.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_statuses(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kUnknownStatus = {
    .code = "SDD210",
    .name = "unknown-status",
    .severity = Severity::kError,
    .fix = Safety::kUnsafe,
    .title = "a node's status is none of the known ones",
    .why =
        "Work counts as done only when its status is completed, in this spelling. "
        "Anything else, done for instance, is counted as open and shown as nothing.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "todo", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .check = check_statuses};

namespace {

constexpr std::pair<std::string_view, std::string_view> kOtherStatuses[] = {
    {"done", "completed"},      {"complete", "completed"},  {"finished", "completed"},
    {"closed", "completed"},    {"resolved", "completed"},  {"passed", "completed"},
    {"todo", "pending"},        {"to_do", "pending"},       {"open", "pending"},
    {"not_started", "pending"}, {"new", "pending"},         {"planned", "pending"},
    {"queued", "pending"},      {"wip", "in_progress"},     {"doing", "in_progress"},
    {"started", "in_progress"}, {"active", "in_progress"},  {"ongoing", "in_progress"},
    {"working", "in_progress"}, {"running", "in_progress"}, {"stuck", "blocked"},
    {"waiting", "blocked"},     {"on_hold", "blocked"},     {"paused", "blocked"},
};

std::string likely_status(std::string_view written) {
  std::string word = ascii_lower(written);
  std::replace_if(
      word.begin(), word.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
  for (const auto& [other, ours] : kOtherStatuses) {
    if (word == other) return std::string(ours);
  }
  const std::vector<std::string> near = nearest(word, spec::status_names(), 1);
  return near.empty() ? std::string() : near[0];
}

void check_statuses(const spec::Spec& spec, Report& report) {
  for (const spec::Node& node : spec.nodes()) {
    const json::Value status = node.status_value;
    if (node.status || !status) continue;
    Finding& finding = report.add(
        status,
        fmt::format("status is {}, not one of pending, in_progress, completed and blocked",
                    status.is_string() ? quote(status.string()) : kind_name(status.kind())));
    finding.node = node.id;
    const std::string likely = status.is_string() ? likely_status(status.string()) : std::string();
    if (likely.empty()) continue;
    finding.help = fmt::format("did you mean {}?", quote(likely));
    finding.fix = node_fix(node, Safety::kUnsafe, "set status to " + quote(likely),
                           {set_member(node, "status", status, '"' + likely + '"')});
  }
}

}  // namespace

}  // namespace sdd::rules
