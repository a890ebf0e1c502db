#include "report/located.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/strings.h"

namespace sdd::report {
namespace {

// What is shown of a line: at most this many columns in front of the place, and in all.
constexpr std::size_t kLead = 40;
constexpr std::size_t kWidth = 110;

Location location_of(const SourceText& source, Span span) {
  Location location{source.position(span.begin), source.position(span.end), span.begin};
  const auto column = [&](std::size_t offset, std::size_t line) {
    return std::min(offset, source.bytes().size()) - source.line_span(line).begin + 1;
  };
  location.begin_byte = column(span.begin, location.begin.line);
  location.end_byte = column(span.end, location.end.line);
  return location;
}

// Part of a line as the terminal may show it, and how wide that is.
struct Shown {
  std::string text;
  std::size_t width = 0;
};

// Appends the character of `line` at `at`; returns the offset of the next one.
std::size_t show(std::string_view line, std::size_t at, Shown& shown) {
  const std::size_t length = decode_utf8(line, at).length;
  const std::string character = printable(line.substr(at, length));
  shown.text += character;
  shown.width += count_code_points(character);
  return at + length;
}

// Where to begin, so that `place` stands at most kLead characters in: at the line's first
// character that is no blank when it is near enough.
std::size_t first_shown(std::string_view line, std::size_t place) {
  const std::size_t first = std::min(line.find_first_not_of(" \t"), place);
  if (place - first <= kLead) return first;
  std::size_t at = place - kLead;
  while (at > first && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U) --at;
  return at;
}

void add_excerpt(const SourceText& source, Span span, Located& located) {
  const Span whole = source.line_span(located.location.begin.line);
  const std::string_view line = std::string_view(source.bytes()).substr(whole.begin, whole.size());
  const std::size_t place = std::min(span.begin, whole.end) - whole.begin;
  const std::size_t stop = std::clamp(span.end, whole.begin + place, whole.end) - whole.begin;

  Shown shown;
  std::size_t at = first_shown(line, place);
  const bool cut_in_front = line.substr(0, at).find_first_not_of(" \t") != std::string_view::npos;
  if (cut_in_front) shown = {"…", 1};
  while (at < place) at = show(line, at, shown);
  located.caret_begin = shown.width;
  while (at < stop && shown.width < kWidth) at = show(line, at, shown);
  located.caret_width = std::max<std::size_t>(1, shown.width - located.caret_begin);
  while (at < line.size() && shown.width < kWidth) at = show(line, at, shown);
  located.excerpt = shown.text + (at < line.size() ? "…" : "");
}

}  // namespace

std::size_t FileReport::count(rules::Severity severity) const {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const Located& l) { return l.finding.severity == severity; }));
}

std::size_t FileReport::fixable() const {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(), [](const Located& l) {
        return l.finding.severity != rules::Severity::kNote && l.finding.fix &&
               l.finding.fix->safety == rules::Safety::kSafe;
      }));
}

Located locate(const SourceText& source, rules::Finding finding, bool with_excerpt) {
  Located located;
  located.location = location_of(source, finding.span);
  for (const rules::Related& related : finding.related) {
    located.related.push_back({location_of(source, related.span), related.message});
  }
  if (with_excerpt) add_excerpt(source, finding.span, located);
  located.finding = std::move(finding);
  return located;
}

void add_replacements(const SourceText& source, const json::Tree* tree, Located& located) {
  const auto& fix = located.finding.fix;
  if (!fix || (fix->safety != rules::Safety::kSafe && fix->safety != rules::Safety::kUnsafe))
    return;
  std::vector<Edit> edits = fix->edits;
  if (tree != nullptr && !fix->changes.empty()) {
    auto made = spec::edits_for(*tree, fix->changes);
    if (!made) return;
    std::move(made->begin(), made->end(), std::back_inserter(edits));
  }
  for (Edit& edit : sorted(std::move(edits))) {
    located.replacements.push_back({location_of(source, edit.span), std::move(edit.text)});
  }
}

const char* status_word(std::size_t errors, std::size_t warnings) {
  if (errors > 0) return "errors";
  return warnings > 0 ? "warnings" : "valid";
}

}  // namespace sdd::report
