#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "base/strings.h"
#include "base/time.h"
#include "rules/rule.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
std::string spec_id_fault(std::string_view id);
}  // namespace

constinit const Rule kSpecIdFormat = {
    .code = "SDD111",
    .name = "spec-id-format",
    .severity = Severity::kWarning,
    .fix = Safety::kNone,
    .title = "spec_id does not look like feature-2026-01-02-001",
    .why =
        "Ids that end in a date and three digits sort by time and never clash. Tools and "
        "CI scripts cut the date out of them at a fixed place.",
    .bad = {{{"specs/active/demo-2026-01-02-0001.json", R"({
  "spec_id": "demo-2026-01-02-0001", "title": "Demo",
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
    .check = [](const spec::Spec& spec, Report& report) {
      if (!spec.spec_id.is_string()) return;
      const std::string_view id = spec.spec_id.string();
      const std::string fault = spec_id_fault(id);
      if (fault.empty()) return;
      report.add(spec.spec_id, fmt::format("spec_id {} {}", quote(id), fault)).help =
          "an id is a feature, a date and three digits: invoice-export-2026-03-02-001";
    }};

namespace {

// What is wrong with an id, as the end of a sentence; "" when nothing is.
std::string spec_id_fault(std::string_view id) {
  constexpr std::size_t kDate = sizeof "2026-01-02" - 1;
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || static_cast<unsigned char>(c) >= 0x80;
  };
  if (const auto odd = std::find_if_not(id.begin(), id.end(), is_word); odd != id.end()) {
    return fmt::format("has {} in it", quote(std::string_view(&*odd, 1)));
  }
  const std::size_t dash = id.rfind('-');
  if (dash == std::string_view::npos || dash < kDate + 2 || id[dash - kDate - 1] != '-') {
    return "does not end in a date and a number";
  }
  const std::string_view date = id.substr(dash - kDate, kDate);
  const std::string_view number = id.substr(dash + 1);
  if (!is_rfc3339_date(date)) return "does not end in a date and a number";
  if (!all_digits(number)) return "has no number behind its date";
  if (number.size() != 3) {
    return fmt::format("has {} behind its date, not three", counted(number.size(), "digit"));
  }
  return {};
}

}  // namespace

}  // namespace sdd::rules
