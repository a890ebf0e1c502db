#include "repair/conflict_sides.h"

#include <algorithm>

namespace sdd::repair {
namespace {

bool is_marker(std::string_view line, char sign) {
  return line.size() >= 7 && line.substr(0, 7) == std::string(7, sign) &&
         (line.size() == 7 || std::string_view(" \t\r\n").find(line[7]) != std::string_view::npos);
}

// Behind the line that begins at `at`.
std::size_t line_end(std::string_view bytes, std::size_t at) {
  const std::size_t end = bytes.find('\n', at);
  return end == std::string_view::npos ? bytes.size() : end + 1;
}

}  // namespace

void CutText::append(std::string_view bytes, Span part) {
  if (part.empty()) return;
  if (!parts_.empty() && parts_.back().place.end == part.begin) {
    parts_.back().place.end = part.end;
  } else {
    parts_.push_back({text_.size(), part});
  }
  text_ += bytes.substr(part.begin, part.size());
}

std::vector<Span> CutText::places_of(Span range) const {
  std::vector<Span> places;
  for (const Part& part : parts_) {
    const std::size_t begin = std::max(range.begin, part.begin);
    const std::size_t end = std::min(range.end, part.begin + part.place.size());
    if (begin >= end) continue;
    places.push_back({begin - part.begin + part.place.begin, end - part.begin + part.place.begin});
  }
  return places;
}

SpecSides cut_sides(std::string_view bytes, const std::vector<Span>& blocks) {
  SpecSides sides;
  CutText base;
  bool all_have_base = true;
  std::size_t at = 0;
  const auto take_common = [&](std::size_t end) {
    for (CutText* text : {&sides.ours, &sides.theirs, &base}) text->append(bytes, {at, end});
  };
  for (const Span block : blocks) {
    take_common(block.begin);
    CutText* side = &sides.ours;
    bool has_base = false;
    for (at = line_end(bytes, block.begin); at < block.end;) {
      const std::size_t end = line_end(bytes, at);
      const std::string_view line = bytes.substr(at, end - at);
      if (side == &sides.ours && is_marker(line, '|')) {
        side = &base;
        has_base = true;
      } else if (side != &sides.theirs && is_marker(line, '=')) {
        side = &sides.theirs;
      } else if (!is_marker(line, '>')) {
        side->append(bytes, {at, end});
      }
      at = end;
    }
    all_have_base = all_have_base && has_base;
  }
  take_common(bytes.size());
  if (all_have_base) sides.base = std::move(base);
  return sides;
}

}  // namespace sdd::repair
