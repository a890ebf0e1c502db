// Why work was taken back, as SDD904 and SDD905 tell it.
#pragma once

#include <string>

#include "base/strings.h"
#include "rules/finding.h"
#include "rules/versions.h"

namespace sdd::rules {

// Fills the message of a finding about its node. Where the same change says why, the finding is a
// note that names the entry.
inline void tell_reason(const SpecVersions& versions, const std::string& what, Finding& finding) {
  constexpr std::size_t kTitle = 60;  // code points
  const json::Value reason = reason_for(versions, finding.node);
  if (!reason) {
    finding.message = what;
    finding.help = "say why in the same change: a deviation, blocker or decision entry";
    return;
  }
  finding.severity = Severity::kNote;
  finding.message = what + "; the " + printable(reason.find("entry_type").string()) + " entry " +
                    quote(reason.find("title").string(), kTitle) + " says why";
}

}  // namespace sdd::rules
