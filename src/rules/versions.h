// Versions: two versions of a repository's files held against each other, for the rules about
// history (SDD902 to SDD906, SDD909 to SDD912). "Before" is what was committed, or what both sides
// of a merge began with; "now" what is about to be.
//
//   const auto pairs = pair_specs(before, now);                  // which spec continues which
//   auto found = check_spec_versions({source, *before.spec, *now.spec}, selection);
//   auto between = check_versions(versions, selection);          // about files that are gone
//
// Pure: who reads revisions is workspace/changes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "rules/finding.h"
#include "rules/repository.h"
#include "rules/table.h"
#include "spec/spec.h"

namespace sdd {
class SourceText;
}

namespace sdd::rules {

// A spec and the one that it continues.
struct SpecVersions {
  const SourceText& source;  // now
  const spec::Spec& before;
  const spec::Spec& now;
};

// A spec file of one state. `spec` is nullptr for a damaged one.
struct VersionedSpec {
  std::string path;  // relative to the root
  std::string id;    // the file's name without ".json"
  const spec::Spec* spec = nullptr;
};

// A task entry of the base that stands nowhere in the bank any more.
struct GoneEntry {
  std::string path;  // of the file that had it
  std::string title;
};

// What changed beside the specs that continue.
struct Versions {
  std::vector<VersionedSpec> gone;   // specs that nothing continues
  std::vector<GoneEntry> entries;    // gone from the whole bank
  std::vector<std::string> changed;  // files of the memory bank that differ, relative to the root
  std::string bank_folder;           // relative to the root
  std::string branch;                // that the change is made on; "" = not known
  std::string integration_branch;    // "" = SDD912 is off
};

// For each of `before` the position in `now` of the spec that continues it: the same path, the same
// id in any folder, else the same `generated` and at least 80 % of its node ids. No spec continues
// two, unless they had one id.
std::vector<std::optional<std::size_t>> pair_specs(const std::vector<VersionedSpec>& before,
                                                   const std::vector<VersionedSpec>& now);

// The findings about one spec, in the order of their places, then codes.
std::vector<Finding> check_spec_versions(const SpecVersions& versions, const Selection& selection);
// The findings about files, by path.
std::vector<LinkReport::Found> check_versions(const Versions& versions, const Selection& selection);

// A journal entry of the base whose words are not there now. `now` is missing where it is gone, and
// where it was edited what stands in its place.
struct ChangedEntry {
  json::Value before;
  json::Value now;
};
std::vector<ChangedEntry> changed_entries(const SpecVersions& versions);

// The entries of the journal that the base does not have, in their order.
std::vector<json::Value> new_entries(const SpecVersions& versions);

// The first new entry of the journal that says why work was taken back (deviation, blocker or
// decision): one about the node before any other. Missing when there is none.
json::Value reason_for(const SpecVersions& versions, std::string_view node);

// Where to tell something about the journal, or another member of the document that has no place
// of its own: its key, else the document's first byte.
Span place_of_member(const spec::Spec& spec, json::Value member);

}  // namespace sdd::rules
