#include "cli/fix_answer.h"

#include <fmt/core.h>

#include "base/strings.h"
#include "report/findings_json.h"
#include "report/unified_diff.h"
#include "rules/rule.h"
#include "spec/change.h"

namespace sdd::cli {
namespace {

using rules::Severity;

struct FixTotals {
  std::size_t actions = 0, applied = 0, skipped = 0, errors = 0, warnings = 0;
  std::size_t files = 0;  // with actions
};

FixTotals totals_of(const FixAnswer& answer) {
  FixTotals totals;
  for (const FixedReport& file : answer.files) {
    const std::size_t actions = file.fixed.made.actions.size();
    totals.actions += actions;
    if (file.fixed.written) totals.applied += actions;
    if (actions > 0) ++totals.files;
    totals.skipped += file.fixed.made.skipped.size();
    totals.errors += file.report.count(Severity::kError);
    totals.warnings += file.report.count(Severity::kWarning);
  }
  return totals;
}

const char* status_of(std::size_t actions, bool dry_run) {
  if (actions == 0) return "clean";
  return dry_run ? "preview" : "applied";
}

json::Writer& number(json::Writer& out, const char* key, std::size_t number) {
  return out.key(key).integer(static_cast<std::int64_t>(number));
}

void write_totals(json::Writer& out, const FixTotals& totals, bool dry_run) {
  out.key("status").string(status_of(totals.actions, dry_run));
  number(out, "applied", totals.applied);
  number(out, "applied_action_count", totals.actions);
  number(out, "skipped", totals.skipped);
  out.key("post_status").string(report::status_word(totals.errors, totals.warnings));
}

void write_text(json::Writer& out, const char* key, const std::string& text) {
  out.key(key);
  text.empty() ? out.null() : out.string(text);
}

void write_value(json::Writer& out, const char* key, const std::optional<json::Snippet>& value) {
  out.key(key);
  value ? out.copy(value->text) : out.null();
}

void write_action(json::Writer& out, const repair::FixAction& action) {
  out.begin_object();
  out.key("code").string(action.rule->code);
  out.key("rule").string(action.rule->name);
  write_text(out, "node", action.node);
  number(out, "line", action.line);
  out.key("safety").string(to_string(action.safety));
  out.key("title").string(action.title);
  out.key("changes").begin_array();
  for (const spec::Change& change : action.changes) {
    out.begin_object();
    out.key("pointer").string(spec::pointer_of(change));
    write_value(out, "old", change.before);
    write_value(out, "new", change.after);
    out.end_object();
  }
  for (const repair::TextChange& change : action.texts) {
    out.begin_object();
    number(out, "line", change.line);
    out.key("old").string(change.before);
    out.key("new").string(change.after);
    out.end_object();
  }
  out.end_array().end_object();
}

void write_skipped(json::Writer& out, const repair::SkippedFix& skipped) {
  out.begin_object();
  out.key("code").string(skipped.rule->code);
  out.key("rule").string(skipped.rule->name);
  write_text(out, "node", skipped.node);
  out.key("title").string(skipped.title);
  out.key("why").string(skipped.why);
  out.key("fault_of_sdd").boolean(skipped.ours);
  out.end_object();
}

void write_error(json::Writer& out, const Error& error) {
  out.key("error").begin_object();
  out.key("code").integer(exit_code(error.kind));
  out.key("kind").string(to_string(error.kind));
  out.key("message").string(error.message);
  out.end_object();
}

std::string diff_of(const FixedReport& file) {
  return report::unified_diff(file.report.path, file.fixed.before, file.fixed.edits);
}

void write_file(json::Writer& out, const FixedReport& file, const FixAnswer& answer) {
  const repair::Fixed& made = file.fixed.made;
  FixTotals totals;
  totals.actions = made.actions.size();
  totals.applied = file.fixed.written ? totals.actions : 0;
  totals.skipped = made.skipped.size();
  totals.errors = file.report.count(Severity::kError);
  totals.warnings = file.report.count(Severity::kWarning);
  out.begin_object();
  write_text(out, "spec_id", file.report.spec_id);
  out.key("path").string(file.report.path);
  write_totals(out, totals, answer.dry_run);
  write_text(out, "revision", file.fixed.written ? file.fixed.revision : "");
  write_text(out, "backup", file.backup);
  out.key("actions").begin_array();
  for (const repair::FixAction& action : made.actions) write_action(out, action);
  out.end_array();
  out.key("skipped_fixes").begin_array();
  for (const repair::SkippedFix& skipped : made.skipped) write_skipped(out, skipped);
  out.end_array();
  out.key("findings").begin_array();
  for (const report::Located& located : file.report.findings) {
    report::write_finding(out, file.report.path, located);
  }
  out.end_array();
  if (file.fixed.merged) out.key("merged").boolean(true);
  if (answer.diff) out.key("diff").string(diff_of(file));
  if (file.error) write_error(out, *file.error);
  out.end_object();
}

// "specs/active/a.json: SDD302 phase-1: "
std::string head_of(const FixedReport& file, const rules::Rule& rule, const std::string& node,
                    std::size_t line) {
  std::string head = printable(file.report.path);
  if (node.empty() && line > 0) head += fmt::format(":{}", line);
  head += fmt::format(": {} ", rule.code);
  return node.empty() ? head : head + printable(node) + ": ";
}

std::string file_text(const FixedReport& file, const FixAnswer& answer) {
  std::string out;
  for (const repair::FixAction& action : file.fixed.made.actions) {
    out += head_of(file, *action.rule, action.node, action.line) + action.title + "\n";
  }
  for (const repair::SkippedFix& skipped : file.fixed.made.skipped) {
    out += head_of(file, *skipped.rule, skipped.node, 0) +
           fmt::format("left out: {}: {}{}\n", skipped.title, skipped.why,
                       skipped.ours ? " (a fault of sdd's: please report it)" : "");
  }
  for (const report::Located& located : file.report.findings) {
    const rules::Finding& finding = located.finding;
    if (finding.rule->code[3] != '0') continue;
    const bool can_help = finding.rule->fix == rules::Safety::kRepair;
    out += head_of(file, *finding.rule, "", located.location.begin.line) + finding.message +
           (can_help ? "; 'sdd repair' can help\n" : "\n");
  }
  if (file.error) {
    out += fmt::format("{}: not fixed: {}\n", printable(file.report.path), file.error->message);
  }
  if (!file.backup.empty()) {
    out += fmt::format("{}: as it was: {}\n", printable(file.report.path), printable(file.backup));
  }
  if (answer.diff && !file.fixed.edits.empty()) out += diff_of(file);
  return out;
}

}  // namespace

void write_fix(json::Writer& out, const FixAnswer& answer) {
  write_file(out, answer.files.front(), answer);
}

void write_fixes(json::Writer& out, const FixAnswer& answer) {
  const FixTotals totals = totals_of(answer);
  out.begin_object();
  write_totals(out, totals, answer.dry_run);
  number(out, "errors", totals.errors);
  number(out, "warnings", totals.warnings);
  number(out, "file_count", answer.looked_at);
  number(out, "fixed_file_count", totals.files);
  out.key("results").begin_array();
  for (const FixedReport& file : answer.files) {
    if (file.is_worth_telling()) write_file(out, file, answer);
  }
  out.end_array().end_object();
}

std::string fix_text(const FixAnswer& answer) {
  std::string out;
  for (const FixedReport& file : answer.files) out += file_text(file, answer);
  const FixTotals totals = totals_of(answer);
  if (totals.actions == 0) {
    out += "nothing to fix";
  } else {
    out += fmt::format("{} {} in {}", answer.dry_run ? "would fix" : "fixed",
                       counted(totals.actions, "fault"), counted(totals.files, "file"));
  }
  if (totals.skipped > 0) out += fmt::format(", {} left out", totals.skipped);
  out +=
      fmt::format("; {}, {} {}\n", counted(totals.errors, "error"),
                  counted(totals.warnings, "warning"), answer.dry_run ? "would remain" : "remain");
  return out;
}

}  // namespace sdd::cli
