// GitLab's code quality report: an array of findings, each with a fingerprint by which the merge
// request tells what is new. The file names must be those of the repository, without "./".
#include "report/form.h"
#include "rules/rule.h"

namespace sdd::report {
namespace {

using rules::Severity;

const char* gitlab_word(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "major";
    case Severity::kWarning:
      return "minor";
    case Severity::kNote:
      return "info";
  }
  return "";
}

void write_line(json::Writer& out, const char* key, std::size_t line) {
  out.key(key).integer(static_cast<std::int64_t>(line));
}

std::string write_gitlab(const FormRun& run) {
  json::Writer out(run.layout);
  out.begin_array();
  for (const FileReport& file : run.files) {
    for (const Located& located : file.findings) {
      const rules::Finding& finding = located.finding;
      out.begin_object();
      out.key("description").string(finding.message);
      out.key("check_name").string(rule_title(*finding.rule));
      out.key("fingerprint").string(located.fingerprint);
      out.key("severity").string(gitlab_word(finding.severity));
      out.key("location").begin_object();
      out.key("path").string(file.path);
      out.key("lines").begin_object();
      write_line(out, "begin", located.location.begin.line);
      write_line(out, "end", located.location.end.line);
      out.end_object().end_object();
      out.end_object();
    }
  }
  out.end_array();
  return out.text();
}

}  // namespace

constinit const Form kGitlab = {.name = "gitlab", .shows_fixes = false, .write = write_gitlab};

}  // namespace sdd::report
