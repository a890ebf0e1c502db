// Blocks: the block structure of a Markdown file, read by cmark (CommonMark 0.30), as a flat list.
//
//   const Blocks blocks = blocks_of(bytes);
//   for (std::size_t i = 0; i < blocks.list.size(); i = blocks.list[i].after) …   // the outermost
//   for (std::size_t j = i + 1; j < blocks.list[i].after; j = blocks.list[j].after) …  // children
//
// Blocks stand in document order, a parent before its children. Inline structure (emphasis, links,
// code spans) is not read; see outline.h for what cmark gets to see. Any bytes may be given:
// nesting is bounded by kMaxColumn, memory by kMaxBlocks.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace sdd::bank {

enum class BlockKind : std::uint8_t {
  kQuote,
  kList,
  kItem,
  kCode,  // fenced or indented
  kHtml,
  kParagraph,
  kHeading,
  kRule,
};

struct Block {
  BlockKind kind = BlockKind::kParagraph;
  std::uint8_t level = 0;   // of a heading, 1 to 6
  std::uint32_t begin = 0;  // byte of its first character: a list item's marker, a heading's `#`
  std::uint32_t end = 0;    // behind the last character that is neither blank nor line end
  std::uint32_t after = 0;  // index behind its last descendant
};

struct Blocks {
  std::vector<Block> list;
  bool complete = true;  // false: the file is over kMaxBlocks, and its rest is not read
};

// The blocks of `bytes`, at most kMaxMarkdownBytes of them; of a longer text, none.
Blocks blocks_of(std::string_view bytes);

inline constexpr std::size_t kMaxMarkdownBytes = std::size_t{64} << 20U;

}  // namespace sdd::bank
