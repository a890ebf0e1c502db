#include "rules/repository.h"
#include "rules/rule.h"

namespace sdd::rules {

constinit const Rule kLeftoverTempFile = {
    .code = "SDD908",
    .name = "leftover-temp-file",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "a temporary file lies beside the specs",
    .why =
        "A program that writes a spec puts the new text into such a file first. One that stays is "
        "the work of a writer that died, or of one that is writing right now; it may hold the only "
        "copy of an update.",
    .bad = {{{"meta/sdd/specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  },
  "journal": []
})"},
             {"meta/sdd/specs/active/demo-2026-01-02-001.json.tmp", R"({"spec_id": "demo-2026)"}}},
    .good = {{{"meta/sdd/specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-03T10:00:00Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  },
  "journal": []
})"}}},
    .check = [](const Repository& repository, LinkReport& report) {
      for (const std::string& path : repository.leftovers()) {
        report.add(path, "a temporary file of a writer, left behind or still in use").help =
            "when nobody is writing, see whether it holds what the spec lacks, then delete it";
      }
    }};

}  // namespace sdd::rules
