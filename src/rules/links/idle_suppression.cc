#include "rules/rule.h"

namespace sdd::rules {

// Found by workspace/suppression.cc: only when all findings are there can a suppression be idle.
constinit const Rule kIdleSuppression = {
    .code = "SDD810",
    .name = "idle-suppression",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "a suppression suppresses nothing",
    .why =
        "A suppression says that a finding is known and meant. When the finding is gone, nobody "
        "notices that the next one of its kind will be hidden, too. One without a reason (because "
        "…) and one that names no rule suppress nothing at all. Told only by a run that looked at "
        "everything: all files, with the rule that is suppressed.",
    .bad = {{{".sdd.toml", R"([[suppress]]
spec = "demo-2026-01-02-001"
codes = ["SDD513"]
because = "the file is not known yet"
)"},
             {"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .good = {{{".sdd.toml", R"([[suppress]]
spec = "demo-2026-01-02-001"
codes = ["SDD513"]
because = "the file is not known yet"
)"},
              {"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {}}
  }
})"}}},
    .check = std::monostate{}};

}  // namespace sdd::rules
