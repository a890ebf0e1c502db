// 1. Cut the text into what the writer hands on at once: a string, a scalar or a bracket; the
//    blanks behind an opening brace; a comma or a colon with the blanks behind it; the line end and
//    blanks in front of a closing bracket. An opening square bracket, and a comma inside square
//    brackets, go together with their blanks and with a scalar that follows; an empty container is
//    one token.
// 2. Gather tokens; when the next one would make more than 8 KiB, a piece ends before it. A token
//    of 8 KiB or more is a piece of its own.
// 3. Do the same with pieces twelve bytes smaller: a long text that just fits into a piece of this
//    version, and just not into that of the other, moves all later seams of the other.
// 4. The k-th window begins 64 bytes in front of the earlier of: the k-th end of step 3; the token
//    that lies 24 k + 64 bytes in front of the k-th end of step 2. It ends where a writer who
//    lost nothing would be, and 64 bytes more.
// A string that is not closed on its line ends there: one broken token moves no later seam far.
#include "json/seams.h"

#include <algorithm>

#include "json/lexeme.h"

namespace sdd::json {
namespace {

constexpr std::size_t kDriftPerPiece = 24;
constexpr std::size_t kSlack = 64;
constexpr std::size_t kEarlier = 12;

// Steps 2 and 3: where pieces of at most `budget` units end.
class Packer {
 public:
  explicit Packer(std::size_t budget) : budget_(budget) {}

  // Takes a token of `length` units; whether a piece ends in front of it.
  bool add(std::size_t length) {
    const bool full = gathered_ > 0 && gathered_ + length > budget_;
    if (full) {
      packed_ += gathered_;
      gathered_ = 0;
    }
    gathered_ += length;
    return full;
  }

  std::size_t packed() const { return packed_; }  // units in all pieces that ended

 private:
  std::size_t budget_;
  std::size_t gathered_ = 0;
  std::size_t packed_ = 0;
};

// Steps 2 to 4, counting in one unit.
class WindowFinder {
 public:
  void add(std::size_t at, std::size_t length) {
    if (early_.add(length)) early_ends_.push_back(at);
    if (exact_.add(length)) end_piece(at);
    starts_.push_back(at);
  }

  std::vector<Span> take(std::size_t size) {
    for (Span& window : windows_) window.end = std::min(window.end, size);
    return std::move(windows_);
  }

 private:
  void end_piece(std::size_t at) {
    const std::size_t k = windows_.size() + 1;
    const std::size_t drift = kDriftPerPiece * k + kSlack;
    const std::size_t first =
        std::min(token_start(at > drift ? at - drift : 0), early_ends_[k - 1]);
    const std::size_t packed = exact_.packed();
    const std::size_t lost = kPieceBytes * k > packed ? kPieceBytes * k - packed : 0;
    windows_.push_back({first > kSlack ? first - kSlack : 0, at + lost + kSlack});
    starts_.clear();
  }

  // Where the token begins that holds the byte `at`, if it is one of the last piece's.
  std::size_t token_start(std::size_t at) const {
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), at);
    return after == starts_.begin() ? at : *std::prev(after);
  }

  Packer exact_{kPieceBytes};
  Packer early_{kPieceBytes - kEarlier};
  std::vector<std::size_t> early_ends_;
  std::vector<std::size_t> starts_;  // of the tokens of the piece at hand
  std::vector<Span> windows_;
};

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

// Step 1.
class Replay {
 public:
  explicit Replay(std::string_view bytes) : bytes_(bytes) {}

  std::vector<Span> run() {
    for (std::size_t at = 0; at < bytes_.size();) at = token(at);
    std::vector<Span> windows = by_bytes_.take(bytes_.size());
    if (!ascii_) {
      const std::vector<Span> more = by_characters_.take(bytes_.size());
      windows.insert(windows.end(), more.begin(), more.end());
      std::sort(windows.begin(), windows.end(), [](Span a, Span b) { return a.begin < b.begin; });
    }
    return windows;
  }

