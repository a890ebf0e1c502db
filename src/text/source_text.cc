#include "text/source_text.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/strings.h"

namespace sdd {
namespace {

// Counting this far is quick; farther into a line, marks this far apart help.
constexpr std::size_t kNear = 16384;

}  // namespace

void SourceText::reset(std::string path, std::string bytes) {
  path_ = std::move(path);
  bytes_ = std::move(bytes);
  line_starts_.clear();
  marks_.clear();
  last_offset_ = 0;
  last_position_ = {};
}

std::string SourceText::take_bytes() {
  std::string bytes = std::move(bytes_);
  reset({}, {});
  return bytes;
}

void SourceText::find_lines() const {
  if (!line_starts_.empty()) return;
  line_starts_.push_back(0);
  for (std::size_t at = bytes_.find('\n'); at != std::string::npos;
       at = bytes_.find('\n', at + 1)) {
    line_starts_.push_back(at + 1);
  }
}

// One pass. A mark stands at the first byte of a character, as counting from the line's begin would
// meet it.
void SourceText::mark_long_lines() const {
  if (!marks_.empty()) return;
  for (std::size_t i = 0; i < line_starts_.size(); ++i) {
    const std::size_t end = i + 1 < line_starts_.size() ? line_starts_[i + 1] : bytes_.size();
    std::size_t column = 1;
    std::size_t next = line_starts_[i] + kNear;
    for (std::size_t at = line_starts_[i]; next < end; ++column) {
      if (at >= next) {
        marks_.push_back({at, column});
        next = at + kNear;
      }
      at += decode_utf8(bytes_, at).length;
    }
  }
}

Position SourceText::position(std::size_t offset) const {
  find_lines();
  offset = std::min(offset, bytes_.size());
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const auto line = static_cast<std::size_t>(after - line_starts_.begin());
  std::size_t from = line_starts_[line - 1];
  std::size_t column = 1;
  if (line == last_position_.line && last_offset_ >= from && last_offset_ <= offset) {
    from = last_offset_;
    column = last_position_.column;
  }
  if (offset - from > kNear) {
    mark_long_lines();
    const auto behind =
        std::upper_bound(marks_.begin(), marks_.end(), offset,
                         [](std::size_t wanted, const Mark& mark) { return wanted < mark.offset; });
    if (behind != marks_.begin() && std::prev(behind)->offset > from) {
      from = std::prev(behind)->offset;
      column = std::prev(behind)->column;
    }
  }
  column += count_code_points(std::string_view(bytes_).substr(from, offset - from));
  last_offset_ = offset;
  last_position_ = {line, column};
  return last_position_;
}

Span SourceText::line_span(std::size_t number) const {
  find_lines();
  if (number == 0 || number > line_starts_.size()) return {bytes_.size(), bytes_.size()};
  const std::size_t begin = line_starts_[number - 1];
  std::size_t end = number < line_starts_.size() ? line_starts_[number] - 1 : bytes_.size();
  if (end > begin && bytes_[end - 1] == '\r') --end;
  return {begin, end};
}

std::string_view SourceText::line(std::size_t number) const {
  const Span span = line_span(number);
  return std::string_view(bytes_).substr(span.begin, span.size());
}

}  // namespace sdd
