// The spec that a torture run works on: made from nothing but numbers, free of findings, and large.
#pragma once

#include <cstddef>
#include <string>

namespace sdd::workspace::torture {

struct DraftWish {
  std::string spec_id;
  unsigned writers = 4;         // a phase for each, `phase-<n>` from 1
  unsigned tasks = 4;           // of each phase, `task-<n>-<m>` from 1, all pending
  std::size_t bytes = 133'000;  // about; tasks have descriptions as long as that takes
};

std::string draft_spec(const DraftWish& wish);

}  // namespace sdd::workspace::torture
