// Trial: what comes of the fixes of one wave, and whether it does harm. For fix.cc.
#pragma once

#include <string>
#include <vector>

#include "repair/fix.h"
#include "repair/fix_wave.h"

namespace sdd::repair {

struct Trial {
  std::string bytes;
  std::vector<rules::Finding> findings;  // about `bytes`
  std::vector<spec::Changes> changes;    // by item of the wave: its own, and what followed
  std::vector<Edit> edits;               // all that was edited in Markdown
  // Why it must not be; empty: it may.
  std::string harm;
  bool ours = true;  // harm: a safe fix that brings a fault is a fault of sdd's
};

// `before` are the findings about `now`.
Trial try_wave(const SourceText& now, const std::vector<rules::Finding>& before, const Wave& wave,
               const CheckBytes& check);

// A finding in `after` that `before` had not; nullptr: there is none. Findings count by rule, node
// and member; in Markdown, by rule. What a fix makes visible and did not cause does not count:
// states of the spec (SDD113, SDD307, SDD308, SDD310, SDD504, SDD515) and journal entries to do.
const rules::Finding* new_finding(const std::vector<rules::Finding>& before,
                                  const std::vector<rules::Finding>& after);

}  // namespace sdd::repair
