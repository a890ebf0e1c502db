#include <fmt/format.h>

#include <string>

#include "base/strings.h"
#include "rules/engine.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {

constinit const Rule kStatusFolderMismatch = {
    .code = "SDD113",
    .name = "status-folder-mismatch",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "metadata.status names another status folder than the one the file lies in",
    .why =
        "People look at the folder, programs look at metadata.status. A spec that was "
        "moved by hand, or whose move was interrupted, is finished for one and open for "
        "the other.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z", "metadata": {"status": "pending"},
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z", "metadata": {"status": "active"},
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .check = [](const SpecFile& file, Report& report) {
      const json::Value status = file.spec.metadata.find("status");
      const std::string& folder = file.place.status_folder;
      if (folder.empty() || !status.is_string() || status.string() == folder) return;
      if (!is_status_folder(status.string())) return;
      report
          .add(status, fmt::format("metadata.status is {}, the file lies in {}",
                                   quote(status.string()), quote(folder)))
          .help = fmt::format(
          "'sdd move-spec' moves a file and sets its status: move it to {}, or "
          "set the status to {}",
          quote(status.string()), quote(folder));
    }};

}  // namespace sdd::rules
