#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/strings.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {

constinit const Rule kSpecInTwoFolders = {
    .code = "SDD114",
    .name = "spec-in-two-folders",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "the same spec lies in two status folders",
    .why =
        "A spec that was copied instead of moved lives twice. Updates go to the copy that "
        "is found first, and the other one still tells the old story.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z",
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"},
             {"specs/pending/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
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
      const std::vector<std::string>& twins = file.place.twins;
      if (twins.empty()) return;
      std::vector<std::string> names;
      for (const std::string& twin : twins) names.push_back(quote(twin));
      const std::string message = fmt::format("this spec lies in {} status folders, here and as {}",
                                              twins.size() + 1, join_and(names));
      const json::Value id = file.spec.spec_id;
      Finding& finding = id ? report.add(id, message) : report.add(Span{0, 1}, message);
      finding.help = "keep the one with the later last_updated; 'sdd merge' joins what both say";
    }};

}  // namespace sdd::rules
