// translate_pattern: one pass from ECMA 262 to RE2.
//
// 1. Outside classes: assertions, groups, alternatives and quantifiers are copied; groups capture
//    nothing, since nobody asks. What RE2 spells differently (`.`, `\s`, `\uXXXX`) is spelled out
//    as a class or a code point.
// 2. Inside classes every item is read as a code point or a set, and written anew, so that nothing
//    RE2 reads differently (`[[:alpha:]]`, a `-` behind `\w`) gets through.
// 3. The first thing that is not ECMA 262 ends it. A thing that RE2 lacks does not: behind it the
//    pattern may still turn out to be invalid.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/strings.h"
#include "json/pattern_cursor.h"

namespace sdd::json {
namespace {

constexpr std::string_view kNotLineEnd = R"([^\n\r\x{2028}\x{2029}])";
constexpr std::string_view kAny = R"([\x{0}-\x{10ffff}])";
constexpr std::string_view kNone = R"([^\x{0}-\x{10ffff}])";

// Open at once: RE2 has no clear limit of its own.
constexpr std::size_t kMostGroups = 200;

// Never a surrogate: nothing gives one.
void append_literal(std::string& out, std::uint32_t code_point) {
  const char c = code_point < 0x80 ? static_cast<char>(code_point) : '\0';
  if (is_ascii_digit(c) || is_ascii_letter(c) || c == '_') {
    out.push_back(c);
  } else if (code_point >= 0x80) {
    append_utf8(out, code_point);
  } else if (c < ' ' || c == 0x7F) {
    out += fmt::format("\\x{{{:x}}}", code_point);
  } else {
    out.push_back('\\');
    out.push_back(c);
  }
}

class Translator {
 public:
  explicit Translator(std::string_view source) : cursor_(source) {}

  Translation run() {
    while (cursor_.ok() && !cursor_.at_end()) element();
    if (open_groups_ > 0) cursor_.invalid("a group that is not closed");
    Translation result = cursor_.take_result();
    if (result.verdict == Translation::Verdict::kOk) result.re2 = std::move(out_);
    return result;
  }

 private:
  void element() {
    const char c = cursor_.peek();
    switch (c) {
      case '(':
        return open_group();
      case ')':
        return close_group();
      case '|':
      case '^':
      case '$':
        cursor_.take_bytes(1);
        out_ += c == '$' ? std::string_view("\\z") : std::string_view(&c, 1);
        quantifiable_ = false;
        return;
      case '*':
      case '+':
      case '?':
        return quantifier(std::string(cursor_.take_bytes(1)));
      case '{':
        return braces();
      default:
        quantifiable_ = true;
        return atom(c);
    }
  }

  void atom(char c) {
    if (c == '[') return character_class();
    if (c == '\\') return escape_outside();
    if (c == ']') {
      return cursor_.invalid("a ']' outside a class (classes such as [:alpha:] are not ECMA 262)");
    }
    if (cursor_.take(".")) {
      out_ += kNotLineEnd;
    } else {
      append_literal(out_, cursor_.take_code_point());
    }
  }

  void open_group() {
    if (++open_groups_ > kMostGroups) {
      cursor_.unsupported(fmt::format("groups nested deeper than {}", kMostGroups));
    }
    quantifiable_ = false;
    if (cursor_.take("(?=") || cursor_.take("(?!")) {
      cursor_.unsupported("look-ahead");
    } else if (cursor_.take("(?<=") || cursor_.take("(?<!")) {
      cursor_.unsupported("look-behind");
    } else if (cursor_.take("(?<")) {
      group_name();
    } else if (!cursor_.take("(?:")) {
      if (cursor_.peek(1) == '?') {
        cursor_.invalid(
            fmt::format("{}, a group of another dialect", quote(cursor_.rest().substr(0, 3))));
      }
      cursor_.take("(");
    }
    out_ += "(?:";
  }

  void close_group() {
    cursor_.take(")");
    if (open_groups_ == 0) return cursor_.invalid("a ')' without '('");
    --open_groups_;
    out_.push_back(')');
    quantifiable_ = true;
  }

  void group_name() {
    const std::string_view name = cursor_.take_until('>').value_or("");
    const bool good = !name.empty() && !is_ascii_digit(name.front()) &&
                      std::all_of(name.begin(), name.end(), [](char c) {
                        return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '$' ||
                               static_cast<unsigned char>(c) >= 0x80;
                      });
    if (!good) cursor_.invalid("a group whose name is none");
  }

