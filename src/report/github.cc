// GitHub: workflow commands that become annotations of the changed lines, and a step summary.
//
// 1. `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::message`, errors first, then
//    warnings and notes. GitHub shows ten annotations of each level in a step and drops the others
//    without a word, so only ten of each are written.
// 2. One plain line says how many were left out, the last one what there is in all.
// 3. The summary (Markdown, for $GITHUB_STEP_SUMMARY) is a table of all findings, up to a size that
//    GitHub takes: it refuses more than 1 MiB.
//
// In a command `%`, CR and LF of the message are written as %25, %0D and %0A; of a property also
// `:` and `,`. Nothing that a file says can begin a command of its own. GitHub drops the columns of
// an annotation that spans lines, so those are not written.
#include <fmt/format.h>

#include <array>
#include <iterator>
#include <string_view>

#include "base/strings.h"
#include "report/form.h"
#include "report/text.h"
#include "rules/rule.h"

namespace sdd::report {
namespace {

using rules::Severity;

constexpr std::size_t kMostOfALevel = 10;
constexpr std::size_t kMostSummaryBytes = std::size_t{512} * 1024;

constexpr std::array kLevels = {Severity::kError, Severity::kWarning, Severity::kNote};

const char* command_of(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kNote:
      return "notice";
  }
  return "";
}

// `text` with each of `special` as % and two hexadecimal digits.
std::string escaped(std::string_view text, std::string_view special) {
  std::string out;
  for (const char c : text) {
    if (special.find(c) == std::string_view::npos) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string property_text(std::string_view text) { return escaped(text, "%\r\n:,"); }
std::string message_text(std::string_view text) { return escaped(text, "%\r\n"); }

void append_annotation(const Placed& placed, std::string& out) {
  const rules::Finding& finding = placed.located->finding;
  const Location& location = placed.located->location;
  const auto to = std::back_inserter(out);
  fmt::format_to(to, "::{} file={},line={},endLine={}", command_of(finding.severity),
                 property_text(printable(placed.file->path)), location.begin.line,
                 location.end.line);
  if (location.begin.line == location.end.line) {
    fmt::format_to(to, ",col={},endColumn={}", location.begin.column, location.end.column);
  }
  fmt::format_to(to, ",title={}::{}\n", property_text(rule_title(*finding.rule)),
                 message_text(message_with_help(finding)));
}

// "2 errors and 1 warning"
std::string left_out(const std::array<std::size_t, kLevels.size()>& told) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < kLevels.size(); ++i) {
    if (told[i] <= kMostOfALevel) continue;
    parts.push_back(counted(told[i] - kMostOfALevel, rules::to_string(kLevels[i])));
  }
  return join_and(parts);
}

std::string write_github(const FormRun& run) {
  std::string out;
  std::array<std::size_t, kLevels.size()> told = {};
  for (const Placed& placed : worst_first(run.files)) {
    const auto level = static_cast<std::size_t>(Severity::kError) -
                       static_cast<std::size_t>(placed.located->finding.severity);
    if (++told[level] <= kMostOfALevel) append_annotation(placed, out);
  }
  const std::string rest = left_out(told);
  if (!rest.empty()) {
    out += rest + " without an annotation: GitHub shows ten of each kind in a step\n";
  }
  return out + totals_line(run.files, "file") + "\n";
}

// For a cell of a table: neither Markdown nor HTML of the file's takes effect.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '\n') {
      out += "<br>";
    } else {
      if (std::string_view("\\`*_[]|~#@!").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string write_summary(const FormRun& run) {
  std::string out = fmt::format("### sdd: {}\n\n", totals_line(run.files, "file"));
  const std::vector<Placed> all = worst_first(run.files);
  if (all.empty()) return out;
  out += "| | where | rule | what |\n|---|---|---|---|\n";
  std::size_t rows = 0;
  for (const Placed& placed : all) {
    if (out.size() > kMostSummaryBytes) break;
    const rules::Finding& finding = placed.located->finding;
    fmt::format_to(std::back_inserter(out), "| {} | {}:{} | {} | {} |\n",
                   rules::to_string(finding.severity), cell(printable(placed.file->path)),
                   placed.located->location.begin.line, rule_title(*finding.rule),
                   cell(message_with_help(finding)));
    ++rows;
  }
  out += '\n';
  if (rows < all.size()) out += fmt::format("{} more\n\n", all.size() - rows);
  return out;
}

}  // namespace

constinit const Form kGithub = {
    .name = "github", .shows_fixes = false, .write = write_github, .write_summary = write_summary};

}  // namespace sdd::report
