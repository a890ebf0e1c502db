#include "report/diff_text.h"

#include <fmt/core.h>

#include <map>

#include "base/strings.h"
#include "report/findings_json.h"
#include "rules/rule.h"

namespace sdd::report {
namespace {

constexpr std::size_t kLongest = 80;  // code points of a value in a line

std::string told(const char* when, const Located& damage) {
  return fmt::format("{} damaged at {}:{}: {}[{}] {}", when, damage.location.begin.line,
                     damage.location.begin.column, rules::to_string(damage.finding.severity),
                     damage.finding.rule->code, damage.finding.message);
}

std::string shown(const std::string& value) {
  return value.empty() ? "nothing" : sdd::quote(value, kLongest);
}

std::string told(const bank::FieldChange& field) {
  return fmt::format("{} {} → {}", field.key.empty() ? "text" : printable(field.key),
                     shown(field.before), shown(field.after));
}

std::string head_of(const bank::BankChange& change) {
  if (change.title.empty()) {
    return change.kind == bank::BankChange::Kind::kText ? "other text changed"
                                                        : bank::to_string(change.kind);
  }
  std::string head = fmt::format("{} {}", bank::to_string(change.kind), sdd::quote(change.title));
  if (!change.from.empty()) head += fmt::format(" (from {})", printable(change.from));
  return head;
}

std::string place_of(const SpecDifference& spec) {
  return spec.from.empty() ? printable(spec.path)
                           : printable(spec.from) + " → " + printable(spec.path);
}

void write_number(json::Writer& out, const char* name, std::optional<std::int64_t> value) {
  out.key(name);
  value ? out.integer(*value) : out.null();
}

void write_pair(json::Writer& out, const char* name, std::optional<std::int64_t> before,
                std::optional<std::int64_t> after) {
  out.key(name).begin_object();
  write_number(out, "old", before);
  write_number(out, "new", after);
  out.end_object();
}

void write_entries(json::Writer& out, const char* name, const std::vector<spec::EntryNote>& list) {
  out.key(name).begin_array();
  for (const spec::EntryNote& entry : list) {
    out.begin_object();
    out.key("timestamp").string(entry.timestamp);
    out.key("entry_type").string(entry.type);
    out.key("title").string(entry.title);
    out.key("task_id").string(entry.task);
    out.end_object();
  }
  out.end_array();
}

void write_nodes(json::Writer& out, const char* name, const std::vector<spec::NodeNote>& list) {
  out.key(name).begin_array();
  for (const spec::NodeNote& node : list) {
    out.begin_object();
    out.key("id").string(node.id);
    out.key("type").string(node.type);
    out.key("title").string(node.title);
    out.end_object();
  }
  out.end_array();
}

void write_damage(json::Writer& out, const char* name, const std::string& path,
                  const std::optional<Located>& damage) {
  out.key(name);
  damage ? write_finding(out, path, *damage) : static_cast<void>(out.null());
}

// "new spec: 7 nodes, 1 journal entry, 1/4"
std::string whole_of(const SpecDifference& spec) {
  const spec::RootCounts& counts = spec.is_there ? spec.story.after : spec.story.before;
  std::string text =
      fmt::format("{}: {}, {}", spec.was_there ? "spec removed" : "new spec",
                  counted(spec.nodes, "node"), counted(spec.entries, "journal entry"));
  if (counts.completed && counts.total) {
    text += fmt::format(", {}/{}", *counts.completed, *counts.total);
  }
  return text;
}

}  // namespace

const char* SpecDifference::kind() const {
  if (damaged()) return "damaged";
  if (!was_there) return "added";
  if (!is_there) return "removed";
  return from.empty() ? "changed" : "moved";
}

std::string diff_text(const SpecDifference& spec) {
  std::vector<std::string> lines;
  if (spec.damage_before) lines.push_back(told("was", *spec.damage_before));
  if (spec.damage_after) lines.push_back(told("is", *spec.damage_after));
  // Of a spec that came or went its nodes and entries are not told one by one.
  if (!spec.damaged() && !(spec.was_there && spec.is_there)) {
    lines.push_back(whole_of(spec));
  } else if (!spec.damaged()) {
    lines = spec.story.lines();
  }
  if (lines.empty() && spec.from.empty()) return {};
  std::string text = place_of(spec) + "\n";
  for (const std::string& line : lines) text += "  " + line + "\n";
  return text;
}

std::string diff_stat(const SpecDifference& spec) {
  std::string summary = spec.story.summary();
  if (spec.damaged()) {
    summary = "damaged";
  } else if (!(spec.was_there && spec.is_there)) {
    summary = whole_of(spec);
  }
  if (summary.empty() && spec.from.empty()) return {};
  return place_of(spec) + " | " + (summary.empty() ? "moved" : summary) + "\n";
}

void write_difference(json::Writer& out, const SpecDifference& spec) {
  const spec::Story& story = spec.story;
  out.begin_object();
  out.key("spec_id").string(spec.id);
  out.key("path").string(spec.path);
  out.key("old_path").string(spec.from.empty() ? spec.path : spec.from);
  out.key("change").string(spec.kind());
  write_damage(out, "damage_before", spec.from.empty() ? spec.path : spec.from, spec.damage_before);
  write_damage(out, "damage_after", spec.path, spec.damage_after);
  write_pair(out, "completed_tasks", story.before.completed, story.after.completed);
  write_pair(out, "total_tasks", story.before.total, story.after.total);
  out.key("statuses").begin_array();
  for (const spec::StatusStep& step : story.statuses) {
    out.begin_object();
    out.key("node").string(step.node);
    out.key("old").string(step.before);
    out.key("new").string(step.after);
    out.end_object();
  }
  out.end_array();
  out.key("nodes").begin_object();
  write_nodes(out, "added", story.nodes_added);
  write_nodes(out, "removed", story.nodes_removed);
  out.end_object();
  out.key("journal").begin_object();
  write_entries(out, "added", story.entries_added);
  write_entries(out, "removed", story.entries_removed);
  write_entries(out, "rewritten", story.entries_changed);
  out.end_object();
  out.key("changes").begin_array();
  for (const spec::Change& change : spec.changes) spec::write(out, change);
  out.end_array();
  out.end_object();
}

std::string diff_text(const std::vector<bank::BankChange>& changes) {
  if (changes.empty()) return {};
  std::string text = printable(changes.front().path) + "\n";
  for (const bank::BankChange& change : changes) {
    text += "  " + head_of(change) + "\n";
    for (const bank::FieldChange& field : change.fields) text += "    " + told(field) + "\n";
  }
  return text;
}

std::string diff_stat(const std::vector<bank::BankChange>& changes) {
  if (changes.empty()) return {};
  std::map<std::string, std::size_t> kinds;
  for (const bank::BankChange& change : changes) ++kinds[bank::to_string(change.kind)];
  std::string summary;
  for (const auto& [kind, count] : kinds) {
    summary += fmt::format("{}{} {}", summary.empty() ? "" : ", ", count, kind);
  }
  return printable(changes.front().path) + " | " + summary + "\n";
}

void write_difference(json::Writer& out, const bank::BankChange& change) {
  out.begin_object();
  out.key("path").string(change.path);
  out.key("old_path").string(change.from.empty() ? change.path : change.from);
  out.key("change").string(bank::to_string(change.kind));
  out.key("title").string(change.title);
  out.key("fields").begin_array();
  for (const bank::FieldChange& field : change.fields) {
    out.begin_object();
    out.key("key").string(field.key);
    out.key("old").string(field.before);
    out.key("new").string(field.after);
    out.end_object();
  }
  out.end_array().end_object();
}

}  // namespace sdd::report