  void quantifier(std::string text) {
    if (!quantifiable_) {
      return cursor_.invalid(fmt::format("a '{}' with nothing to repeat", text));
    }
    if (cursor_.take("?")) text.push_back('?');
    out_ += text;
    quantifiable_ = false;
  }

  // `{2}`, `{2,}`, `{2,5}`; any other brace stands for itself.
  void braces() {
    const std::string_view rest = cursor_.rest();
    const std::size_t end = std::min(rest.find('}'), rest.size() - 1);
    const std::string_view inside = rest.substr(1, std::max<std::size_t>(end, 1) - 1);
    const std::size_t comma = std::min(inside.find(','), inside.size());
    const std::string_view least = inside.substr(0, comma);
    const std::string_view most = inside.substr(std::min(comma + 1, inside.size()));
    if (rest[end] != '}' || !all_digits(least) || (!most.empty() && !all_digits(most))) {
      quantifiable_ = true;
      cursor_.take("{");
      return append_literal(out_, '{');
    }
    const auto too_many = [](std::string_view count) {
      return count.size() > 4 || (count.size() == 4 && count > "1000");
    };
    if (too_many(least) || too_many(most)) {
      cursor_.unsupported("a repetition above 1000");
    } else if (!most.empty() && std::stoi(std::string(most)) < std::stoi(std::string(least))) {
      return cursor_.invalid("a repetition whose most is below its least");
    }
    quantifier(std::string(cursor_.take_bytes(end + 1)));
  }

  void escape_outside() {
    const char next = cursor_.peek(1);
    if (next == 'b' || next == 'B') {
      out_ += cursor_.take_bytes(2);
      quantifiable_ = false;
      return;
    }
    if ((next >= '1' && next <= '9') || next == 'k') return back_reference(next);
    const PatternItem item = read_escape(cursor_);
    if (item.code_point) return append_literal(out_, *item.code_point);
    out_.push_back('[');
    out_ += item.set;
    out_.push_back(']');
  }

  // `\1`, `\k<name>`.
  void back_reference(char first) {
    cursor_.take_bytes(2);
    if (first == 'k' && !(cursor_.take("<") && cursor_.take_until('>'))) {
      return cursor_.invalid("'\\k' without a name");
    }
    while (first != 'k' && is_ascii_digit(cursor_.peek())) cursor_.take_bytes(1);
    cursor_.unsupported("a back-reference");
  }

  PatternItem class_item() {
    if (cursor_.take("\\b")) return {8U, ""};
    if (cursor_.peek() == '\\') return read_escape(cursor_);
    return {cursor_.take_code_point(), ""};
  }

  void character_class() {
    cursor_.take("[");
    const bool negated = cursor_.take("^");
    if (cursor_.take("]")) {
      out_ += negated ? kAny : kNone;
      return;
    }
    out_ += negated ? "[^" : "[";
    while (cursor_.ok() && !cursor_.take("]")) {
      if (cursor_.at_end()) return cursor_.invalid("a class that is not closed");
      class_range();
    }
    out_.push_back(']');
  }

  // One item, or `a-z`. A `-` beside a set, or at the end, is itself.
  void class_range() {
    const PatternItem first = class_item();
    append_item(first);
    if (cursor_.peek() != '-' || cursor_.peek(1) == ']' || cursor_.peek(1) == '\0') return;
    cursor_.take("-");
    const PatternItem last = class_item();
    const bool is_range = first.code_point && last.code_point;
    if (is_range && *first.code_point > *last.code_point) {
      return cursor_.invalid("a range from high to low");
    }
    out_ += is_range ? "-" : "\\-";
    append_item(last);
  }

  void append_item(const PatternItem& item) {
    if (item.code_point) {
      append_literal(out_, *item.code_point);
    } else {
      out_ += item.set;
    }
  }

  PatternCursor cursor_;
  std::size_t open_groups_ = 0;
  bool quantifiable_ = false;  // whether a quantifier may stand here
  std::string out_;
};

}  // namespace

Translation translate_pattern(std::string_view source) { return Translator(source).run(); }

bool is_ecma_pattern(std::string_view source) {
  return translate_pattern(source).verdict != Translation::Verdict::kInvalid;
}

}  // namespace sdd::json
