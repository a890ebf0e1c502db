// JUnit XML: one test suite for each file, one test case for each finding, a passed one for a file
// without any. A finding that does not make the run fail passes and says its sentence as output, so
// that what is red here is what the exit code says.
#include <fmt/format.h>

#include <iterator>

#include "base/strings.h"
#include "report/form.h"
#include "rules/rule.h"

namespace sdd::report {
namespace {

// For attributes and content alike. XML 1.0 knows no control characters, no U+FFFE and no U+FFFF.
std::string xml(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    const std::string_view bytes = text.substr(at, point.length);
    at += point.length;
    const bool refused = !point.valid || (point.value < 0x20 && point.value != '\n') ||
                         point.value == 0xFFFE || point.value == 0xFFFF;
    if (refused) {
      append_utf8(out, 0xFFFD);
    } else if (point.value == '<' || point.value == '>' || point.value == '&' ||
               point.value == '"' || point.value == '\n') {
      fmt::format_to(std::back_inserter(out), "&#{};", point.value);
    } else {
      out += bytes;
    }
  }
  return out;
}

std::size_t failures_in(const FormRun& run, const FileReport& file) {
  std::size_t failures = 0;
  for (const Located& located : file.findings) {
    if (run.fails(located.finding.severity)) ++failures;
  }
  return failures;
}

void append_case(const FormRun& run, const FileReport& file, const Located& located,
                 std::string& out) {
  const rules::Finding& finding = located.finding;
  const Position place = located.location.begin;
  const std::string path = xml(printable(file.path));
  const auto to = std::back_inserter(out);
  fmt::format_to(to,
                 "    <testcase classname=\"{}\" name=\"{}, line {}\" file=\"{}\" line=\"{}\">\n",
                 path, rule_title(*finding.rule), place.line, path, place.line);
  const std::string text = fmt::format("{}:{}:{}: {}[{}] {}", path, place.line, place.column,
                                       rules::to_string(finding.severity), finding.rule->code,
                                       xml(message_with_help(finding)));
  if (run.fails(finding.severity)) {
    fmt::format_to(to, "      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
                   finding.rule->code, xml(finding.message), text);
  } else {
    fmt::format_to(to, "      <system-out>{}</system-out>\n", text);
  }
  out += "    </testcase>\n";
}

void append_suite(const FormRun& run, const FileReport& file, std::string& out) {
  const std::string path = xml(printable(file.path));
  const std::size_t tests = file.findings.empty() ? 1 : file.findings.size();
  const auto to = std::back_inserter(out);
  fmt::format_to(to, "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n", path,
                 tests, failures_in(run, file));
  if (file.findings.empty()) {
    fmt::format_to(to, "    <testcase classname=\"{}\" name=\"no findings\"/>\n", path);
  }
  for (const Located& located : file.findings) append_case(run, file, located, out);
  out += "  </testsuite>\n";
}

std::string write_junit(const FormRun& run) {
  std::size_t tests = 0;
  std::size_t failures = 0;
  for (const FileReport& file : run.files) {
    tests += file.findings.empty() ? 1 : file.findings.size();
    failures += failures_in(run, file);
  }
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"sdd\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n",
      tests, failures);
  for (const FileReport& file : run.files) append_suite(run, file, out);
  return out + "</testsuites>\n";
}

}  // namespace

constinit const Form kJunit = {.name = "junit", .shows_fixes = false, .write = write_junit};

}  // namespace sdd::report
