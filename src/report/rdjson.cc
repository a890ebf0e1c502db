// rdjson, the Reviewdog Diagnostic Format: comments of a review, with suggestions that can be taken
// over. Columns count bytes of UTF-8 from 1, an end is behind its last byte. A fix that has several
// places is several suggestions, and half a fix is none: only one with a single place is told.
#include "report/form.h"
#include "rules/rule.h"

namespace sdd::report {
namespace {

using json::Writer;
using rules::Severity;

const char* rdjson_word(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "ERROR";
    case Severity::kWarning:
      return "WARNING";
    case Severity::kNote:
      return "INFO";
  }
  return "";
}

void write_position(Writer& out, const char* key, std::size_t line, std::size_t byte) {
  out.key(key).begin_object();
  out.key("line").integer(static_cast<std::int64_t>(line));
  out.key("column").integer(static_cast<std::int64_t>(byte));
  out.end_object();
}

void write_range(Writer& out, const Location& location) {
  out.key("range").begin_object();
  write_position(out, "start", location.begin.line, location.begin_byte);
  write_position(out, "end", location.end.line, location.end_byte);
  out.end_object();
}

void write_location(Writer& out, const std::string& path, const Location& location) {
  out.key("location").begin_object();
  out.key("path").string(path);
  write_range(out, location);
  out.end_object();
}

void write_diagnostic(Writer& out, const std::string& path, const Located& located) {
  const rules::Finding& finding = located.finding;
  out.begin_object();
  out.key("message").string(message_with_help(finding));
  write_location(out, path, located.location);
  out.key("severity").string(rdjson_word(finding.severity));
  out.key("code").begin_object().key("value").string(finding.rule->code).end_object();
  if (located.replacements.size() == 1) {
    const Replacement& replacement = located.replacements.front();
    out.key("suggestions").begin_array().begin_object();
    write_range(out, replacement.location);
    out.key("text").string(replacement.text);
    out.end_object().end_array();
  }
  if (!located.related.empty()) {
    out.key("related_locations").begin_array();
    for (const LocatedNote& note : located.related) {
      out.begin_object().key("message").string(note.message);
      write_location(out, path, note.location);
      out.end_object();
    }
    out.end_array();
  }
  out.end_object();
}

std::string write_rdjson(const FormRun& run) {
  Writer out(run.layout);
  out.begin_object();
  out.key("source").begin_object().key("name").string("sdd").end_object();
  out.key("diagnostics").begin_array();
  for (const FileReport& file : run.files) {
    for (const Located& located : file.findings) write_diagnostic(out, file.path, located);
  }
  out.end_array().end_object();
  return out.text();
}

}  // namespace

constinit const Form kRdjson = {.name = "rdjson", .shows_fixes = true, .write = write_rdjson};

}  // namespace sdd::report
