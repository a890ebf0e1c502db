// The slips, told by the lexeme at which the grammar stops, by what was expected, and by the byte
// in front of it. The order of the questions matters: a comment is one wherever it stands.
#include <algorithm>

#include "json/structure.h"

namespace sdd::json {
namespace {

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '$' || c == '.';
}

bool is_word(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_word_character);
}

// "tru", "als": a cut literal, not a word that somebody wrote.
bool is_piece_of_literal(std::string_view text) {
  for (const std::string_view literal : {"true", "false", "null"}) {
    if (literal.find(text) != std::string_view::npos) return true;
  }
  return false;
}

struct Place {
  std::string_view bytes;
  Expect expected;
  Span found;
  Flaw flaw;

  char first() const { return bytes[found.begin]; }
  std::string_view text() const { return bytes.substr(found.begin, found.size()); }
  std::string_view rest() const { return bytes.substr(found.begin); }
  bool wants_value() const {
    return expected == Expect::kRoot || expected == Expect::kMemberValue ||
           expected == Expect::kFirstElement || expected == Expect::kElement;
  }
  bool wants_key() const { return expected == Expect::kFirstKey || expected == Expect::kKey; }
  bool wants_comma() const {
    return expected == Expect::kCommaInObject || expected == Expect::kCommaInArray;
  }
  // The blanks between the lexeme and the one before it.
  std::string_view blanks_before() const {
    const std::size_t end = bytes.find_last_not_of(" \t\n\r", found.begin - 1);
    return bytes.substr(end + 1, found.begin - end - 1);
  }
  char last_before() const { return bytes[found.begin - blanks_before().size() - 1]; }
};

Slip bracket_slip(const Place& place) {
  if (place.expected == Expect::kMemberValue) return Slip::kNoValue;
  if (place.expected == Expect::kKey && place.first() == '}') return Slip::kTrailingComma;
  if (place.expected == Expect::kElement && place.first() == ']') return Slip::kTrailingComma;
  return place.expected == Expect::kRoot || place.expected == Expect::kColon ? Slip::kNone
                                                                             : Slip::kWrongBracket;
}

Slip comma_slip(const Place& place) {
  if (place.expected == Expect::kMemberValue) return Slip::kNoValue;
  const bool doubled = place.expected == Expect::kKey || place.expected == Expect::kElement;
  return doubled && place.blanks_before().empty() ? Slip::kExtraComma : Slip::kNone;
}

// A value or a key where a comma should stand.
Slip comma_missing(const Place& place) {
  const std::string_view blanks = place.blanks_before();
  const bool new_line = blanks.find('\n') != std::string_view::npos;
  const bool is_string = place.first() == '"';
  const bool behind_string = place.last_before() == '"';
  if (behind_string && !new_line && (blanks.empty() || (!is_string && place.flaw != Flaw::kNone))) {
    return Slip::kQuoteInString;
  }
  if (place.flaw != Flaw::kNone || blanks.empty()) return Slip::kNone;
  if (place.expected == Expect::kCommaInObject && !is_string) return Slip::kNone;
  return Slip::kNoComma;
}

Slip word_slip(const Place& place) {
  if (place.flaw == Flaw::kNumberForm && place.wants_value()) return Slip::kNumber;
  if (!is_word(place.text())) return Slip::kNone;
  if (place.wants_key()) {
    const std::size_t next = place.bytes.find_first_not_of(" \t", place.found.end);
    const bool colon = next != std::string_view::npos && place.bytes[next] == ':';
    return colon ? Slip::kKeyWord : Slip::kNone;
  }
  return place.wants_value() && !is_piece_of_literal(place.text()) ? Slip::kWord : Slip::kNone;
}

}  // namespace

Slip slip_at(std::string_view bytes, Expect expected, Span found, Flaw flaw) {
  const Place place{bytes, expected, found, flaw};
  const char first = place.first();
  const std::string_view rest = place.rest();
  if (rest.starts_with("//") || rest.starts_with("/*") || first == '#') return Slip::kComment;
  if (first == ']' || first == '}') return bracket_slip(place);
  if (first == ',') return comma_slip(place);
  if (first == ':') return Slip::kNone;
  if (place.wants_comma()) return comma_missing(place);
  if (first == '\'') return Slip::kSingleQuotes;
  if (rest.starts_with("\xE2\x80\x9C")) return Slip::kCurlyQuotes;
  if (flaw == Flaw::kOpenString) return Slip::kOpenString;
  if (expected == Expect::kColon)
    return place.blanks_before().empty() ? Slip::kNone : Slip::kNoColon;
  return word_slip(place);
}

}  // namespace sdd::json