 private:
  std::size_t blanks_end(std::size_t at) const {
    while (at < bytes_.size() && is_blank(bytes_[at])) ++at;
    return at;
  }

  bool closes(std::size_t at, char bracket) const {
    return at < bytes_.size() && bytes_[at] == bracket;
  }

  // Hands on the token that begins at `at`; returns where the next one begins.
  std::size_t token(std::size_t at) {
    const char c = bytes_[at];
    const std::size_t blanks = blanks_end(at + 1);
    switch (c) {
      case '{':
        return hand_on(at, at + 1 + (closes(at + 1, '}') ? 1 : 0));
      case '}':
      case ']':
        in_array_ = false;  // not known without a stack; the next opening bracket tells again
        return hand_on(at, at + 1);
      case '[':
        if (closes(at + 1, ']')) return hand_on(at, at + 2);
        in_array_ = true;
        return hand_on(at, scalar_end(blanks));
      case ',':
        return hand_on(at, in_array_ ? scalar_end(blanks) : blanks);
      case ':':
        in_array_ = false;
        return hand_on(at, blanks);
      case '"':
        return hand_on(at, lex_string(bytes_, at).end);
      default:
        return hand_on(at, is_blank(c) ? blanks : lex_scalar(bytes_, at).end);
    }
  }

  // The end of the string or scalar at `at`; `at` itself where there is none.
  std::size_t scalar_end(std::size_t at) const {
    constexpr std::string_view kNone = "{}[]:,";
    if (at == bytes_.size() || kNone.find(bytes_[at]) != std::string_view::npos) return at;
    return bytes_[at] == '"' ? lex_string(bytes_, at).end : lex_scalar(bytes_, at).end;
  }

  std::size_t hand_on(std::size_t begin, std::size_t end) {
    const std::string_view text = bytes_.substr(begin, end - begin);
    const std::size_t characters = count_characters(text);
    if (characters != text.size()) ascii_ = false;
    by_bytes_.add(begin, text.size());
    by_characters_.add(begin, characters);
    return end;
  }

  std::string_view bytes_;
  bool in_array_ = false;
  bool ascii_ = true;
  WindowFinder by_bytes_;
  WindowFinder by_characters_;
};

}  // namespace

std::vector<Span> seam_windows(std::string_view bytes) { return Replay(bytes).run(); }

bool touches(const std::vector<Span>& windows, Span range) {
  return std::any_of(windows.begin(), windows.end(), [range](Span window) {
    return window.begin <= range.end && range.begin <= window.end;
  });
}

// Text w w around a place x has a period: bytes[i] == bytes[i - |w|] over at least |w| bytes around
// x. Candidates for |w| are the distances to earlier copies of what stands at x.
bool repeats_at(std::string_view bytes, Span range) {
  constexpr std::size_t kShortest = 16;
  constexpr std::size_t kFarthest = 4096;
  constexpr int kTries = 16;
  const std::size_t at = range.end;
  const std::string_view sample = bytes.substr(at, kShortest);
  if (sample.size() < kShortest) return false;
  const std::size_t first = at > kFarthest ? at - kFarthest : 0;
  const std::string_view before = bytes.substr(first, at - first + kShortest);
  std::size_t copy = at - first;
  for (int i = 0; i < kTries && copy > 0; ++i) {
    copy = before.rfind(sample, copy - 1);
    if (copy == std::string_view::npos) return false;
    const std::size_t period = at - first - copy;
    if (period < kShortest) continue;
    std::size_t begin = at;
    while (begin > range.begin && begin > period && bytes[begin - 1] == bytes[begin - 1 - period]) {
      --begin;
    }
    std::size_t end = at;
    while (end < bytes.size() && end - begin < period && bytes[end] == bytes[end - period]) ++end;
    if (end - begin >= period) return true;
  }
  return false;
}

}  // namespace sdd::json
