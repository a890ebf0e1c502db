// PatternCursor: where a pattern is being read, and what has been found out about it. For the two
// sources that read patterns: pattern_translation.cc and pattern_escape.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/strings.h"
#include "json/pattern.h"

namespace sdd::json {

inline bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class PatternCursor {
 public:
  using Verdict = Translation::Verdict;

  explicit PatternCursor(std::string_view source) : source_(source) {}

  bool ok() const { return result_.verdict != Verdict::kInvalid; }
  bool at_end() const { return at_ >= source_.size(); }
  // What stands here; NUL at the end.
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }
  // All that is left.
  std::string_view rest() const { return source_.substr(at_); }

  // The first problem stays, but for an unsupported thing in what turns out to be invalid.
  void invalid(std::string problem) {
    if (ok()) result_ = {Verdict::kInvalid, "", std::move(problem)};
  }
  void unsupported(std::string problem) {
    if (result_.verdict == Verdict::kOk) result_ = {Verdict::kUnsupported, "", std::move(problem)};
  }

  bool take(std::string_view text) {
    if (!rest().starts_with(text)) return false;
    at_ += text.size();
    return true;
  }
  // Takes what stands before `end`, and `end`; nothing when there is none.
  std::optional<std::string_view> take_until(char end) {
    const std::size_t found = source_.find(end, at_);
    if (found == std::string_view::npos) return std::nullopt;
    const std::string_view text = source_.substr(at_, found - at_);
    at_ = found + 1;
    return text;
  }
  // Takes `count` bytes, or as many as there are.
  std::string_view take_bytes(std::size_t count) {
    const std::string_view text = source_.substr(at_, count);
    at_ += text.size();
    return text;
  }
  // Not at the end.
  std::uint32_t take_code_point() {
    const CodePoint decoded = decode_utf8(source_, at_);
    at_ += decoded.length;
    return decoded.value;
  }

  Translation take_result() { return std::move(result_); }

 private:
  std::string_view source_;
  std::size_t at_ = 0;
  Translation result_;
};

// What an escape or an item of a class stands for: one code point, or a set as items of an RE2
// class.
struct PatternItem {
  std::optional<std::uint32_t> code_point;
  std::string set;
};

// Reads the escape at the cursor, which stands at a backslash: those that mean the same inside and
// outside a class.
PatternItem read_escape(PatternCursor& cursor);

}  // namespace sdd::json
