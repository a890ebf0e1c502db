// Fingerprint: what makes two findings of different runs the same one, for baselines and for forms
// that CI servers compare.
//
// It holds the rule, the file, the place by its meaning (the pointer, or the entry's title) and the
// names that the message quotes. It does not hold what changes while the fault stays:
//  - lines and columns: text above it may come and go;
//  - the status folder of a spec: a spec is known by its id, wherever it has moved to;
//  - positions in a list (/journal/12): entries may be added before it;
//  - numbers: a count that was wrong by one and is now wrong by two is still the same wrong count.
//    Whoever knows that it is wrong must look at it anyway. A time is no number: another
//    journaled_at is another loss;
//  - the words of a message, so that another version of sdd says the same.
// Findings of one file that are equal in all of this are told apart by their number in file order.
#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <vector>

#include "report/located.h"

namespace sdd::report {

struct Fingerprint {
  std::string file;  // a spec's id, else the path below the root
  std::string code;
  std::string at;     // "/hierarchy/phase-1/completed_tasks", "Fix the login"; may be empty
  std::string names;  // "'task-9', 2026-02-11T17:51:29Z"; may be empty
  std::size_t nth = 1;
  auto operator<=>(const Fingerprint&) const = default;
};

// The fingerprints of a file's findings, in their order. `file` is how the file is known.
std::vector<Fingerprint> fingerprints(const std::string& file,
                                      const std::vector<Located>& findings);

}  // namespace sdd::report
