#include "rules/finding.h"

namespace sdd::rules {

const char* to_string(Severity severity) {
  switch (severity) {
    case Severity::kNote:
      return "note";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  return "error";
}

const char* to_string(Safety safety) {
  switch (safety) {
    case Safety::kNone:
      return "none";
    case Safety::kSafe:
      return "safe";
    case Safety::kUnsafe:
      return "unsafe";
    case Safety::kPlan:
      return "plan";
    case Safety::kRepair:
      return "repair";
  }
  return "none";
}

}  // namespace sdd::rules
