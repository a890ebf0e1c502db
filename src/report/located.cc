#include "report/located.h"

#include <algorithm>
#include <utility>

#include "base/strings.h"

namespace sdd::report {
namespace {

// A line longer than this is cut to a window around the place (in bytes before escaping).
constexpr std::size_t kWindow = 100;
constexpr std::size_t kLead = 40;

Location location_of(const SourceText& source, Span span) {
  return {source.position(span.begin), source.position(span.end), span.begin};
}

// Moves `at` to the begin of the code point it stands in.
std::size_t at_boundary(std::string_view text, std::size_t at) {
  for (int steps = 0; steps < 3 && at > 0 && at < text.size(); ++steps) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U) break;
    --at;
  }
  return at;
}

void add_excerpt(const SourceText& source, Span span, Located& located) {
  const Span line = source.line_span(located.location.begin.line);
  const std::string_view text = std::string_view(source.bytes()).substr(line.begin, line.size());
  const std::size_t place = std::min(span.begin, line.end) - line.begin;
  const std::size_t stop = std::clamp(span.end, line.begin + place, line.end) - line.begin;

  std::size_t begin = 0;
  std::size_t end = text.size();
  if (text.size() > kWindow + kLead) {
    begin = at_boundary(text, place > kLead ? place - kLead : 0);
    end = at_boundary(text, std::min(text.size(), begin + kWindow));
  } else {
    begin = std::min(text.find_first_not_of(" \t"), place);
  }
  const std::size_t shown_end = std::clamp(stop, place, std::max(place, end));
  const auto part = [&](std::size_t from, std::size_t to) {
    return printable(text.substr(from, to - from));
  };
  const std::string lead =
      (begin > 0 && text.size() > kWindow + kLead ? "…" : "") + part(begin, place);
  const std::string marked = part(place, shown_end);
  located.excerpt =
      lead + marked + part(shown_end, std::max(end, shown_end)) + (end < text.size() ? "…" : "");
  located.caret_begin = count_code_points(lead);
  located.caret_width = std::max<std::size_t>(1, count_code_points(marked));
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

const char* status_word(std::size_t errors, std::size_t warnings) {
  if (errors > 0) return "errors";
  return warnings > 0 ? "warnings" : "valid";
}

}  // namespace sdd::report
