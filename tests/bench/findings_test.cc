// The generator's promises, held against the rules themselves.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "bench/generate.h"
#include "rules/engine.h"
#include "rules/table.h"
#include "text/source_text.h"

namespace sdd::bench {
namespace {

std::vector<rules::Finding> findings_of(const GeneratedSpec& spec) {
  rules::Engine engine({.purpose = rules::Purpose::kCheck});
  const SourceText source(spec.id + ".json", spec.bytes);
  return engine.check(source, {spec.id, spec.folder, {}});
}

TEST(GeneratedSpecs, HaveNoFindingsNotEvenNotes) {
  Generator generator({.specs = 300, .bytes = 5'000'000, .seed = 11});
  while (const auto spec = generator.next()) {
    for (const rules::Finding& finding : findings_of(*spec)) {
      ADD_FAILURE() << spec->folder << '/' << spec->id << ' ' << finding.rule->code << ' '
                    << finding.pointer << ": " << finding.message;
    }
  }
}

TEST(GeneratedSpecs, HaveTheFaultThatIsToldOfThem) {
  Generator generator({.specs = 300, .bytes = 5'000'000, .seed = 12, .fault_percent = 100});
  while (const auto spec = generator.next()) {
    if (rules::find_rule(spec->fault) == nullptr) continue;
    const std::vector<rules::Finding> findings = findings_of(*spec);
    EXPECT_TRUE(std::any_of(
        findings.begin(), findings.end(),
        [&](const rules::Finding& finding) { return finding.rule->code == spec->fault; }))
        << spec->folder << '/' << spec->id << ' ' << spec->fault;
  }
}

}  // namespace
}  // namespace sdd::bench
