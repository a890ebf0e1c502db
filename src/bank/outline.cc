// Line by line:
// 1. Blank lines are kept as empty ones, two of a run.
// 2. Leading blanks and container markers (`>`, `-`, `1.`) are copied, as long as there are any.
// 3. What begins there (a rule, a heading, a fence, HTML, text) is copied as far as it is
// structure.
// 4. What may end an HTML block is appended.
#include "bank/outline.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/strings.h"

namespace sdd::bank {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class LineOutline {
 public:
  LineOutline(std::string_view line, std::string& out) : line_(line), out_(&out) {}

  // Appends the outline of the line; returns how many container markers it has.
  std::size_t append() {
    std::size_t markers = 0;
    while (skip_blanks() && at_ < kMaxColumn && markers < kMaxMarkers) {
      const std::size_t marker = container_marker();
      if (marker == 0) break;
      copy(marker);
      ++markers;
    }
    if (at_ == line_.size()) return markers;
    if (at_ < kMaxColumn && uniform()) {
      out_->append(line_.substr(at_, kMaxColumn - at_));
      return markers;
    }
    if (at_ >= kMaxColumn || markers == kMaxMarkers || !leaf()) out_->push_back('x');
    append_html_ends();
    return markers;
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < line_.size() ? line_[at_ + ahead] : '\n';
  }
  bool ends_word(std::size_t ahead) const { return peek(ahead) == '\n' || is_blank(peek(ahead)); }
  std::string_view rest() const { return line_.substr(at_); }
  bool has_text_after(std::size_t count) const {
    return rest().find_first_not_of(" \t", count) != std::string_view::npos;
  }
  std::size_t run_length() const {
    return std::min(rest().find_first_not_of(peek()), rest().size());
  }

  void copy(std::size_t count) {
    out_->append(line_.substr(at_, count));
    at_ += count;
  }

  // Copies blanks; false at the line's end.
  bool skip_blanks() {
    const std::size_t end = std::min(line_.find_first_not_of(" \t", at_), line_.size());
    out_->append(line_.substr(at_, std::min(end, kMaxColumn) - std::min(at_, kMaxColumn)));
    at_ = end;
    return at_ < line_.size();
  }

  // The length of the marker of a quote or list item that stands here; 0: none.
  std::size_t container_marker() const {
    const char first = peek();
    if (first == '>') return 1;
    if (first == '-' || first == '+' || first == '*') {
      return ends_word(1) && !uniform() ? 1 : 0;
    }
    std::size_t digits = 0;
    while (digits < 10 && is_digit(peek(digits))) ++digits;
    if (digits == 0 || digits == 10) return 0;
    const char dot = peek(digits);
    return (dot == '.' || dot == ')') && ends_word(digits + 1) ? digits + 1 : 0;
  }

  // Whether the rest of the line is `---`, `* * *`, `===` or the like, at least two of them.
  bool uniform() const {
    const char first = peek();
    if (first != '-' && first != '*' && first != '_' && first != '=') return false;
    const char same[] = {first, ' ', '\t', '\0'};
    if (rest().find_first_not_of(same) != std::string_view::npos) return false;
    return first == '=' || rest().find(first, 1) != std::string_view::npos;
  }

  // Copies what begins a heading, a fence or an HTML block; false: nothing of that.
  bool leaf() {
    switch (peek()) {
      case '#':
        return heading();
      case '`':
      case '~':
        return fence();
      case '<':
        return html();
      default:
        return false;
    }
  }

  bool heading() {
    constexpr std::size_t kDeepest = 6;
    const std::size_t run = run_length();
    if (run > kDeepest || !ends_word(run)) return false;
    const bool has_text = has_text_after(run);
    copy(run);
    if (has_text) out_->append(" x");
    return true;
  }

  bool fence() {
    const std::size_t run = run_length();
    if (run < 3) return false;
    if (peek() == '`' && rest().find('`', run) != std::string_view::npos) return false;
    const bool has_text = has_text_after(run);
    out_->append(rest().substr(0, std::min(run, kMaxColumn)));
    if (has_text) out_->push_back('x');
    return true;
  }

  bool html() {
    for (const std::string_view mark : {"<!--", "<?", "<![CDATA["}) {
      if (!rest().starts_with(mark)) continue;
      out_->append(mark);
      return true;
    }
    if (peek(1) == '!' && is_letter(peek(2))) {
      out_->append(rest().substr(0, 3));
      return true;
    }
    return html_tag();
  }

  bool html_tag() {
    constexpr std::size_t kLongestName = 64;
    std::size_t end = peek(1) == '/' ? 2 : 1;
    if (!is_letter(peek(end))) return false;
    while (is_letter(peek(end)) || is_digit(peek(end)) || peek(end) == '-') {
      if (++end > kLongestName) return false;
    }
    if (ends_word(end)) {
      // Attributes: the second `<` keeps the tag from being a complete one.
      const bool has_text = has_text_after(end);
      copy(end);
      if (has_text) out_->append(" <x");
      return true;
    }
    end += peek(end) == '/' ? 1 : 0;
    if (peek(end) != '>') return false;
    ++end;
    const bool has_text = has_text_after(end);
    copy(end);
    if (has_text) out_->push_back('x');
    return true;
  }

  void append_html_ends() {
    if (rest().find('>') == std::string_view::npos) return;
    bool any = false;
    for (const std::string_view end : {"-->", "?>", "]]>"}) {
      if (rest().find(end) == std::string_view::npos) continue;
      out_->append(end);
      any = true;
    }
    any = append_closing_tag() || any;
    // The `x` keeps it apart from what would make another end of it (`<?`, `<!--`).
    if (!any) out_->append("x>");
  }

  bool append_closing_tag() {
    static constexpr std::array<std::string_view, 4> kTags = {"</script>", "</pre>", "</style>",
                                                              "</textarea>"};
    for (std::size_t at = rest().find("</"); at != std::string_view::npos;
         at = rest().find("</", at + 2)) {
      for (const std::string_view tag : kTags) {
        if (ascii_lower(rest().substr(at, tag.size())) != tag) continue;
        out_->append(tag);
        return true;
      }
    }
    return false;
  }

  std::string_view line_;
  std::string* out_;
  std::size_t at_ = 0;
};

}  // namespace

Outline outline_of(std::string_view bytes) {
  Outline outline;
  outline.text.reserve(bytes.size() / 8);
  std::size_t blocks = 0;
  std::size_t blank_lines = 0;
  std::size_t text_end = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    std::string_view line = bytes.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::size_t last = line.find_last_not_of(" \t\r");
    const bool blank = last == std::string_view::npos;
    if (!blank) text_end = at + last + 1;
    blank_lines = blank ? blank_lines + 1 : 0;
    if (blank_lines <= 2) {
      outline.starts.push_back(static_cast<std::uint32_t>(at));
      outline.ends.push_back(static_cast<std::uint32_t>(text_end));
      blocks += blank ? 1 : 2;
      if (!blank) blocks += 2 * LineOutline(line, outline.text).append();
      outline.text.push_back('\n');
    }
    at = end + 1;
    if (blocks > kMaxBlocks) {
      outline.complete = at >= bytes.size();
      break;
    }
  }
  return outline;
}

}  // namespace sdd::bank
