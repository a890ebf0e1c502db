// Patterns of JSON Schema: regular expressions of ECMA 262, run by RE2 in linear time.
//
//   const auto translation = translate_pattern("^phase-\\d+$");
//   Pattern pattern(source, translation.re2);
//   pattern.matches(text)                       // compiled at the first question
//
// Read as with the flag u: characters are code points. Annex B's escapes of punctuation that need
// none (`\-`, `\"`) and a literal `{` or `}` are taken too, since schemas in use have them.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace sdd::json {

struct Translation {
  enum class Verdict {
    kOk,
    kUnsupported,  // ECMA 262, but not to be had in linear time, or not known to RE2
    kInvalid,      // not ECMA 262
  };
  Verdict verdict = Verdict::kOk;
  std::string re2;      // kOk: the expression in RE2's language
  std::string problem;  // else: "look-ahead '(?='", for "uses …"; "a group that is not closed" …
};

Translation translate_pattern(std::string_view source);

// Whether ECMA 262 takes it, also where we could not run it.
bool is_ecma_pattern(std::string_view source);

// A translated pattern. Asked by many threads at once.
class Pattern {
 public:
  Pattern(std::string_view source, std::string re2);
  ~Pattern();
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;

  const std::string& source() const { return source_; }
  // Whether it matches somewhere in `text` (valid UTF-8).
  bool matches(std::string_view text) const;
  // Compiles it now; "" when RE2 takes it, else RE2's words.
  std::string trouble() const;

 private:
  const re2::RE2& compiled() const;

  std::string source_;
  std::string text_;  // in RE2's language
  mutable std::once_flag once_;
  mutable std::unique_ptr<re2::RE2> re2_;
};

}  // namespace sdd::json
