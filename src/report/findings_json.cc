#include "report/findings_json.h"

#include <span>

#include "rules/rule.h"

namespace sdd::report {
namespace {

using json::Writer;
using rules::Severity;

Writer& number(Writer& out, std::size_t value) {
  return out.integer(static_cast<std::int64_t>(value));
}

void write_optional(Writer& out, std::optional<std::int64_t> value) {
  value ? out.integer(*value) : out.null();
}

void write_place(Writer& out, const std::string& path, const Location& location) {
  out.key("path").string(path);
  number(out.key("line"), location.begin.line);
  number(out.key("column"), location.begin.column);
  number(out.key("end_line"), location.end.line);
  number(out.key("end_column"), location.end.column);
  number(out.key("offset"), location.offset);
}

struct Totals {
  std::size_t errors = 0, warnings = 0, notes = 0, fixable = 0, baselined = 0;
};

Totals totals_of(std::span<const FileReport> files) {
  Totals totals;
  for (const FileReport& file : files) {
    totals.errors += file.count(Severity::kError);
    totals.warnings += file.count(Severity::kWarning);
    totals.notes += file.count(Severity::kNote);
    totals.fixable += file.fixable();
    totals.baselined += file.baselined;
  }
  return totals;
}

// What stands first in the results of validate. `baselined` is told where there is something.
void write_totals(Writer& out, const Totals& totals) {
  number(out.key("errors"), totals.errors);
  number(out.key("warnings"), totals.warnings);
  out.key("status").string(status_word(totals.errors, totals.warnings));
  number(out.key("auto_fixable_issues"), totals.fixable);
  if (totals.baselined > 0) number(out.key("baselined"), totals.baselined);
}

}  // namespace

void write_finding(Writer& out, const std::string& path, const Located& located) {
  const rules::Finding& finding = located.finding;
  out.begin_object();
  out.key("code").string(finding.rule->code);
  out.key("rule").string(finding.rule->name);
  out.key("severity").string(rules::to_string(finding.severity));
  out.key("message").string(finding.message);
  if (!finding.help.empty()) out.key("help").string(finding.help);
  write_place(out, path, located.location);
  out.key("pointer").string(finding.pointer);
  if (!finding.node.empty()) out.key("node").string(finding.node);
  if (finding.fix) {
    out.key("fix").begin_object();
    out.key("safety").string(rules::to_string(finding.fix->safety));
    out.key("title").string(finding.fix->title).end_object();
  }
  if (!located.related.empty()) {
    out.key("related").begin_array();
    for (const LocatedNote& note : located.related) {
      out.begin_object().key("message").string(note.message);
      out.key("path").string(path);
      number(out.key("line"), note.location.begin.line);
      number(out.key("column"), note.location.begin.column);
      number(out.key("offset"), note.location.offset).end_object();
    }
    out.end_array();
  }
  out.end_object();
}

void write_validation(Writer& out, const FileReport& file, const std::string& schema_source) {
  out.begin_object();
  write_totals(out, totals_of({&file, 1}));
  out.key("spec_id").string(file.spec_id);
  out.key("path").string(file.path);
  write_optional(out.key("total_tasks"), file.total_tasks);
  write_optional(out.key("completed_tasks"), file.completed_tasks);
  out.key("schema").begin_object().key("source").string(schema_source).end_object();
  out.key("findings").begin_array();
  for (const Located& located : file.findings) write_finding(out, file.path, located);
  out.end_array().end_object();
}

void write_validations(Writer& out, const std::vector<FileReport>& files,
                       const std::string& schema_source) {
  out.begin_object();
  write_totals(out, totals_of(files));
  number(out.key("spec_count"), files.size());
  out.key("results").begin_array();
  for (const FileReport& file : files) write_validation(out, file, schema_source);
  out.end_array().end_object();
}

void write_check(Writer& out, const std::vector<FileReport>& files, const CheckSummary& summary,
                 const std::string& version) {
  const Totals totals = totals_of(files);
  out.begin_object();
  out.key("schema").string("sdd-findings/1");
  out.key("tool")
      .begin_object()
      .key("name")
      .string("sdd")
      .key("version")
      .string(version)
      .end_object();
  out.key("summary").begin_object();
  number(out.key("files"), summary.files);
  number(out.key("specs"), summary.specs);
  number(out.key("entries"), summary.entries);
  number(out.key("work_items"), summary.work_items);
  number(out.key("errors"), totals.errors);
  number(out.key("warnings"), totals.warnings);
  number(out.key("notes"), totals.notes);
  number(out.key("fixable"), totals.fixable);
  number(out.key("baselined"), totals.baselined);
  out.end_object();
  out.key("findings").begin_array();
  for (const FileReport& file : files) {
    for (const Located& located : file.findings) write_finding(out, file.path, located);
  }
  out.end_array().end_object();
}

}  // namespace sdd::report
