#include "report/journaling_json.h"

#include <string_view>

#include "rules/rule.h"

namespace sdd::report {
namespace {

using json::Writer;

bool is_about_damage(const rules::Finding& finding) {
  return std::string_view(finding.rule->code).starts_with("SDD0");
}

const char* reason_of(const rules::Finding& finding) {
  const std::string_view code = finding.rule->code;
  if (code == "SDD401") return "unjournaled";
  if (code == "SDD402") return "lost-entry";
  if (code == "SDD409") return "no-trace";
  return is_about_damage(finding) ? "damaged" : nullptr;
}

void write_optional(Writer& out, const std::optional<std::string>& text) {
  text ? out.string(*text) : out.null();
}

void write_element(Writer& out, const FileReport& file, const Located& located,
                   const char* reason) {
  const rules::Finding& finding = located.finding;
  // Damage is the file's, also where it lies in a task.
  const bool is_damage = is_about_damage(finding);
  const NodeFacts node = is_damage ? NodeFacts() : located.node.value_or(NodeFacts());
  out.begin_object();
  write_optional(out.key("task_id"), is_damage ? std::nullopt : std::optional(finding.node));
  write_optional(out.key("title"), node.title);
  out.key("completed_at").string(node.completed_at.value_or("Unknown"));
  write_optional(out.key("parent_id"), node.parent);
  write_optional(out.key("type"), node.type);
  out.key("spec_id").string(file.spec_id);
  out.key("code").string(finding.rule->code);
  out.key("reason").string(reason);
  out.key("path").string(file.path);
  out.key("line").integer(static_cast<std::int64_t>(located.location.begin.line));
  out.end_object();
}

}  // namespace

void write_journaling(Writer& out, const std::vector<FileReport>& files) {
  out.begin_array();
  for (const FileReport& file : files) {
    bool damage_told = false;
    for (const Located& located : file.findings) {
      const char* reason = reason_of(located.finding);
      if (reason == nullptr || located.finding.severity == rules::Severity::kNote) continue;
      const bool is_damage = is_about_damage(located.finding);
      if (is_damage && damage_told) continue;
      damage_told = damage_told || is_damage;
      write_element(out, file, located, reason);
    }
  }
  out.end_array();
}

}  // namespace sdd::report
