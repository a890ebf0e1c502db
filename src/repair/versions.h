// Versions: which of several whole versions of one node, entry or member a salvage takes, and
// which it does not trust.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "repair/claims.h"

namespace sdd::repair {

// Claims of one kind.
using Claims = std::vector<Claim> Statements::*;

// What other sources say, to hold a claim against. Keeps pointers to the Statements.
class Witnesses {
 public:
  void add(const Statements& statements);
  // Whether one of them says the same of the same name.
  bool confirm(Claims kind, const Claim& claim) const;

 private:
  using Named = std::unordered_map<std::string, std::vector<const Claim*>>;
  const Named& of(Claims kind) const;

  Named nodes_, entries_, members_;
};

// Whether two claims of one kind and name say the same, what is derived apart.
bool agree(Claims kind, const Claim& a, const Claim& b);

struct Suspicion {
  bool spliced = false;  // pieces of two versions are known to meet in these bytes
  // Whatever no witness confirms is in doubt where a seam is possible, be it fresh, odd or not.
  bool strict = false;
};

// Sets `in_doubt` of every claim that has a key twice, and of every one that may be made of two
// versions (seam_doubt.h) and that no witness confirms; where a file of more than one piece is
// known to be spliced, also of what is out of step.
void doubt(Statements& statements, const std::string& bytes, const Suspicion& suspicion,
           const Witnesses& witnesses);

// Whether `b` is to be taken rather than `a`: of two nodes the one whose status is further
// (pending, in_progress or blocked, completed), then the one that tells the later time; of two
// last_updated the later. Of others the first stays.
bool is_better(Claims kind, const Claim& a, const Claim& b);

}  // namespace sdd::repair
