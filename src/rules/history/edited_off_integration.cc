#include "base/strings.h"
#include "rules/rule.h"
#include "rules/versions.h"

namespace sdd::rules {

constinit const Rule kEditedOffIntegration = {
    .code = "SDD912",
    .name = "edited-off-integration",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "current_tasks.md was changed on another branch than the one for it",
    .why =
        "Branches write into their own logs; current_tasks.md belongs to one branch "
        "(`integration-branch` in .sdd.toml), so that it has no conflicts. Off while that key is "
        "not set.",
    .bad = {},
    .good = {},
    .check = [](const Versions& versions, LinkReport& report) {
      if (versions.integration_branch.empty() || versions.branch.empty()) return;
      if (versions.branch == versions.integration_branch) return;
      for (const std::string& path : versions.changed) {
        if (path != versions.bank_folder + "/current_tasks.md") continue;
        report
            .add(path, "changed on the branch " + quote(versions.branch) + ", and belongs to " +
                           quote(versions.integration_branch))
            .help = "write into the branch's own log: 'sdd add-entry'";
      }
    }};

}  // namespace sdd::rules
