#include <algorithm>

#include "base/strings.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
bool says_nothing(json::Value value);
}  // namespace

constinit const Rule kMissingMetadata = {
    .code = "SDD117",
    .name = "missing-metadata",
    .severity = Severity::kError,
    .fix = Safety::kNone,
    .title = "metadata lacks a member that this repository asks for",
    .why =
        "What every spec must say is a repository's own rule: the work item it belongs to, the "
        "owner, the ticket. .sdd.toml lists it under required-metadata; without that key nothing "
        "is asked for. A member that is null or an empty text is not there.",
    .bad = {{{".sdd.toml", R"(required-metadata = ["work_item_spec"]
)"},
             {"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z", "metadata": {"work_item_spec": ""},
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .good = {{{".sdd.toml", R"(required-metadata = ["work_item_spec"]
)"},
              {"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02T03:04:05Z", "metadata": {"work_item_spec": "memory_bank/specs/work_items/2026-01-02__feature__demo.md"},
  "hierarchy": {
    "spec-root": {"type": "spec", "title": "Demo", "status": "pending", "parent": null, "children": ["task-1-1"], "total_tasks": 1, "completed_tasks": 0, "metadata": {}},
    "task-1-1": {"type": "task", "title": "Write it", "status": "pending", "parent": "spec-root", "children": [], "total_tasks": 1, "completed_tasks": 0, "metadata": {"file_path": "a.py"}}
  }
})"}}},
    .check = [](const SpecFile& file, Report& report) {
      const json::Value root = file.spec.root_value();
      if (!root.is_object()) return;
      for (const std::string& name : file.required_metadata) {
        const json::Value value = file.spec.metadata_or_top(name);
        if (value && !says_nothing(value)) continue;
        Finding& finding = value
                               ? report.add(value, "metadata." + printable(name) + " is empty")
                               : report.add_missing(file.spec.metadata ? file.spec.metadata : root,
                                                    name, "metadata has no " + quote(name));
        finding.help = "every spec of this repository must say it (required-metadata in .sdd.toml)";
      }
    }};

namespace {

bool says_nothing(json::Value value) {
  if (value.is_null()) return true;
  return value.is_string() && value.string().find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

}  // namespace sdd::rules
