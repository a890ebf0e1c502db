#include "json/lexeme.h"

#include "base/strings.h"
#include "json/number_range.h"

namespace sdd::json {
namespace {

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The code unit of the `\uXXXX` at `at`, or -1 where there is none.
int unicode_escape(std::string_view bytes, std::size_t at) {
  constexpr std::size_t kLength = 6;
  if (bytes.size() - at < kLength || bytes[at] != '\\' || bytes[at + 1] != 'u') return -1;
  int unit = 0;
  for (std::size_t i = 2; i < kLength; ++i) {
    const int digit = hex_value(bytes[at + i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

bool is_high(int unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(int unit) { return unit >= 0xDC00 && unit < 0xE000; }

// Reads the escape at `at`: its length in `end`, its flaw.
Lexeme lex_escape(std::string_view bytes, std::size_t at) {
  constexpr std::string_view kSimple = "\"\\/bfnrt";
  const char letter = at + 1 < bytes.size() ? bytes[at + 1] : '\n';
  // Not behind a line end: the string ends there.
  if (letter == '\n' || letter == '\r') return {at + 1, Flaw::kEscape, {at, at + 1}};
  if (letter != 'u') {
    const bool known = kSimple.find(letter) != std::string_view::npos;
    return {at + 2, known ? Flaw::kNone : Flaw::kEscape, {at, at + 2}};
  }
  const int unit = unicode_escape(bytes, at);
  if (unit < 0) return {at + 2, Flaw::kEscape, {at, at + 2}};
  if (is_low(unit)) return {at + 6, Flaw::kSurrogate, {at, at + 6}};
  if (!is_high(unit)) return {at + 6, Flaw::kNone, {}};
  if (at + 6 < bytes.size() && is_low(unicode_escape(bytes, at + 6))) {
    return {at + 12, Flaw::kNone, {}};
  }
  return {at + 6, Flaw::kSurrogate, {at, at + 6}};
}

std::size_t digits_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

struct NumberForm {
  bool valid = false;  // RFC 8259 number
  bool cut = false;    // no number yet, but more text could make it one
  bool real = false;   // has a fraction or an exponent
};

NumberForm number_form(std::string_view text) {
  NumberForm form;
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const std::size_t whole = digits_end(text, at);
  if (whole == at) return {false, at == text.size(), false};
  if (text[at] == '0' && whole > at + 1) return form;
  at = whole;
  for (const bool exponent : {false, true}) {
    if (at == text.size()) break;
    if (exponent ? (text[at] != 'e' && text[at] != 'E') : text[at] != '.') continue;
    form.real = true;
    ++at;
    if (exponent && at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const std::size_t end = digits_end(text, at);
    if (end == at) return {false, at == text.size(), true};
    at = end;
  }
  form.valid = at == text.size();
  return form;
}

bool ends_scalar(char c) {
  constexpr std::string_view kEnds = " \t\n\r\"{}[]:,";
  return kEnds.find(c) != std::string_view::npos;
}

}  // namespace

Lexeme lex_string(std::string_view bytes, std::size_t begin) {
  Lexeme lexeme;
  const auto note = [&lexeme](Flaw flaw, Span at) {
    if (flaw == Flaw::kNone || lexeme.flaw != Flaw::kNone) return;
    lexeme.flaw = flaw;
    lexeme.at = at;
  };
  std::size_t at = begin + 1;
  while (at < bytes.size() && bytes[at] != '"' && bytes[at] != '\n' && bytes[at] != '\r') {
    if (bytes[at] == '\\') {
      const Lexeme escape = lex_escape(bytes, at);
      note(escape.flaw, escape.at);
      at = escape.end;
      continue;
    }
    if (static_cast<unsigned char>(bytes[at]) < 0x20) note(Flaw::kControl, {at, at + 1});
    ++at;
  }
  if (at < bytes.size() && bytes[at] == '"') {
    lexeme.end = at + 1;
    return lexeme;
  }
  return {at, Flaw::kOpenString, {begin, at}};
}

Lexeme lex_scalar(std::string_view bytes, std::size_t begin) {
  std::size_t end = begin + 1;
  while (end < bytes.size() && !ends_scalar(bytes[end])) ++end;
  const std::string_view text = bytes.substr(begin, end - begin);
  if (text == "true" || text == "false" || text == "null") return {end, Flaw::kNone, {}};
  const Span whole{begin, end};
  const NumberForm form = number_form(text);
  if (form.valid) {
    if (form.real && !real_in_range(text)) return {end, Flaw::kRealRange, whole};
    if (!form.real && !integer_in_range(text)) return {end, Flaw::kIntegerRange, whole};
    return {end, Flaw::kNone, {}};
  }
  const char first = text.front();
  const bool like_number = is_digit(first) || first == '-' || first == '+' || first == '.';
  return {end, like_number ? Flaw::kNumberForm : Flaw::kBareWord, whole};
}

bool may_be_cut_scalar(std::string_view text) {
  for (const std::string_view literal : {"true", "false", "null"}) {
    if (literal.starts_with(text)) return true;
  }
  const NumberForm form = number_form(text);
  return form.valid || form.cut;
}

}  // namespace sdd::json
