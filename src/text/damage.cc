#include "text/damage.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/strings.h"

namespace sdd {
namespace {

constexpr std::size_t kProbe = 2048;  // bytes that must look like UTF-16 or UTF-32

std::uint32_t byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

// The `width` bytes at `at` as one number.
std::uint32_t unit_at(std::string_view bytes, std::size_t at, std::size_t width, bool little) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    value = value << 8U | byte_at(bytes, little ? at + width - 1 - i : at + i);
  }
  return value;
}

// Whether the first bytes read as units of `width` bytes: no zero, nothing beyond Unicode, the
// first and at least half of all ASCII, as any JSON or Markdown has.
bool reads_as(std::string_view bytes, std::size_t width, bool little) {
  if (bytes.size() < 4 || bytes.size() % width != 0) return false;
  const std::size_t end = std::min(bytes.size(), kProbe);
  std::size_t ascii = 0;
  std::size_t units = 0;
  for (std::size_t at = 0; at < end; at += width, ++units) {
    const std::uint32_t unit = unit_at(bytes, at, width, little);
    if (unit == 0 || unit > 0x10FFFF || (at == 0 && unit >= 0x80)) return false;
    if (unit < 0x80) ++ascii;
  }
  return 2 * ascii >= units;
}

// The length of the marker line at `at`: `mark` seven times, then a blank or the line's end. 0:
// none.
bool is_marker(std::string_view bytes, std::size_t at, char mark) {
  constexpr std::size_t kLength = 7;
  if (bytes.size() - at < kLength) return false;
  const std::string_view marker = bytes.substr(at, kLength);
  if (!std::all_of(marker.begin(), marker.end(), [mark](char c) { return c == mark; }))
    return false;
  if (bytes.size() - at == kLength) return true;
  const char next = bytes[at + kLength];
  return next == ' ' || next == '\n' || next == '\r' || next == '\t';
}

std::size_t line_end(std::string_view bytes, std::size_t at) {
  const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
  return end > at && bytes[end - 1] == '\r' ? end - 1 : end;
}

}  // namespace

void add_damage_range(std::vector<Span>& ranges, Span range) {
  if (ranges.size() < kMostDamageRanges) {
    ranges.push_back(range);
  } else {
    ranges.back().end = std::max(ranges.back().end, range.end);
  }
}

bool is_blank_text(std::string_view bytes) {
  return bytes.find_first_not_of(" \t\n\r") == std::string_view::npos;
}

std::optional<ForeignEncoding> foreign_encoding(std::string_view bytes) {
  using std::string_view_literals::operator""sv;
  // The UTF-32 mark begins with the UTF-16 one: longer marks first.
  static constexpr std::array<std::pair<std::string_view, ForeignEncoding>, 5> kMarks{{
      {"\xFF\xFE\0\0"sv, {"UTF-32 (little endian)", 4, false}},
      {"\0\0\xFE\xFF"sv, {"UTF-32 (big endian)", 4, false}},
      {"\xFF\xFE"sv, {"UTF-16 (little endian)", 2, false}},
      {"\xFE\xFF"sv, {"UTF-16 (big endian)", 2, false}},
      {"\xEF\xBB\xBF"sv, {"UTF-8 with a byte order mark", 3, true}},
  }};
  for (const auto& [mark, encoding] : kMarks) {
    if (bytes.starts_with(mark)) return encoding;
  }
  if (bytes.substr(0, kProbe).find('\0') == std::string_view::npos) return std::nullopt;
  if (reads_as(bytes, 4, true)) return ForeignEncoding{"UTF-32 (little endian)", 0, false};
  if (reads_as(bytes, 4, false)) return ForeignEncoding{"UTF-32 (big endian)", 0, false};
  if (reads_as(bytes, 2, true)) return ForeignEncoding{"UTF-16 (little endian)", 0, false};
  if (reads_as(bytes, 2, false)) return ForeignEncoding{"UTF-16 (big endian)", 0, false};
  return std::nullopt;
}

std::vector<Span> nul_runs(std::string_view bytes) {
  std::vector<Span> runs;
  for (std::size_t at = bytes.find('\0'); at != std::string_view::npos;) {
    std::size_t end = bytes.find_first_not_of('\0', at);
    if (end == std::string_view::npos) end = bytes.size();
    add_damage_range(runs, {at, end});
    at = bytes.find('\0', end);
  }
  return runs;
}

std::vector<Span> invalid_utf8_runs(std::string_view bytes) {
  std::vector<Span> runs;
  for (std::size_t at = 0; at < bytes.size();) {
    const CodePoint point = decode_utf8(bytes, at);
    const Span range{at, at + point.length};
    at = range.end;
    if (point.valid) continue;
    if (!runs.empty() && runs.back().end == range.begin) {
      runs.back().end = range.end;
    } else {
      add_damage_range(runs, range);
    }
  }
  return runs;
}

std::vector<Span> conflict_blocks(std::string_view bytes) {
  constexpr std::string_view kOrder = "<=>";
  std::vector<Span> blocks;
  if (bytes.find("<<<<<<<") == std::string_view::npos) return blocks;
  std::size_t seen = 0;  // markers of the current block
  std::size_t begin = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    if (is_marker(bytes, at, '<')) {
      begin = at;
      seen = 1;
    } else if (seen > 0 && is_marker(bytes, at, kOrder[seen])) {
      ++seen;
    }
    if (seen == kOrder.size()) {
      add_damage_range(blocks, {begin, line_end(bytes, at)});
      seen = 0;
    }
    const std::size_t next = bytes.find('\n', at);
    if (next == std::string_view::npos) break;
    at = next + 1;
  }
  return blocks;
}

std::size_t cut_character(std::string_view bytes) {
  constexpr std::size_t kLongest = 4;
  const std::size_t first = bytes.size() < kLongest ? 0 : bytes.size() - (kLongest - 1);
  for (std::size_t at = first; at < bytes.size(); ++at) {
    const std::uint32_t lead = byte_at(bytes, at);
    if (lead < 0xC2 || lead > 0xF4) continue;
    const std::size_t needed = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    // Right so far: some continuation makes it a character (A0…, 90… for E0 and F0, 80… else).
    std::string whole(bytes.substr(at));
    if (whole.size() >= needed) continue;
    for (const char filler : {'\x80', '\x90', '\xA0'}) {
      std::string tried = whole;
      tried.resize(needed, filler);
      if (decode_utf8(tried, 0).valid) return at;
    }
  }
  return bytes.size();
}

}  // namespace sdd
