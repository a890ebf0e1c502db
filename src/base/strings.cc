#include "base/strings.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

namespace sdd {
namespace {

std::string joined(const std::vector<std::string>& words, const char* before_last) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? before_last : ", ";
    out += words[i];
  }
  return out;
}

bool is_continuation(unsigned char byte) { return (byte & 0xC0U) == 0x80U; }

}  // namespace

bool is_control(std::uint32_t value) {
  return value < 0x20 || (value >= 0x7F && value <= 0x9F) || (value >= 0x200B && value <= 0x200F) ||
         (value >= 0x2028 && value <= 0x202E) || (value >= 0x2060 && value <= 0x206F) ||
         value == 0xFEFF;
}

CodePoint decode_utf8(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned char {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0;
  };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1, true};
  const CodePoint bad{first, 1, false};
  if (first >= 0xC2 && first <= 0xDF) {
    if (!is_continuation(byte(1))) return bad;
    return {(first & 0x1FU) << 6 | (byte(1) & 0x3FU), 2, true};
  }
  if (first >= 0xE0 && first <= 0xEF) {
    if (!is_continuation(byte(1)) || !is_continuation(byte(2))) return bad;
    const std::uint32_t value = (first & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU);
    if (value < 0x800 || (value >= 0xD800 && value <= 0xDFFF)) return bad;
    return {value, 3, true};
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (!is_continuation(byte(1)) || !is_continuation(byte(2)) || !is_continuation(byte(3))) {
      return bad;
    }
    const std::uint32_t value = (first & 0x07U) << 18 | (byte(1) & 0x3FU) << 12 |
                                (byte(2) & 0x3FU) << 6 | (byte(3) & 0x3FU);
    if (value < 0x10000 || value > 0x10FFFF) return bad;
    return {value, 4, true};
  }
  return bad;
}

void append_utf8(std::string& out, std::uint32_t value) {
  if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) value = 0xFFFD;
  const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0U | value >> 6);
    put(0x80U | (value & 0x3FU));
  } else if (value < 0x10000) {
    put(0xE0U | value >> 12);
    put(0x80U | (value >> 6 & 0x3FU));
    put(0x80U | (value & 0x3FU));
  } else {
    put(0xF0U | value >> 18);
    put(0x80U | (value >> 12 & 0x3FU));
    put(0x80U | (value >> 6 & 0x3FU));
    put(0x80U | (value & 0x3FU));
  }
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) at += decode_utf8(text, at).length;
  return count;
}

std::size_t first_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    // Most text is ASCII: eight bytes at once.
    constexpr std::uint64_t kHighBits = 0x8080808080808080U;
    std::uint64_t eight = kHighBits;
    if (text.size() - at >= sizeof eight) std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & kHighBits) == 0) {
      at += sizeof eight;
      continue;
    }
    const CodePoint point = decode_utf8(text, at);
    if (!point.valid) break;
    at += point.length;
  }
  return at;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (!point.valid) {
      out += fmt::format("\\x{:02X}", point.value);
    } else if (point.value == '\n') {
      out += "\\n";
    } else if (point.value == '\t') {
      out += "\\t";
    } else if (point.value == '\r') {
      out += "\\r";
    } else if (is_control(point.value)) {
      out += fmt::format("\\u{:04X}", point.value);
    } else {
      out += text.substr(at, point.length);
    }
    at += point.length;
  }
  return out;
}

std::string quote(std::string_view text, std::size_t max_code_points) {
  std::size_t at = 0;
  for (std::size_t n = 0; n < max_code_points && at < text.size(); ++n) {
    at += decode_utf8(text, at).length;
  }
  const bool cut = at < text.size();
  return "'" + printable(text.substr(0, at)) + (cut ? "…'" : "'");
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  std::vector<std::size_t> before(a.size() + 1);
  std::vector<std::size_t> last(a.size() + 1);
  std::vector<std::size_t> now(a.size() + 1);
  for (std::size_t i = 0; i <= a.size(); ++i) last[i] = i;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    now[0] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      const std::size_t replace = last[i - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      now[i] = std::min({last[i] + 1, now[i - 1] + 1, replace});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        now[i] = std::min(now[i], before[i - 2] + 1);
      }
    }
    if (*std::min_element(now.begin(), now.end()) > limit) return limit + 1;
    std::swap(before, last);
    std::swap(last, now);
  }
  return std::min(last[a.size()], limit + 1);
}

std::vector<std::string> nearest(std::string_view word,
                                 const std::vector<std::string_view>& candidates,
                                 std::size_t most) {
  // A name of this length is no slip of the fingers; comparing it would cost its square.
  constexpr std::size_t kLongestName = 200;
  if (word.size() > kLongestName) return {};
  const std::string wanted = ascii_lower(word);
  std::vector<std::pair<std::size_t, std::string_view>> near;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > kLongestName) continue;
    const std::size_t limit = std::max<std::size_t>(1, std::max(word.size(), candidate.size()) / 3);
    const std::size_t distance = edit_distance(wanted, ascii_lower(candidate), limit);
    if (distance <= limit) near.emplace_back(distance, candidate);
  }
  std::stable_sort(near.begin(), near.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> names;
  for (const auto& [distance, name] : near) {
    if (names.size() == most) break;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
  }
  return names;
}

std::vector<std::string> nearest_or_longer(std::string_view word,
                                           const std::vector<std::string_view>& candidates,
                                           std::size_t most) {
  std::vector<std::string> names = nearest(word, candidates, most);
  if (!names.empty() || word.empty()) return names;
  const std::string wanted = ascii_lower(word);
  for (const std::string_view candidate : candidates) {
    if (names.size() == most) break;
    if (ascii_lower(candidate.substr(0, wanted.size())) == wanted) names.emplace_back(candidate);
  }
  return names;
}

std::string join_and(const std::vector<std::string>& words) { return joined(words, " and "); }

std::string join_or(const std::vector<std::string>& words) { return joined(words, " or "); }

std::string quoted_path(std::string_view path) { return "'" + printable(path) + "'"; }

std::string counted(std::size_t count, std::string_view noun) {
  if (count != 1 && noun.ends_with('y')) {
    return fmt::format("{} {}ies", count, noun.substr(0, noun.size() - 1));
  }
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace sdd
