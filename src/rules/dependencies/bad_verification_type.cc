#include <fmt/format.h>
#include <string>
#include <string_view>

#include "base/strings.h"
#include "json/tree.h"
#include "rules/dependencies/known_words.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_verification_types(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kBadVerificationType = {
    .code = "SDD510",
    .name = "bad-verification-type",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "a verify node does not say how it is verified",
    .why =
        "Whoever carries out the checks sorts them by this word: what a program runs, what a "
        "person looks at, what is compared with the spec. A check of no known kind is carried out "
        "by nobody.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["verify-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "verify-1-1": {"type": "verify", "title": "Run the tests", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"verification_type": "test", "command": "make test", "expected": "all tests pass"}}
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
    .check = check_verification_types};

namespace {

constexpr std::string_view kOtherVerificationTypes[][2] = {
    {"automated", "auto"},      {"automatic", "auto"},  {"command", "auto"},
    {"test", "run-tests"},      {"tests", "run-tests"}, {"unit", "run-tests"},
    {"run_tests", "run-tests"}, {"human", "manual"},    {"review", "fidelity"},
};

std::string likely_verification(std::string_view written) {
  const std::string word = ascii_lower(written);
  for (const auto& [other, ours] : kOtherVerificationTypes) {
    if (word == other) return "did you mean " + quote(ours) + "?";
  }
  return did_you_mean(written, {kVerificationTypes.begin(), kVerificationTypes.end()});
}

void check_verification_types(const spec::Spec& spec, Report& report) {
  constexpr const char* kKnown = "auto, manual, fidelity or run-tests";
  for (const spec::Node& node : spec.nodes()) {
    if (node.type != spec::NodeType::kVerify || node.hidden) continue;
    if (!node.metadata_value.is_object()) continue;  // SDD208, or no object
    const json::Value type = node.metadata.verification_type;
    if (!type) {
      Finding& finding = report.add_missing(node.metadata_value, "verification_type",
                                            quote(node.id) + " has no verification_type");
      finding.node = node.id;
      finding.help = fmt::format("add one of {}", kKnown);
      continue;
    }
    const std::string_view word = type.string();
    if (type.is_string() && is_one_of(kVerificationTypes, word)) continue;
    Finding& finding = report.add(
        type, fmt::format("verification_type is {}, not one of {}",
                          type.is_string() ? quote(word) : kind_name(type.kind()), kKnown));
    finding.node = node.id;
    if (type.is_string()) finding.help = likely_verification(word);
  }
}

}  // namespace

}  // namespace sdd::rules
