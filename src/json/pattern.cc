#include "json/pattern.h"

#include <re2/re2.h>

namespace sdd::json {

Pattern::Pattern(std::string_view source, std::string re2)
    : source_(source), text_(std::move(re2)) {}

Pattern::~Pattern() = default;

const re2::RE2& Pattern::compiled() const {
  std::call_once(once_, [this] {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_never_capture(true);
    re2_ = std::make_unique<re2::RE2>(text_, options);
  });
  return *re2_;
}

bool Pattern::matches(std::string_view text) const {
  const re2::StringPiece piece(text.data(), text.size());
  return compiled().Match(piece, 0, piece.size(), RE2::UNANCHORED, nullptr, 0);
}

std::string Pattern::trouble() const { return compiled().ok() ? "" : compiled().error(); }

}  // namespace sdd::json
