#include "report/text.h"

#include <fmt/format.h>

#include <iterator>

#include "base/strings.h"
#include "rules/rule.h"

namespace sdd::report {
namespace {

using rules::Severity;

const char* color_of(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "\x1b[1;31m";
    case Severity::kWarning:
      return "\x1b[1;33m";
    case Severity::kNote:
      return "\x1b[1;36m";
  }
  return "";
}

constexpr const char* kBold = "\x1b[1m";
constexpr const char* kDim = "\x1b[2m";
constexpr const char* kPlain = "\x1b[0m";

void append_finding(const std::string& path, const Located& located, const TextStyle& style,
                    std::string& out) {
  const auto paint = [&](const char* color) { return style.color ? color : ""; };
  const rules::Finding& finding = located.finding;
  const auto to = std::back_inserter(out);
  const Position place = located.location.begin;
  fmt::format_to(to, "{}{}:{}:{}:{} {}{}[{}]{} {}\n", paint(kBold), printable(path), place.line,
                 place.column, paint(kPlain), paint(color_of(finding.severity)),
                 rules::to_string(finding.severity), finding.rule->code, paint(kPlain),
                 finding.message);
  const std::string number = std::to_string(place.line);
  const std::string margin(number.size(), ' ');
  if (style.excerpts && !located.excerpt.empty()) {
    fmt::format_to(to, "{} {} |{} {}\n", paint(kDim), number, paint(kPlain), located.excerpt);
    fmt::format_to(to, "{} {} |{} {}{}{}{}\n", paint(kDim), margin, paint(kPlain),
                   std::string(located.caret_begin, ' '), paint(color_of(finding.severity)),
                   std::string(located.caret_width, '^'), paint(kPlain));
  }
  for (const LocatedNote& note : located.related) {
    fmt::format_to(to, " {} = note: {} ({}:{}:{})\n", margin, note.message, printable(path),
                   note.location.begin.line, note.location.begin.column);
  }
  if (!finding.help.empty()) fmt::format_to(to, " {} = help: {}\n", margin, finding.help);
  if (finding.fix) {
    fmt::format_to(to, " {} = fix ({}): {}\n", margin, rules::to_string(finding.fix->safety),
                   finding.fix->title);
  }
}

}  // namespace

void append_text(const FileReport& file, const TextStyle& style, std::string& out) {
  for (const Located& located : file.findings) append_finding(file.path, located, style, out);
}

std::string totals_line(const std::vector<FileReport>& files, std::string_view noun) {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t notes = 0;
  std::size_t fixable = 0;
  std::size_t baselined = 0;
  std::size_t faulty = 0;
  for (const FileReport& file : files) {
    errors += file.count(Severity::kError);
    warnings += file.count(Severity::kWarning);
    notes += file.count(Severity::kNote);
    fixable += file.fixable();
    baselined += file.baselined;
    if (file.count(Severity::kError) + file.count(Severity::kWarning) > 0) ++faulty;
  }
  std::string note = notes == 0 ? "" : ", " + counted(notes, "note");
  std::string besides = fixable == 0 ? "" : fmt::format("{} fixable", fixable);
  if (baselined > 0) {
    besides += fmt::format("{}{} baselined", besides.empty() ? "" : ", ", baselined);
  }
  if (!besides.empty()) besides = " (" + besides + ")";
  if (errors + warnings == 0) {
    return fmt::format("{}: no faults{}{}", counted(files.size(), noun), note, besides);
  }
  return fmt::format("{}, {}{} in {} of {}{}", counted(errors, "error"),
                     counted(warnings, "warning"), note, faulty, counted(files.size(), noun),
                     besides);
}

}  // namespace sdd::report
