// read_escape: \d \s \p{Letter} \u{1F432} \cX \- and their like, as ECMA 262 has them.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "json/pattern_cursor.h"

namespace sdd::json {
namespace {

// ECMA's white space and line ends, as items of an RE2 class, and everything else.
constexpr std::string_view kSpace =
    "\\t-\\r "
    "\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";
constexpr std::string_view kNoSpace =
    "\\x{0}-\\x{8}\\x{e}-\\x{1f}!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}"
    "\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}"
    "\\x{ff00}-\\x{10ffff}";

struct Category {
  std::string_view name;
  std::string_view short_name;
};

// General categories by their long names and aliases (PropertyValueAliases.txt).
constexpr std::array<Category, 44> kCategories = {{
    {"Cased_Letter", "LC"},
    {"Close_Punctuation", "Pe"},
    {"Combining_Mark", "M"},
    {"Connector_Punctuation", "Pc"},
    {"Control", "Cc"},
    {"Currency_Symbol", "Sc"},
    {"Dash_Punctuation", "Pd"},
    {"Decimal_Number", "Nd"},
    {"Enclosing_Mark", "Me"},
    {"Final_Punctuation", "Pf"},
    {"Format", "Cf"},
    {"Initial_Punctuation", "Pi"},
    {"Letter", "L"},
    {"Letter_Number", "Nl"},
    {"Line_Separator", "Zl"},
    {"Lowercase_Letter", "Ll"},
    {"Mark", "M"},
    {"Math_Symbol", "Sm"},
    {"Modifier_Letter", "Lm"},
    {"Modifier_Symbol", "Sk"},
    {"Nonspacing_Mark", "Mn"},
    {"Number", "N"},
    {"Open_Punctuation", "Ps"},
    {"Other", "C"},
    {"Other_Letter", "Lo"},
    {"Other_Number", "No"},
    {"Other_Punctuation", "Po"},
    {"Other_Symbol", "So"},
    {"Paragraph_Separator", "Zp"},
    {"Private_Use", "Co"},
    {"Punctuation", "P"},
    {"Separator", "Z"},
    {"Space_Separator", "Zs"},
    {"Spacing_Mark", "Mc"},
    {"Surrogate", "Cs"},
    {"Symbol", "S"},
    {"Titlecase_Letter", "Lt"},
    {"Unassigned", "Cn"},
    {"Uppercase_Letter", "Lu"},
    {"cntrl", "Cc"},
    {"digit", "Nd"},
    {"punct", "P"},
    {"L&", "LC"},
    {"Any", "Any"},
}};

// Exactly `count` hexadecimal digits.
std::optional<std::uint32_t> hexadecimal(std::string_view digits, std::size_t count) {
  if (digits.empty() || digits.size() != count ||
      digits.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos) {
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(std::stoul(std::string(digits), nullptr, 16));
}

PatternItem take_hexadecimal(PatternCursor& cursor, std::size_t count) {
  const auto value = hexadecimal(cursor.take_bytes(count), count);
  if (!value) cursor.invalid(fmt::format("an escape without its {} hexadecimal digits", count));
  return {value, ""};
}

PatternItem control(PatternCursor& cursor) {
  if (!is_ascii_letter(cursor.peek())) {
    cursor.invalid("'\\c' without a letter");
    return {};
  }
  return {cursor.take_code_point() % 32U, ""};
}

// Behind `\u{`.
PatternItem braced_code_point(PatternCursor& cursor) {
  constexpr std::uint32_t kLast = 0x10FFFF;
  std::string_view digits = cursor.take_until('}').value_or("");
  while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
  const auto value = digits.size() <= 6 ? hexadecimal(digits, digits.size()) : std::nullopt;
  if (!value || *value > kLast) {
    cursor.invalid("a broken '\\u{…}'");
    return {};
  }
  if (*value >= 0xD800 && *value <= 0xDFFF) {
    cursor.unsupported("half a surrogate pair");
    return {0U, ""};
  }
  return {value, ""};
}

// Behind `\u`: {1F432}, D83D\uDC32 (a pair), 00e9.
PatternItem unicode(PatternCursor& cursor) {
  if (cursor.take("{")) return braced_code_point(cursor);
  PatternItem first = take_hexadecimal(cursor, 4);
  const std::uint32_t high = first.code_point.value_or(0);
  if (high < 0xD800 || high > 0xDFFF) return first;
  if (high < 0xDC00 && cursor.take("\\u")) {
    const std::uint32_t low = take_hexadecimal(cursor, 4).code_point.value_or(0);
    if (low >= 0xDC00 && low <= 0xDFFF) {
      return {0x10000 + ((high - 0xD800) << 10U) + (low - 0xDC00), ""};
    }
  }
  cursor.unsupported("half a surrogate pair");
  return {0U, ""};
}

// Without `gc=` or `Script=`, which RE2 does not know; its names for scripts are the same.
std::string_view bare_property(PatternCursor& cursor, std::string_view name) {
  if (name.starts_with("Script_Extensions=") || name.starts_with("scx=")) {
    cursor.unsupported("script extensions");
  }
  for (const std::string_view prefix : {"General_Category=", "gc=", "Script=", "sc="}) {
    if (name.starts_with(prefix)) return name.substr(prefix.size());
  }
  return name;
}

// Behind `\p` or `\P`: {Letter}, {Lu}, {Script=Greek}.
PatternItem property(PatternCursor& cursor, bool negated) {
  const auto braced = cursor.take("{") ? cursor.take_until('}') : std::nullopt;
  std::string_view name = bare_property(cursor, braced.value_or(""));
  const bool is_name = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '=';
  });
  if (!is_name) {
    cursor.invalid("a property without a name");
    return {};
  }
  if (name == "ASCII") return {std::nullopt, negated ? R"(\x{80}-\x{10ffff})" : R"(\x{0}-\x{7f})"};
  for (const Category& category : kCategories) {
    if (category.name == name) name = category.short_name;
  }
  if (name == "LC") {
    if (negated) cursor.unsupported("the negation of the property LC");
    return {std::nullopt, R"(\p{Lu}\p{Ll}\p{Lt})"};
  }
  return {std::nullopt, fmt::format("\\{}{{{}}}", negated ? 'P' : 'p', name)};
}

// A letter or digit that stands for one character, or for nothing.
PatternItem single(PatternCursor& cursor, char c) {
  switch (c) {
    case 't':
      return {'\t', ""};
    case 'n':
      return {'\n', ""};
    case 'v':
      return {'\v', ""};
    case 'f':
      return {'\f', ""};
    case 'r':
      return {'\r', ""};
    case '0':
      if (!is_ascii_digit(cursor.peek())) return {0U, ""};
      break;
    default:
      break;
  }
  cursor.invalid(fmt::format("'\\{}', which is no escape of ECMA 262", c));
  return {};
}

}  // namespace

PatternItem read_escape(PatternCursor& cursor) {
  cursor.take("\\");
  if (cursor.at_end()) {
    cursor.invalid("a '\\' at the end");
    return {};
  }
  const char c = cursor.peek();
  const std::uint32_t code_point = cursor.take_code_point();
  switch (c) {
    case 'd':
      return {std::nullopt, "\\d"};
    case 'D':
      return {std::nullopt, "\\D"};
    case 'w':
      return {std::nullopt, "\\w"};
    case 'W':
      return {std::nullopt, "\\W"};
    case 's':
      return {std::nullopt, std::string(kSpace)};
    case 'S':
      return {std::nullopt, std::string(kNoSpace)};
    case 'p':
      return property(cursor, false);
    case 'P':
      return property(cursor, true);
    case 'c':
      return control(cursor);
    case 'x':
      return take_hexadecimal(cursor, 2);
    case 'u':
      return unicode(cursor);
    default:
      if (is_ascii_letter(c) || is_ascii_digit(c)) return single(cursor, c);
      return {code_point, ""};
  }
}

}  // namespace sdd::json
