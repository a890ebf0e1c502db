#include "workspace/differences.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "json/scan.h"
#include "json/tree.h"
#include "rules/rule.h"
#include "rules/table.h"
#include "spec/diff.h"
#include "spec/spec.h"
#include "text/source_text.h"

namespace sdd::workspace {
namespace {

// A version of a spec, read.
struct ReadVersion {
  ReadVersion(const std::optional<Version>& version, const json::Limits& limits) {
    if (!version) return;
    const SourceText source(version->path, version->bytes);
    json::Parser parser(limits);
    if (parser.parse(version->bytes, tree)) {
      spec.read(tree);
      known = &spec;
      return;
    }
    const auto found = json::scan(version->bytes, limits);
    if (!found) return;
    rules::Finding finding;
    finding.rule = rules::find_rule(json::to_string(found->kind));
    finding.severity = finding.rule->severity;
    finding.message = found->message;
    finding.help = found->help;
    finding.span = found->span;
    damage = report::locate(source, std::move(finding), false);
  }

  json::Tree tree;
  spec::Spec spec;
  const spec::Spec* known = nullptr;
  std::optional<report::Located> damage;
};

report::SpecDifference difference_of(const ComparedSpec& compared, const json::Limits& limits) {
  report::SpecDifference difference;
  difference.id = compared.id;
  difference.path = compared.path();
  if (compared.moved()) difference.from = compared.before->path;
  difference.was_there = compared.before.has_value();
  difference.is_there = compared.after.has_value();
  ReadVersion before(compared.before, limits);
  ReadVersion after(compared.after, limits);
  difference.damage_before = std::move(before.damage);
  difference.damage_after = std::move(after.damage);
  if (difference.damaged()) return difference;
  if (before.known != nullptr && after.known != nullptr) {
    difference.changes = spec::diff(before.spec, after.spec);
  } else {
    const spec::Spec& there = before.known != nullptr ? before.spec : after.spec;
    difference.nodes = there.nodes().size();
    difference.entries = there.journal().size();
  }
  difference.story = spec::story_of(before.known, after.known, difference.changes);
  return difference;
}

bool says_something(const report::SpecDifference& difference) {
  return difference.damaged() || !difference.was_there || !difference.is_there ||
         !difference.from.empty() || !difference.changes.empty();
}

// A version of a file of the bank; the document points into the source.
struct ReadFile {
  ReadFile(const Version& version, bank::Kind kind)
      : source(version.path, version.bytes), document(bank::Document::of(source, kind)) {}
  SourceText source;
  bank::Document document;
};

std::vector<bank::BankChange> bank_changes(const std::vector<ComparedFile>& files) {
  std::vector<std::unique_ptr<ReadFile>> read;
  const auto document = [&](const std::optional<Version>& version,
                            const std::string& name) -> const bank::Document* {
    if (!version) return nullptr;
    read.push_back(std::make_unique<ReadFile>(*version, bank::kind_of(name)));
    return &read.back()->document;
  };
  std::vector<bank::FileSides> sides;
  for (const ComparedFile& file : files) {
    const bank::Document* before = document(file.before, file.name);
    sides.push_back({file.path, before, document(file.after, file.name)});
  }
  return bank::diff_bank(sides);
}

}  // namespace

bool Differences::damaged() const {
  return std::any_of(specs.begin(), specs.end(),
                     [](const report::SpecDifference& spec) { return spec.damaged(); });
}

Differences differences_of(const Compared& compared, const json::Limits& limits) {
  Differences differences;
  for (const ComparedSpec& spec : compared.specs) {
    report::SpecDifference difference = difference_of(spec, limits);
    if (says_something(difference)) differences.specs.push_back(std::move(difference));
  }
  differences.bank = bank_changes(compared.bank);
  return differences;
}

}  // namespace sdd::workspace
