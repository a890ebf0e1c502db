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

constexpr std::string_view kNotLineEnd = "[^\\n\\r\\x{2028}\\x{2029}]";
constexpr std::string_view kAny = "[\\x{0}-\\x{10ffff}]";
constexpr std::string_view kNone = "[^\\x{0}-\\x{10ffff}]";

void append_literal(std::string& out, std::uint32_t code_point) {
  const bool plain = code_point < 0x80 && (is_ascii_digit(static_cast<char>(code_point)) ||
                                           is_ascii_letter(static_cast<char>(code_point)));
  if (plain) {
    out.push_back(static_cast<char>(code_point));
  } else {
    out += fmt::format("\\x{{{:x}}}", code_point);
  }
}

class Translator : private PatternCursor {
 public:
  explicit Translator(std::string_view source) : PatternCursor(source) {}

  Translation run() {
    while (ok() && at_ < source_.size()) element();
    if (ok() && open_groups_ > 0) invalid("a group that is not closed");
    if (result_.verdict == Verdict::kOk) result_.re2 = std::move(out_);
    return std::move(result_);
  }

 private:
  void element() {
    const char c = source_[at_];
    switch (c) {
      case '(':
        open_group();
        return;
      case ')':
        ++at_;
        if (open_groups_-- == 0) invalid("a ')' without '('");
        out_.push_back(')');
        quantifiable_ = true;
        return;
      case '|':
      case '^':
      case '$':
        ++at_;
        out_ += c == '$' ? std::string_view("\\z") : source_.substr(at_ - 1, 1);
        quantifiable_ = false;
        return;
      case '*':
      case '+':
      case '?':
        ++at_;
        quantifier(std::string(1, c));
        return;
      case '{':
        braces();
        return;
      default:
        atom(c);
    }
  }

  void atom(char c) {
    quantifiable_ = true;
    if (c == '[') {
      character_class();
    } else if (c == '\\') {
      escape_outside();
    } else if (c == ']') {
      invalid("a ']' outside a class (classes such as [:alpha:] are not ECMA 262)");
    } else if (c == '.') {
      ++at_;
      out_ += kNotLineEnd;
    } else {
      append_literal(out_, take_code_point());
    }
  }

  void open_group() {
    ++open_groups_;
    quantifiable_ = false;
    if (take("(?=") || take("(?!")) {
      unsupported("look-ahead");
    } else if (take("(?<=") || take("(?<!")) {
      unsupported("look-behind");
    } else if (take("(?<")) {
      group_name();
    } else if (!take("(?:")) {
      ++at_;
      if (at_ < source_.size() && source_[at_] == '?') {
        invalid(fmt::format("{}, a group of another dialect", quoted(source_.substr(at_ - 1, 3))));
      }
    }
    out_ += "(?:";
  }

  void group_name() {
    const std::string_view name = take_until('>').value_or("");
    const bool good = !name.empty() && !is_ascii_digit(name.front()) &&
                      std::all_of(name.begin(), name.end(), [](char c) {
                        return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '$' ||
                               static_cast<unsigned char>(c) >= 0x80;
                      });
    if (!good) invalid("a group whose name is none");
  }

  void quantifier(std::string text) {
    if (!quantifiable_) return invalid(fmt::format("a '{}' with nothing to repeat", text));
    if (take("?")) text.push_back('?');
    out_ += text;
    quantifiable_ = false;
  }

  // `{2}`, `{2,}`, `{2,5}`; any other brace stands for itself.
  void braces() {
    const std::size_t end = source_.find('}', at_);
    const std::string_view inside =
        end == std::string_view::npos ? "" : source_.substr(at_ + 1, end - at_ - 1);
    const std::size_t comma = std::min(inside.find(','), inside.size());
    const std::string_view least = inside.substr(0, comma);
    const std::string_view most = inside.substr(std::min(comma + 1, inside.size()));
    if (!all_digits(least) || (!most.empty() && !all_digits(most))) {
      quantifiable_ = true;
      ++at_;
      append_literal(out_, '{');
      return;
    }
    const auto too_many = [](std::string_view count) {
      return count.size() > 4 || (count.size() == 4 && count > "1000");
    };
    if (too_many(least) || too_many(most)) {
      unsupported("a repetition above 1000");
    } else if (!most.empty() && std::stoi(std::string(most)) < std::stoi(std::string(least))) {
      return invalid("a repetition whose most is below its least");
    }
    const std::size_t begin = std::exchange(at_, end + 1);
    quantifier(std::string(source_.substr(begin, at_ - begin)));
  }

  void escape_outside() {
    if (take("\\b") || take("\\B")) {
      out_ += source_.substr(at_ - 2, 2);
      quantifiable_ = false;
      return;
    }
    const char next = at_ + 1 < source_.size() ? source_[at_ + 1] : '\0';
    if ((next >= '1' && next <= '9') || next == 'k') return back_reference(next);
    append_outside(read_escape(*this));
  }

  // `\1`, `\k<name>`.
  void back_reference(char first) {
    at_ += 2;
    if (first == 'k' && !(take("<") && take_until('>'))) return invalid("'\\k' without a name");
    while (first != 'k' && is_ascii_digit(peek())) ++at_;
    unsupported("a back-reference");
  }

  void append_outside(const PatternItem& item) {
    if (item.code_point) return append_literal(out_, *item.code_point);
    out_.push_back('[');
    out_ += item.set;
    out_.push_back(']');
  }

  PatternItem class_item() {
    if (source_[at_] != '\\') return {take_code_point(), ""};
    if (take("\\b")) return {8U, ""};
    if (take("\\-")) return {'-', ""};
    return read_escape(*this);
  }

  void character_class() {
    ++at_;
    const bool negated = take("^");
    if (take("]")) {
      out_ += negated ? kAny : kNone;
      return;
    }
    out_ += negated ? "[^" : "[";
    while (ok()) {
      if (at_ >= source_.size()) return invalid("a class that is not closed");
      if (take("]")) break;
      class_range();
    }
    out_.push_back(']');
  }

  // One item, or `a-z`.
  void class_range() {
    const PatternItem first = class_item();
    const bool is_range =
        at_ + 1 < source_.size() && source_[at_] == '-' && source_[at_ + 1] != ']';
    if (!is_range) return append_item(first);
    ++at_;
    const PatternItem last = class_item();
    if (!first.code_point || !last.code_point) {
      append_item(first);
      append_literal(out_, '-');
      append_item(last);
      return;
    }
    if (*first.code_point > *last.code_point) return invalid("a range from high to low");
    append_item(first);
    out_.push_back('-');
    append_item(last);
  }

  void append_item(const PatternItem& item) {
    if (item.code_point) {
      append_literal(out_, *item.code_point);
    } else {
      out_ += item.set;
    }
  }

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
