#include "bank/sections.h"

#include <algorithm>

#include "bank/blocks.h"
#include "base/strings.h"

namespace sdd::bank {
namespace {

std::string words_of(std::string_view heading) {
  heading = heading.substr(0, heading.find_first_of("\r\n"));
  const std::size_t first = heading.find_first_not_of("# \t");
  if (first == std::string_view::npos) return {};
  return ascii_lower(heading.substr(first, heading.find_last_not_of("# \t:") + 1 - first));
}

}  // namespace

std::vector<Section> sections_of(std::string_view bytes) {
  const Blocks blocks = blocks_of(bytes);
  std::vector<Section> sections(1);
  for (std::size_t i = 0; i < blocks.list.size(); i = blocks.list[i].after) {
    const Block& block = blocks.list[i];
    if (block.kind == BlockKind::kHeading) {
      sections.back().limit = block.begin;
      Section next;
      next.heading = words_of(bytes.substr(block.begin, block.end - block.begin));
      next.level = block.level;
      next.begin = block.begin;
      next.body = next.end = block.end;
      sections.push_back(std::move(next));
    } else if (block.kind != BlockKind::kRule) {
      sections.back().end = block.end;
      if (block.kind == BlockKind::kList && sections.back().list == std::string_view::npos) {
        sections.back().list = block.begin;
      }
    }
  }
  sections.back().limit = bytes.size();
  return sections;
}

std::string_view line_end_of(std::string_view bytes) {
  const std::size_t first = bytes.find('\n');
  const bool is_crlf = first != std::string_view::npos && first > 0 && bytes[first - 1] == '\r';
  return is_crlf ? "\r\n" : "\n";
}

std::size_t line_begin(std::string_view bytes, std::size_t at) {
  return at == 0 ? 0 : bytes.substr(0, at).rfind('\n') + 1;
}

std::size_t line_stop(std::string_view bytes, std::size_t at) {
  const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
  return end > at && end < bytes.size() && bytes[end - 1] == '\r' ? end - 1 : end;
}

std::size_t next_line(std::string_view bytes, std::size_t at) {
  const std::size_t end = bytes.find('\n', at);
  return end == std::string_view::npos ? bytes.size() : end + 1;
}

bool is_blank_line(std::string_view bytes, std::size_t at) {
  const std::size_t begin = line_begin(bytes, at);
  const std::string_view line = bytes.substr(begin, line_stop(bytes, at) - begin);
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

std::string in_lines_of(std::string_view bytes, std::string_view text) {
  const std::string_view line_end = line_end_of(bytes);
  std::string lines;
  for (const char c : text) c == '\n' ? lines.append(line_end) : lines.append(1, c);
  return lines;
}

Edit block_behind(std::string_view bytes, std::size_t at, std::string text) {
  const std::string line_end(line_end_of(bytes));
  const std::size_t last = bytes.find_last_not_of(" \t\r\n");
  if (last == std::string_view::npos) return {{0, bytes.size()}, text + line_end};
  const std::size_t stop = line_stop(bytes, std::min(at, last + 1));
  const std::size_t next = next_line(bytes, stop);
  text.insert(0, line_end + line_end);
  if (next < bytes.size() && !is_blank_line(bytes, next)) text += line_end;
  return {{stop, stop}, std::move(text)};
}

Edit block_before(std::string_view bytes, std::size_t at, std::string text) {
  const std::string line_end(line_end_of(bytes));
  text += line_end + line_end;
  if (at > 0 && !is_blank_line(bytes, at - 1)) text.insert(0, line_end);
  return {{at, at}, std::move(text)};
}

}  // namespace sdd::bank
