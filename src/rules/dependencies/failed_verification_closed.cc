#include <fmt/format.h>
#include <string_view>

#include "base/strings.h"
#include "json/tree.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_closed_verifications(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kFailedVerificationClosed = {
    .code = "SDD515",
    .name = "failed-verification-closed",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "a check is completed although it did not pass",
    .why =
        "The phase above counts the check as done, and nobody looks at what failed. Either the "
        "check is run again, or what it found becomes a task.",
    .bad = {{{"specs/completed/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "completed", "parent": null, "children": ["verify-1-1"], "total_tasks": 1, "completed_tasks": 1, "metadata": {}},
    "verify-1-1": {"type": "verify", "title": "Run the tests", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"verification_type": "auto", "command": "make test", "expected": "all tests pass", "verification_result": {"date": "2026-01-03T10:00:00Z", "status": "PARTIAL"}, "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Run the tests", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "verify-1-1"}
  ]
})"}}},
    .good = {{{"specs/completed/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "completed", "parent": null, "children": ["verify-1-1"], "total_tasks": 1, "completed_tasks": 1, "metadata": {}},
    "verify-1-1": {"type": "verify", "title": "Run the tests", "status": "completed", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 1, "metadata": {"verification_type": "auto", "command": "make test", "expected": "all tests pass", "verification_result": {"date": "2026-01-03T10:00:00Z", "status": "PASSED"}, "completed_at": "2026-01-03T10:00:00Z", "needs_journaling": false, "journaled_at": "2026-01-03T10:00:00Z"}}
  },
  "journal": [
    {"timestamp": "2026-01-03T10:00:00Z", "entry_type": "status_change", "title": "Task Completed: Run the tests", "author": "demo", "content": "Done.", "metadata": {}, "task_id": "verify-1-1"}
  ]
})"}}},
    .check = check_closed_verifications};

namespace {

bool has_passed(std::string_view verdict) { return ascii_lower(verdict) == "passed"; }

void check_closed_verifications(const spec::Spec& spec, Report& report) {
  for (const spec::Node& node : spec.nodes()) {
    const bool closed =
        node.type == spec::NodeType::kVerify && node.status == spec::Status::kCompleted;
    if (!closed || node.hidden) continue;
    const json::Value result = node.metadata_value.find("verification_result");
    const json::Value verdict = result.is_object() ? result.find("status") : result;
    if (!verdict.is_string() || has_passed(verdict.string())) continue;
    Finding& finding = report.add(verdict, fmt::format("{} is completed, but its result is {}",
                                                       quote(node.id), quote(verdict.string())));
    finding.node = node.id;
    finding.help = "run the check again and record the result, or reopen it";
    finding.related.push_back({node.status_value.span(), quote(node.id) + " is completed"});
  }
}

}  // namespace

}  // namespace sdd::rules
