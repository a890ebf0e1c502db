#include <optional>

#include "base/strings.h"
#include "json/tree.h"
#include "rules/rule.h"
#include "spec/counts.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_progress(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kWrongProgress = {
    .code = "SDD309",
    .name = "wrong-progress",
    .severity = Severity::kError,
    .fix = Safety::kSafe,
    .title = "progress_percentage is not what the counts give",
    .why =
        "Lists and dashboards show this number without counting. It is derived, 100 times "
        "completed_tasks by total_tasks of spec-root, rounded down, and goes stale when it is not "
        "written along with the counts.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "metadata": {"progress_percentage": 100},
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "metadata": {"progress_percentage": 0},
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .check = check_progress};

namespace {

struct Progress {
  std::int64_t completed;
  std::int64_t total;
  std::int64_t percentage;
};

Progress progress_of(std::int64_t completed, std::int64_t total) {
  return {completed, total, spec::percentage(completed, total)};
}

bool is_number(json::Value value, std::int64_t number) {
  return value.number() == static_cast<double>(number);
}

// What the value must be; nothing when it is right, or nobody can tell. It is right when it follows
// from the counts of the root, be they right (a wrong count is SDD301 or SDD302), or from what
// these must be. An empty spec that is completed may be at 0 or 100.
std::optional<Progress> right_progress(const spec::Spec& spec, json::Value value) {
  const spec::Node* root = spec.root();
  if (root == nullptr) return std::nullopt;
  const bool counted = root->total && root->completed;
  if (counted && is_number(value, spec::percentage(*root->completed, *root->total))) {
    return std::nullopt;
  }
  const spec::NodeCounts counts = spec::check_counts(spec)[spec.index_of(*root)];
  const spec::CountRange total = counts.total.taken(root->total);
  const spec::CountRange completed = counts.completed.taken(root->completed);
  if (!total.is_exact() || !completed.is_exact()) {
    if (!counted) return std::nullopt;
    return progress_of(*root->completed, *root->total);
  }
  const Progress right = progress_of(completed.least, total.least);
  const bool empty = right.total == 0 && root->status == spec::Status::kCompleted;
  if (is_number(value, right.percentage) || (empty && is_number(value, 100))) return std::nullopt;
  return right;
}

std::string shown_progress(json::Value value) {
  return value.is_number() ? printable(value.raw()) : json::kind_name(value.kind());
}

void check_progress(const spec::Spec& spec, Report& report) {
  constexpr const char* kMember = "progress_percentage";
  for (const json::Value object : {spec.metadata, spec.root_value()}) {
    const json::Value progress = object.find(kMember);
    if (!progress || progress.is_null()) continue;
    const auto right = right_progress(spec, progress);
    if (!right) continue;
    const std::string number = std::to_string(right->percentage);
    Finding& finding =
        report.add(progress, "progress_percentage is " + shown_progress(progress) + ", " +
                                 std::to_string(right->completed) + " of " +
                                 std::to_string(right->total) + " tasks make " + number);
    finding.fix = Fix{Safety::kSafe, "set progress_percentage to " + number};
    spec::Change change = spec::change_member(
        object == spec.metadata ? spec::Path{"metadata", kMember} : spec::Path{kMember},
        json::Snippet{std::string(progress.raw()), true}, json::Snippet{number});
    change.derived = true;
    finding.fix->changes.push_back(std::move(change));
  }
}

}  // namespace

}  // namespace sdd::rules
