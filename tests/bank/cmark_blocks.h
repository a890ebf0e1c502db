// The blocks that cmark finds in a whole file, to hold those of the outline against.
#pragma once

#include <cmark.h>

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "bank/blocks.h"
#include "bank/outline.h"
#include "base/strings.h"

namespace sdd::test {

// What a block is and where it begins: cmark's type, line and column, from 1.
struct CmarkBlock {
  cmark_node_type type = CMARK_NODE_NONE;
  int line = 0;
  int column = 0;
  friend bool operator==(const CmarkBlock&, const CmarkBlock&) = default;
};

inline std::vector<CmarkBlock> cmark_blocks(std::string_view bytes) {
  std::vector<CmarkBlock> blocks;
  cmark_node* document = cmark_parse_document(bytes.data(), bytes.size(), CMARK_OPT_DEFAULT);
  cmark_iter* iter = cmark_iter_new(document);
  for (cmark_event_type event = cmark_iter_next(iter); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(iter)) {
    cmark_node* node = cmark_iter_get_node(iter);
    const cmark_node_type type = cmark_node_get_type(node);
    if (event != CMARK_EVENT_ENTER || type == CMARK_NODE_DOCUMENT) continue;
    if (type > CMARK_NODE_LAST_BLOCK) continue;
    blocks.push_back({type, cmark_node_get_start_line(node), cmark_node_get_start_column(node)});
  }
  cmark_iter_free(iter);
  cmark_node_free(document);
  return blocks;
}

inline cmark_node_type cmark_type(bank::BlockKind kind) {
  switch (kind) {
    case bank::BlockKind::kQuote:
      return CMARK_NODE_BLOCK_QUOTE;
    case bank::BlockKind::kList:
      return CMARK_NODE_LIST;
    case bank::BlockKind::kItem:
      return CMARK_NODE_ITEM;
    case bank::BlockKind::kCode:
      return CMARK_NODE_CODE_BLOCK;
    case bank::BlockKind::kHtml:
      return CMARK_NODE_HTML_BLOCK;
    case bank::BlockKind::kParagraph:
      return CMARK_NODE_PARAGRAPH;
    case bank::BlockKind::kHeading:
      return CMARK_NODE_HEADING;
    case bank::BlockKind::kRule:
      return CMARK_NODE_THEMATIC_BREAK;
  }
  return CMARK_NODE_NONE;
}

// The same of what bank::blocks_of reads.
inline std::vector<CmarkBlock> outline_blocks(std::string_view bytes) {
  std::vector<CmarkBlock> blocks;
  int line = 1;
  std::size_t line_begin = 0;
  for (const bank::Block& block : bank::blocks_of(bytes).list) {
    for (std::size_t end = bytes.find('\n', line_begin); end < block.begin;
         end = bytes.find('\n', line_begin)) {
      line_begin = end + 1;
      ++line;
    }
    blocks.push_back(
        {cmark_type(block.kind), line, static_cast<int>(block.begin - line_begin) + 1});
  }
  return blocks;
}

// Whether the outline promises the same blocks (outline.h names the exceptions).
inline bool is_outlined_exactly(std::string_view bytes) {
  if (bytes.find_first_of("\r\v\f") != std::string_view::npos ||
      bytes.find("]:") != std::string_view::npos || bytes.find('\0') != std::string_view::npos ||
      bytes.starts_with("\xEF\xBB\xBF") || first_invalid_utf8(bytes) < bytes.size()) {
    return false;
  }
  for (std::size_t at = bytes.find('<'); at != std::string_view::npos;
       at = bytes.find('<', at + 1)) {
    const std::size_t end = bytes.find_first_of("\n>", at);
    const std::string_view tag = bytes.substr(at, end - at);
    if (tag.find_first_of(" \t") != std::string_view::npos && !tag.starts_with("<!")) return false;
  }
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = bytes.find('\n', at);
    if ((end == std::string_view::npos ? bytes.size() : end) - at >= bank::kMaxMarkers)
      return false;
    if (end == std::string_view::npos) break;
    at = end + 1;
  }
  return true;
}

}  // namespace sdd::test
