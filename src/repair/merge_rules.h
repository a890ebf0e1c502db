// The rules by which merge() settles what both sides changed differently. For merge.cc only.
#pragma once

#include <cstdint>

#include "spec/change.h"
#include "spec/spec.h"

namespace sdd::repair {

enum class Side : std::uint8_t { kNeither, kOurs, kTheirs };

struct Versions {
  const spec::Spec& base;
  const spec::Spec& ours;
  const spec::Spec& theirs;
};

class Rules {
 public:
  // Keeps a reference to the specs.
  explicit Rules(const Versions& versions) : versions_(versions) {}

  // Whose change of one member or item holds: `theirs` and `ours` have the same target and differ.
  Side settle(const spec::Change& theirs, const spec::Change& ours) const;

  // Nodes with children that one side completed, and that the merge leaves open: takes away what
  // says when they were completed, unless `changes` does already.
  spec::Changes reopened(const spec::Spec& joined, const spec::Changes& changes) const;

 private:
  // The side whose story of a node's progress is told; kNeither when they contradict each other.
  Side teller(std::string_view id) const;
  Side settle_status(std::string_view id) const;
  bool is_told_in_journal(const spec::Spec& spec, std::string_view id, std::string_view note) const;

  Versions versions_;
};

}  // namespace sdd::repair
