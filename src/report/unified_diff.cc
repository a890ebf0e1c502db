// 1. Widen each edit to whole lines; ranges that meet are one.
// 2. In each, cut off the lines that are the same in front and behind.
// 3. Ranges that are at most six lines apart share a hunk.
#include "report/unified_diff.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace sdd::report {
namespace {

constexpr std::size_t kContext = 3;

using Lines = std::vector<std::string_view>;

// Each with its line end, which the last may lack.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// Lines [begin, end) of the old text become these.
struct Replaced {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

void trim(const Lines& old, Replaced& range) {
  Lines now = lines_of(range.text);
  std::size_t front = 0;
  while (front < now.size() && range.begin + front < range.end &&
         now[front] == old[range.begin + front]) {
    ++front;
  }
  std::size_t back = 0;
  while (back < now.size() - front && range.begin + front < range.end - back &&
         now[now.size() - 1 - back] == old[range.end - 1 - back]) {
    ++back;
  }
  std::string kept;
  for (std::size_t i = front; i < now.size() - back; ++i) kept += now[i];
  range = {range.begin + front, range.end - back, std::move(kept)};
}

std::vector<Replaced> replaced_lines(std::string_view before, const Lines& old,
                                     const std::vector<Edit>& edits) {
  std::vector<std::size_t> starts;
  std::size_t at = 0;
  for (const std::string_view line : old) {
    starts.push_back(at);
    at += line.size();
  }
  const auto line_at = [&](std::size_t offset) {
    const auto next = std::upper_bound(starts.begin(), starts.end(), offset);
    return static_cast<std::size_t>(next - starts.begin()) - (next == starts.begin() ? 0 : 1);
  };
  std::vector<Replaced> ranges;
  std::vector<std::vector<Edit>> inside;
  for (const Edit& edit : sorted(edits)) {
    const std::size_t begin = line_at(edit.span.begin);
    const std::size_t end = std::min(line_at(edit.span.end) + 1, old.size());
    if (ranges.empty() || begin >= ranges.back().end) {
      ranges.push_back({begin, end, {}});
      inside.emplace_back();
    }
    ranges.back().end = std::max(ranges.back().end, end);
    inside.back().push_back(edit);
  }
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const std::size_t from = ranges[i].begin < starts.size() ? starts[ranges[i].begin] : at;
    const std::size_t to = ranges[i].end < starts.size() ? starts[ranges[i].end] : at;
    for (Edit& edit : inside[i]) {
      edit.span.begin -= from;
      edit.span.end -= from;
    }
    ranges[i].text = apply_edits(before.substr(from, to - from), inside[i]).value_or("");
    trim(old, ranges[i]);
  }
  std::erase_if(ranges, [](const Replaced& r) { return r.begin == r.end && r.text.empty(); });
  return ranges;
}

void add_line(char sign, std::string_view line, std::string& out) {
  out += sign;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

std::string place(std::size_t first, std::size_t count) {
  const std::size_t shown = count == 0 ? first : first + 1;
  return count == 1 ? std::to_string(shown) : fmt::format("{},{}", shown, count);
}

}  // namespace

std::string unified_diff(const std::string& path, std::string_view before,
                         const std::vector<Edit>& edits) {
  const Lines old = lines_of(before);
  const std::vector<Replaced> ranges = replaced_lines(before, old, edits);
  if (ranges.empty()) return {};
  std::string out = fmt::format("--- a/{}\n+++ b/{}\n", path, path);
  std::size_t shift_up = 0;    // lines added so far
  std::size_t shift_down = 0;  // lines taken away so far
  for (std::size_t i = 0; i < ranges.size();) {
    std::size_t last = i;
    while (last + 1 < ranges.size() && ranges[last + 1].begin - ranges[last].end <= 2 * kContext) {
      ++last;
    }
    const std::size_t begin = ranges[i].begin - std::min(ranges[i].begin, kContext);
    const std::size_t end = std::min(ranges[last].end + kContext, old.size());
    std::string body;
    std::size_t at = begin;
    std::size_t added = 0;
    std::size_t removed = 0;
    for (std::size_t r = i; r <= last; ++r) {
      for (; at < ranges[r].begin; ++at) add_line(' ', old[at], body);
      for (; at < ranges[r].end; ++at, ++removed) add_line('-', old[at], body);
      for (const std::string_view line : lines_of(ranges[r].text)) {
        add_line('+', line, body);
        ++added;
      }
    }
    for (; at < end; ++at) add_line(' ', old[at], body);
    out += fmt::format("@@ -{} +{} @@\n", place(begin, end - begin),
                       place(begin + shift_up - shift_down, end - begin + added - removed));
    out += body;
    shift_up += added;
    shift_down += removed;
    i = last + 1;
  }
  return out;
}

}  // namespace sdd::report
