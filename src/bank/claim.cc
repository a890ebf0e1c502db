#include "bank/claim.h"

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "base/time.h"

namespace sdd::bank {
namespace {

constexpr std::size_t kMostDigits = 9;
constexpr std::size_t kNear = 4096;  // a spec named farther away is not what the counts are about

bool is_name(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

std::int64_t number(std::string_view digits) {
  std::int64_t value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

// The text before the counts without `is`, `now`, `:`, `(` and blanks at its end.
std::string_view before_filler(std::string_view text) {
  for (;;) {
    const std::size_t last = text.find_last_not_of(" \t\r\n:(");
    text = text.substr(0, last == std::string_view::npos ? 0 : last + 1);
    bool dropped = false;
    for (const std::string_view word : {"is", "now"}) {
      if (text.size() <= word.size() ||
          ascii_lower(text.substr(text.size() - word.size())) != word) {
        continue;
      }
      if (is_name(text[text.size() - word.size() - 1])) continue;
      text.remove_suffix(word.size());
      dropped = true;
    }
    if (!dropped) return text;
  }
}

bool ends_with_anchor(std::string_view text) {
  // The Russian word has two spellings of its letters that ascii_lower leaves alone.
  static constexpr std::array<std::string_view, 8> kAnchors = {"sdd",
                                                               "sdd spec",
                                                               "sdd-spec",
                                                               "sdd-спек",
                                                               "sdd-СПЕК",
                                                               "sdd-Спек",
                                                               "sdd status consistency",
                                                               "spec progress"};
  constexpr std::size_t kLongest = 32;
  const std::string tail = ascii_lower(text.substr(text.size() - std::min(text.size(), kLongest)));
  return std::any_of(kAnchors.begin(), kAnchors.end(), [&](std::string_view anchor) {
    return tail.ends_with(anchor) &&
           (tail.size() == anchor.size() || !is_name(tail[tail.size() - anchor.size() - 1]));
  });
}

// "(100%)" behind the counts, a closing parenthesis and blanks passed over.
std::optional<std::int64_t> percent_behind(std::string_view text) {
  std::size_t at = std::min(text.find_first_not_of(" )"), text.size());
  if (at == text.size() || text[at] != '(') return std::nullopt;
  const std::size_t end = std::min(text.find_first_not_of("0123456789", ++at), text.size());
  if (end == at || end - at > 3 || end == text.size() || text[end] != '%') return std::nullopt;
  return number(text.substr(at, end - at));
}

// Whether `name` ends in a date and a number, as spec ids do, and something stands before them.
bool is_spec_id(std::string_view name) {
  const std::size_t digits = name.find_last_not_of("0123456789");
  if (digits == std::string_view::npos || digits + 1 == name.size() || name[digits] != '-') {
    return false;
  }
  constexpr std::size_t kDate = 10;
  return digits > kDate + 1 && name[digits - kDate - 1] == '-' &&
         is_rfc3339_date(name.substr(digits - kDate, kDate));
}

}  // namespace

Piece spec_named_in(Piece text) {
  const std::string_view all = text.view();
  const auto is_part = [](char c) { return is_name(c) || c == '/' || c == '.'; };
  for (std::size_t at = 0; at < all.size();) {
    if (!is_part(all[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < all.size() && is_part(all[end])) ++end;
    const std::size_t begin = at;
    at = end;
    std::string_view word = all.substr(begin, end - begin);
    while (word.ends_with('.')) word.remove_suffix(1);
    std::string_view name =
        word.substr(word.rfind('/') == std::string_view::npos ? 0 : word.rfind('/') + 1);
    if (name.ends_with(".json")) name.remove_suffix(5);
    if (name.size() == word.size() || word.ends_with(".json")) {
      if (is_spec_id(name)) return text.part(begin, word.size());
    }
  }
  return text.part(0, 0);
}

void find_claims(Piece text, std::size_t entry, std::vector<Claim>& claims) {
  const std::string_view all = text.view();
  for (std::size_t slash = all.find('/'); slash != std::string_view::npos;
       slash = all.find('/', slash + 1)) {
    std::size_t begin = slash;
    std::size_t end = slash + 1;
    while (begin > 0 && is_digit(all[begin - 1])) --begin;
    while (end < all.size() && is_digit(all[end])) ++end;
    const std::size_t left = slash - begin;
    const std::size_t right = end - slash - 1;
    if (left == 0 || right == 0 || left > kMostDigits || right > kMostDigits) continue;
    if (end < all.size() && (is_name(all[end]) || all[end] == '/')) continue;
    if (!ends_with_anchor(before_filler(all.substr(0, begin)))) continue;
    Claim claim;
    claim.counts = text.part(begin, end - begin);
    claim.completed = number(all.substr(begin, left));
    claim.total = number(all.substr(slash + 1, right));
    claim.percent = percent_behind(all.substr(end));
    claim.entry = static_cast<std::uint32_t>(entry);
    const std::size_t far = begin - std::min(begin, kNear);
    Piece rest = text.part(far, begin - far);
    for (Piece found = spec_named_in(rest); !found.empty(); found = spec_named_in(rest)) {
      claim.spec = found;
      rest = text.part(found.end() - text.begin, begin - (found.end() - text.begin));
    }
    if (claim.spec.empty())
      claim.spec = spec_named_in(text.part(end, std::min(all.size() - end, kNear)));
    claims.push_back(claim);
  }
}

}  // namespace sdd::bank
