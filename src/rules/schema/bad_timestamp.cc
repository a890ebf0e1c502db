#include <fmt/format.h>

#include <string>
#include <string_view>

#include "base/strings.h"
#include "base/time.h"
#include "rules/node_around.h"
#include "rules/rule.h"
#include "spec/draft.h"
#include "spec/spec.h"

namespace sdd::rules {
namespace {
void check_times(const spec::Spec& spec, Report& report);
}  // namespace

constinit const Rule kBadTimestamp = {
    .code = "SDD112",
    .name = "bad-timestamp",
    .severity = Severity::kWarning,
    .fix = Safety::kUnsafe,
    .title = "a time is no RFC 3339 date-time with a zone",
    .why =
        "Times decide what came first: which update was lost, whether an entry belongs to "
        "a completion, how long work took. A time without a zone can be off by a day, and "
        "one that no program reads counts as none.",
    .bad = {{{"specs/active/demo-2026-01-02-001.json", R"({
  "spec_id": "demo-2026-01-02-001", "title": "Demo",
  "generated": "2026-01-02T03:04:05Z", "last_updated": "2026-01-02 03:04:05Z",
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
    .check = check_times};

namespace {

struct TimeFault {
  const char* what = "";
  const char* help = "";
  std::string mended;  // the same instant as it should be written; "" when that is not known
};

bool digits_at(std::string_view text, std::string_view shape) {
  if (text.size() < shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == '0' ? !digit : text[i] != shape[i]) return false;
  }
  return true;
}

// Why `text` is no date-time. Each question changes the text in one way and asks whether it is one
// then.
TimeFault time_fault(std::string_view text) {
  constexpr std::size_t kDate = sizeof "2026-01-02" - 1;
  constexpr std::size_t kMinute = sizeof "2026-01-02T03:04" - 1;
  const char* zone_help = "append Z if it is UTC, else the offset, such as +02:00";
  if (text.empty()) return {"is empty", "", ""};
  if (is_rfc3339_date(text)) {
    return {"is a bare date", "add the time and the zone, such as T09:30:00Z", ""};
  }
  if (digits_at(text, "0000-00-00") && !is_rfc3339_date(text.substr(0, kDate))) {
    return {"names a day that does not exist", "", ""};
  }
  std::string changed(text);
  if (parse_rfc3339(changed + "Z")) return {"has no time zone", zone_help, ""};
  if (changed.size() > kDate && changed[kDate] == ' ') {
    changed[kDate] = 'T';
    if (parse_rfc3339(changed)) return {"has a blank where the T belongs", "", changed};
    if (parse_rfc3339(changed + "Z")) {
      return {"has a blank where the T belongs, and no time zone", zone_help, ""};
    }
  }
  if (changed.size() > kMinute) {
    std::string exact = changed;
    exact.insert(kMinute, ":00");
    if (parse_rfc3339(exact)) return {"has no seconds", "", ""};
    std::string colon = changed;
    colon.insert(colon.size() - 2, ":");
    if (parse_rfc3339(colon)) return {"has an offset without a colon", "write it as +02:00", ""};
  }
  if (changed.size() > kDate && digits_at(std::string_view(changed).substr(kDate), "T00:00:00")) {
    return {"names a time of day or a zone that does not exist", "", ""};
  }
  return {"is no date and time", "write it as 2026-03-02T09:30:00Z", ""};
}

void check_time(const spec::Spec& spec, std::string_view name, json::Value value, Report& report) {
  if (!value.is_string() || is_rfc3339(value.string())) return;
  if (name == "date" && is_rfc3339_date(value.string())) return;
  const TimeFault fault = time_fault(value.string());
  Finding& finding = report.add(
      value, fmt::format("{} {} {}", printable(name), quote(value.string()), fault.what));
  finding.node = node_around(spec, value);
  finding.help = fault.help;
  if (fault.mended.empty()) return;
  finding.fix = Fix{Safety::kUnsafe, "write " + quote(fault.mended)};
  finding.fix->edits.push_back({value.span(), spec::json_text(fault.mended)});
}

// Names that mean a time wherever they stand.
bool names_a_time(std::string_view key) {
  // Every key of the document is asked; the last letter decides about nearly all.
  if (key.empty() || (key.back() != 't' && key.back() != 'e')) return false;
  if (key.ends_with("_at")) return true;
  return key.ends_with("date") &&
         (key == "date" || key == "activated_date" || key == "completed_date");
}

// One pass over all keys of the document, whatever they are nested in.
void check_times(const spec::Spec& spec, Report& report) {
  check_time(spec, "generated", spec.generated, report);
  check_time(spec, "last_updated", spec.last_updated, report);
  for (const spec::JournalEntry& entry : spec.journal()) {
    check_time(spec, "timestamp", entry.timestamp(), report);
  }
  const json::Tree& tree = spec.tree();
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    const json::Value key = tree.at(i);
    if (key.kind() != json::Kind::kKey || !names_a_time(key.string())) continue;
    check_time(spec, key.string(), tree.at(i + 1), report);
  }
}

}  // namespace

}  // namespace sdd::rules
