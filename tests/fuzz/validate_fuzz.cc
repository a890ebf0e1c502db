// Any bytes at all: the tree is read exactly when simdjson's DOM reads them (limits apart), every
// rule runs to its end, every span lies inside the file, and what is no JSON has a finding.
#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "json/embedded_schema.h"
#include "json/limits.h"
#include "json/schema.h"
#include "json/tree.h"
#include "report/located.h"
#include "rules/engine.h"
#include "rules/rule.h"
#include "text/source_text.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

bool simdjson_reads(const std::string& bytes) {
  static simdjson::dom::parser parser;
  if (bytes.empty() || parser.allocate(bytes.size(), sdd::json::Limits{}.max_depth) != 0)
    return false;
  return parser.parse(bytes).error() == simdjson::SUCCESS;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto schema = sdd::json::Schema::compile(
      sdd::json::embedded_spec_schema(), "built-in", sdd::json::Schema::Trust::kKnownGood);
  static sdd::rules::Engine engine({sdd::rules::Purpose::kCheck, {}, schema->get(), true});
  static sdd::json::Parser parser;
  const std::string bytes(reinterpret_cast<const char*>(data), size);

  sdd::json::Tree tree;
  const bool read = parser.parse(bytes, tree);
  // Below this size density is no limit.
  if (size < 1U << 17U) require(read == simdjson_reads(bytes));
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    require(tree.at(i).span().end <= size && tree.at(i).span().begin < tree.at(i).span().end);
  }

  const sdd::SourceText source("specs/active/x-2026-01-01-001.json", bytes);
  const auto findings = engine.check(source, sdd::rules::place_of(source.path()));
  require(read || !findings.empty());
  // A pointer names the last of equal keys; what the first of them holds has a place, but no name.
  const bool named = read && std::none_of(findings.begin(), findings.end(),
                                          [](const sdd::rules::Finding& finding) {
                                            return std::string_view(finding.rule->code) == "SDD010";
                                          });
  for (const sdd::rules::Finding& finding : findings) {
    require(finding.span.begin <= finding.span.end && finding.span.end <= size);
    require(!finding.message.empty());
    for (const auto& related : finding.related) require(related.span.end <= size);
    const auto located = sdd::report::locate(source, finding, true);
    require(located.location.begin.line >= 1 && located.location.begin.column >= 1);
    if (named) require(tree.resolve(finding.pointer) || finding.pointer.empty());
  }
  return 0;
}
