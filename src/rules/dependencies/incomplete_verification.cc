#include <fmt/format.h>
#include <string>
#include <string_view>

#include "base/strings.h"
#include "json/tree.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_verifications(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kIncompleteVerification = {
    .code = "SDD511",
    .name = "incomplete-verification",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "a verify node lacks what is needed to carry it out",
    .why =
        "Without the command nobody can repeat the check, without the expected result nobody can "
        "tell whether it passed, and a comparison with the spec needs to know who compares what.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["verify-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "verify-1-1": {"type": "verify", "title": "Run the tests", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"verification_type": "auto", "expected": "all tests pass"}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["verify-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "verify-1-1": {"type": "verify", "title": "Run the tests", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"verification_type": "auto", "command": "make test", "expected": "all tests pass"}}
  }
})"}}},
    .check = check_verifications};

namespace {

// An empty text stays: templates write one where a check needs no command.
void check_member(const spec::Node& node, std::string_view type, std::string_view member,
                  Report& report) {
  const json::Value value = node.metadata_value.find(member);
  if (value && !value.is_null()) return;
  const std::string what = fmt::format("the {} check {} has no {}", type, quote(node.id), member);
  Finding& finding =
      value ? report.add(value, what) : report.add_missing(node.metadata_value, member, what);
  finding.node = node.id;
}

void check_verifications(const spec::Spec& spec, Report& report) {
  for (const spec::Node& node : spec.nodes()) {
    if (node.type != spec::NodeType::kVerify || node.hidden) continue;
    const std::string_view type = node.metadata.verification_type.string();
    if (type == "auto" || type == "manual") {
      for (const char* member : {"command", "expected"}) check_member(node, type, member, report);
    } else if (type == "fidelity") {
      for (const char* member : {"agent", "scope", "target"}) {
        check_member(node, type, member, report);
      }
    }
  }
}

}  // namespace

}  // namespace sdd::rules
