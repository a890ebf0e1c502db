// Where a seam is possible:
// 1. Pieces end in [first, last]; for the first piece both are 0.
// 2. The next piece of any version ends at most 8192 further on, and not before the token begins
//    that stands there. How long that one is nobody knows: as long as the longest text that stands
//    around there in this version, where versions are shifted against each other by up to 1 KiB.
// 3. This is counted in bytes and, where the text is not all ASCII, in characters too.
#include "repair/seam_doubt.h"

#include <algorithm>
#include <set>

#include "json/lexeme.h"
#include "json/seams.h"

namespace sdd::repair {
namespace {

constexpr std::size_t kMostShift = 1024;
constexpr std::size_t kShortText = 64;
constexpr std::size_t kWindowSlack = 64;  // json/seams.h, behind 8192 k
constexpr std::size_t kWindowLead = 16;   // of what it adds in front
constexpr std::int64_t kLately = std::int64_t{10} * 60 * 1'000'000;

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

// A long text, in units from the file's begin.
struct LongText {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::vector<LongText> long_texts(std::string_view bytes) {
  std::vector<LongText> texts;
  for (std::size_t at = bytes.find('"'); at < bytes.size(); at = bytes.find('"', at)) {
    const std::size_t end = json::lex_string(bytes, at).end;
    if (end - at > kShortText) texts.push_back({at, end});
    at = end;
  }
  return texts;
}

// Steps 1 and 2. `size` and the texts count in one unit.
std::vector<Span> possible_ends(const std::vector<LongText>& texts, std::size_t size) {
  std::vector<Span> windows;
  std::size_t first = 0;
  std::size_t last = 0;
  auto near = texts.begin();
  while (first + json::kPieceBytes < size + kMostShift) {
    const std::size_t from = first + json::kPieceBytes - kMostShift;
    last += json::kPieceBytes;
    while (near != texts.end() && near->end < from) ++near;
    std::size_t longest = kShortText;
    for (auto text = near; text != texts.end() && text->begin < last + kMostShift; ++text) {
      longest = std::max(longest, text->end - text->begin);
    }
    // Where texts are longer than pieces nothing can be told.
    first = std::max(first + 1, first + json::kPieceBytes - std::min(longest, json::kPieceBytes));
    windows.push_back({first, last});
    if (last - first > size) {
      windows.back().end = size;
      break;
    }
  }
  return windows;
}

// Step 3: from characters back to bytes.
class CharacterCount {
 public:
  explicit CharacterCount(std::string_view bytes) : at_(bytes.size() + 1) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      at_[i + 1] = at_[i] + (begins_character(bytes[i]) ? 1 : 0);
    }
  }
  std::size_t of(std::size_t offset) const { return at_[offset]; }
  std::size_t offset(std::size_t characters) const {
    const auto found = std::lower_bound(at_.begin(), at_.end(), characters);
    return std::min(static_cast<std::size_t>(found - at_.begin()), at_.size() - 1);
  }
  std::size_t total() const { return at_.back(); }

 private:
  std::vector<std::size_t> at_;
};

std::vector<Span> possible_windows(std::string_view bytes) {
  std::vector<LongText> texts = long_texts(bytes);
  std::vector<Span> windows = possible_ends(texts, bytes.size());
  if (std::all_of(bytes.begin(), bytes.end(), begins_character)) return windows;
  const CharacterCount count(bytes);
  for (LongText& text : texts) text = {count.of(text.begin), count.of(text.end)};
  for (const Span window : possible_ends(texts, count.total())) {
    windows.push_back({count.offset(window.begin), count.offset(window.end)});
  }
  return windows;
}

void add_names(json::Value object, std::string& pattern) {
  std::set<std::string_view> names;
  for (const json::Member member : object.members()) names.insert(member.key.string());
  for (const std::string_view name : names) pattern.append(name).push_back(',');
}

}  // namespace

SeamDoubt::SeamDoubt(std::string_view bytes) {
  if (bytes.size() <= json::kPieceBytes || bytes.find("\n ") == std::string_view::npos) return;
  likely_ = json::seam_windows(bytes);
  // They reach further than pieces do: for a grammar that notices late, and for the last seams of a
  // hundred.
  for (Span& window : likely_) {
    if (window.end < bytes.size()) window.end -= std::min(window.size(), kWindowSlack);
    window.begin += std::min(window.size(), kWindowLead);
  }
  possible_ = possible_windows(bytes);
}

bool SeamDoubt::crosses(const std::vector<Span>& windows, Span span) {
  return std::any_of(windows.begin(), windows.end(), [span](Span window) {
    return window.begin < span.end && span.begin < window.end;
  });
}

std::optional<Timestamp> newest_time(json::Value value) {
  std::optional<Timestamp> newest;
  if (!value) return newest;
  const json::Tree& tree = *value.tree();
  for (std::uint32_t at = value.index(); at < tree.subtree_end(value); ++at) {
    const json::Value text = tree.at(at);
    if (!text.is_string() || text.raw().size() > 40) continue;
    const auto time = parse_rfc3339(text.string());
    if (time && (!newest || *time > *newest)) newest = time;
  }
  return newest;
}

bool is_fresh(json::Value value, std::optional<Timestamp> newest) {
  const auto own = newest_time(value);
  return own && newest && own->microseconds >= newest->microseconds - kLately;
}

std::string pattern_of(json::Value value) {
  std::string pattern;
  for (const char* name : {"type", "status", "entry_type"}) {
    pattern.append(value.find(name).string()).push_back('|');
  }
  add_names(value, pattern);
  add_names(value.find("metadata"), pattern.append("|"));
  return pattern;
}

}  // namespace sdd::repair
