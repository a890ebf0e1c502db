// Counts: what total_tasks and completed_tasks must be.
//
//   if (spec::counts_agree(spec)) return;                    // nearly every file: no allocation
//   const auto checks = spec::check_counts(spec);            // by node index
//   if (checks[i].completed.is_wrong) …                      // checks[i].completed.must_be
//
// A leaf counts 1, completed 1 when its status is completed. A node with children has the sum of
// theirs. A phase or group (or spec) without children is 0/0, or 1 and 1 or 0 by its status.
//
// Each fault shows once. A number is wrong only when it equals neither the sum of what the children
// state nor the sum of what they should state: so a wrong number in a task is not reported at the
// phases above it, whether or not somebody added it up; and a phase that was not brought up to date
// is reported while the root above, which agrees with the phase, is not. Where the tree itself is
// broken (a child that does not exist, is listed twice, belongs elsewhere …) a number may lie
// in a range, and is wrong only outside of it. An unknown status leaves open whether a leaf counts
// as completed.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "spec/spec.h"

namespace sdd::spec {

// The numbers from `least` to `most`, both included.
struct CountRange {
  static constexpr std::int64_t kNoLimit = INT64_MAX;

  std::int64_t least = 0;
  std::int64_t most = 0;

  bool is_exact() const { return least == most; }
  bool has(std::int64_t number) const { return least <= number && number <= most; }
  friend bool operator==(CountRange, CountRange) = default;
};

struct CheckedCount {
  CountRange must_be;
  // The sum of the numbers as the children state them (what they should state, where they state
  // none); for a node without children the same as must_be.least.
  std::int64_t children_state = 0;
  // The node states a number, and it is none of the above. A missing number (SDD208) and what is
  // no number (SDD304) are not wrong in this sense; must_be tells what should stand there.
  bool is_wrong = false;

  // What the node counts as, all told: the number it states if that may be, else must_be.
  CountRange taken(std::optional<std::int64_t> stated) const {
    return stated && must_be.has(*stated) ? CountRange{*stated, *stated} : must_be;
  }
};

struct NodeCounts {
  CheckedCount total;
  CheckedCount completed;
};

// By node index. A node that readers do not see (the first of two with one id) is never wrong.
// Cycles of children end where they close. Linear time, no recursion.
std::vector<NodeCounts> check_counts(const Spec& spec);

// True when every node states both numbers, and they follow exactly from what its children state:
// then check_counts() finds nothing wrong. One pass, no allocation; false says nothing.
bool counts_agree(const Spec& spec);

// a + b, at most CountRange::kNoLimit; neither may be negative. (Where many lists share a child,
// sums double at each level.)
constexpr std::int64_t capped_sum(std::int64_t a, std::int64_t b) {
  return a > CountRange::kNoLimit - b ? CountRange::kNoLimit : a + b;
}

// floor(100 · completed / total), 0 where total is 0. Neither number may be negative.
std::int64_t percentage(std::int64_t completed, std::int64_t total);

}  // namespace sdd::spec
