#include <algorithm>
#include <string_view>

#include "cli/answer.h"
#include "cli/columns.h"
#include "cli/command.h"
#include "rules/table.h"

namespace sdd::cli {
namespace {

void write_json(json::Writer& out) {
  out.begin_array();
  for (const rules::Rule* rule : rules::all_rules()) {
    out.begin_object();
    out.key("code").string(rule->code);
    out.key("name").string(rule->name);
    out.key("severity").string(rules::to_string(rule->severity));
    out.key("fix").string(rules::to_string(rule->fix));
    out.key("title").string(rule->title);
    out.key("family").string(rules::family_name(*rule));
    out.end_object();
  }
  out.end_array();
}

Color color_of_severity(rules::Severity severity) {
  if (severity == rules::Severity::kError) return Color::kRed;
  return severity == rules::Severity::kWarning ? Color::kYellow : Color::kCyan;
}

std::string text_of(bool color) {
  Columns table(color, "  ");
  for (const rules::Rule* rule : rules::all_rules()) {
    const bool fixable = rule->fix != rules::Safety::kNone;
    table.row({{rule->code, Color::kBold},
               {rules::to_string(rule->severity), color_of_severity(rule->severity)},
               {fixable ? rules::to_string(rule->fix) : "-"},
               {rule->name},
               {rule->title}});
  }
  const std::string lines = table.text();
  std::string out;
  std::string_view family;
  std::size_t at = 0;
  for (const rules::Rule* rule : rules::all_rules()) {
    if (family != rules::family_name(*rule)) {
      if (!out.empty()) out += '\n';
      family = rules::family_name(*rule);
      out += painted(family, Color::kBold, color) + '\n';
    }
    const std::size_t end = lines.find('\n', at) + 1;
    out += lines.substr(at, end - at);
    at = end;
  }
  return out;
}

Result<int> run_rules(const Session& session, const Arguments&) {
  return answer(session, write_json, [&] { return text_of(session.color()); });
}

}  // namespace

extern const Command kRules;
constinit const Command kRules = {
    .name = "rules",
    .summary = "all rules: code, severity, kind of fix, name, what is wrong",
    .details = "More about one of them: sdd explain CODE.",
    .example = "sdd rules --json | jq -r '.[] | select(.fix == \"safe\") | .code'",
    .options = {},
    .run = run_rules};

}  // namespace sdd::cli
