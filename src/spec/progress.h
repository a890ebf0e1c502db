// How far a spec, its phases and its tasks have come, for people: the counts that stand in the
// file, and where a node states none, a count of the leaves below it.
//
//   const spec::ProgressReader progress(spec);
//   progress.of_spec().percentage()
//   progress.of(*phase).completed
//
// Wrong counts are not mended here: `sdd validate` reports them.
#pragma once

#include <cstdint>
#include <vector>

#include "spec/spec.h"

namespace sdd::spec {

struct Progress {
  std::int64_t total = 0;
  std::int64_t completed = 0;

  // Rounded down, 0 of 0 is 0; from 0 to 100, whatever the file says.
  int percentage() const;
};

class ProgressReader {
 public:
  // Keeps a reference to `spec`.
  explicit ProgressReader(const Spec& spec);

  Progress of(const Node& node) const;
  // The root's; of a spec without root, 0 of 0.
  Progress of_spec() const;

 private:
  void count_leaves();

  const Spec& spec_;
  std::vector<Progress> counted_;  // by node index; empty when every node states its counts
};

// The phase that is worked on: the first in progress, else the first pending; nullptr: none is.
const Node* current_phase(const Spec& spec);

}  // namespace sdd::spec
