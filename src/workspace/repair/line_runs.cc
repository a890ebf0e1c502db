#include "workspace/repair/line_runs.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "base/strings.h"
#include "text/damage.h"

namespace sdd::workspace {
namespace {

constexpr std::string_view kLines = "/lines/";
constexpr std::size_t kMostTried = 16;

std::size_t number_in(std::string_view digits) {
  std::size_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t stop = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, stop));
    text.remove_prefix(stop);
  }
  return lines;
}

std::vector<LineRun> line_runs(std::string_view text, std::string_view other) {
  const auto lines = lines_of(text);
  const auto others = lines_of(other);
  std::unordered_map<std::string_view, std::vector<std::size_t>> places;
  for (std::size_t i = 0; i < others.size(); ++i) {
    auto& list = places[others[i]];
    if (list.size() < kMostTried) list.push_back(i);
  }
  std::vector<LineRun> runs;
  for (std::size_t at = 0; at < lines.size();) {
    std::size_t length = 0;
    std::size_t from = 0;
    const auto found = places.find(lines[at]);
    if (found != places.end() && !is_blank_text(lines[at])) {
      for (const std::size_t place : found->second) {
        std::size_t same = 0;
        while (at + same < lines.size() && place + same < others.size() &&
               lines[at + same] == others[place + same]) {
          ++same;
        }
        if (same <= length) continue;
        length = same;
        from = place;
      }
    }
    if (length > 0) {
      const auto begin = static_cast<std::size_t>(others[from].data() - other.data());
      const std::string_view last = others[from + length - 1];
      const auto end = static_cast<std::size_t>(last.data() - other.data()) + last.size();
      runs.push_back({{at, at + length}, {begin, end}});
    }
    at += std::max<std::size_t>(length, 1);
  }
  return runs;
}

std::string name_of_lines(Span lines) {
  return std::string(kLines) + std::to_string(lines.begin + 1) + "-" + std::to_string(lines.end);
}

std::optional<Span> lines_named(std::string_view pointer) {
  if (!pointer.starts_with(kLines)) return std::nullopt;
  pointer.remove_prefix(kLines.size());
  const std::size_t dash = pointer.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view first = pointer.substr(0, dash);
  const std::string_view last = pointer.substr(dash + 1);
  if (!all_digits(first) || !all_digits(last)) return std::nullopt;
  const Span lines{number_in(first) - 1, number_in(last)};
  return lines.begin < lines.end ? std::optional(lines) : std::nullopt;
}

}  // namespace sdd::workspace
