#include <fmt/format.h>

#include <string>

#include "base/strings.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {

constinit const Rule kSpecIdMismatch = {
    .code = "SDD110",
    .name = "spec-id-mismatch",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "the file is not named after its spec_id",
    .why =
        "A spec is found by its file name and named by its spec_id. Where the two differ, "
        "links and journals point to a spec that nobody can find, and two files can claim "
        "one id.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-002", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .good = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .check = [](const SpecFile& file, Report& report) {
      const json::Value id = file.spec.spec_id;
      if (!id.is_string() || file.place.stem.empty() || id.string() == file.place.stem) return;
      report
          .add(id, fmt::format("spec_id is {}, the file is named {}", quote(id.string()),
                               quote(file.place.stem + ".json")))
          .help = fmt::format("rename the file to {}, or set spec_id to {}",
                              quote(std::string(id.string()) + ".json"), quote(file.place.stem));
    }};

}  // namespace sdd::rules
