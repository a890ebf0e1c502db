#include "bank/blocks.h"

#include <cmark.h>

#include <algorithm>
#include <memory>
#include <new>
#include <optional>

#include "bank/outline.h"

namespace sdd::bank {
namespace {

struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};

std::optional<BlockKind> kind_of_node(cmark_node* node) {
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_BLOCK_QUOTE:
      return BlockKind::kQuote;
    case CMARK_NODE_LIST:
      return BlockKind::kList;
    case CMARK_NODE_ITEM:
      return BlockKind::kItem;
    case CMARK_NODE_CODE_BLOCK:
      return BlockKind::kCode;
    case CMARK_NODE_HTML_BLOCK:
      return BlockKind::kHtml;
    case CMARK_NODE_PARAGRAPH:
      return BlockKind::kParagraph;
    case CMARK_NODE_HEADING:
      return BlockKind::kHeading;
    case CMARK_NODE_THEMATIC_BREAK:
      return BlockKind::kRule;
    default:
      return std::nullopt;
  }
}

bool holds_blocks(BlockKind kind) {
  return kind == BlockKind::kQuote || kind == BlockKind::kList || kind == BlockKind::kItem;
}

class Reader {
 public:
  Reader(const Outline& outline, std::vector<Block>& list) : outline_(outline), list_(list) {}

  // Walks the tree without recursion; `open_` holds the blocks whose children are being read.
  void read(cmark_node* document) {
    for (cmark_node* node = cmark_node_first_child(document); node != nullptr;) {
      const std::optional<BlockKind> kind = kind_of_node(node);
      if (kind) add(node, *kind);
      cmark_node* child = kind && holds_blocks(*kind) ? cmark_node_first_child(node) : nullptr;
      if (child != nullptr) {
        open_.push_back(list_.size() - 1);
        node = child;
        continue;
      }
      if (kind) close(list_.size() - 1);
      node = next(node, document);
    }
  }

 private:
  cmark_node* next(cmark_node* node, cmark_node* document) {
    while (node != document && cmark_node_next(node) == nullptr) {
      node = cmark_node_parent(node);
      if (node == document) return nullptr;
      close(open_.back());
      open_.pop_back();
    }
    return cmark_node_next(node);
  }

  void close(std::size_t index) { list_[index].after = static_cast<std::uint32_t>(list_.size()); }

  void add(cmark_node* node, BlockKind kind) {
    Block block;
    block.kind = kind;
    if (kind == BlockKind::kHeading) {
      block.level = static_cast<std::uint8_t>(cmark_node_get_heading_level(node));
    }
    const std::size_t lines = outline_.starts.size();
    const auto line = [lines](int number) {
      return std::clamp<std::size_t>(number < 1 ? 1 : static_cast<std::size_t>(number), 1, lines);
    };
    const std::size_t first = line(cmark_node_get_start_line(node));
    const std::size_t last = std::max(first, line(cmark_node_get_end_line(node)));
    const int column = std::max(1, cmark_node_get_start_column(node));
    const std::size_t end = outline_.ends[last - 1];
    block.begin = static_cast<std::uint32_t>(
        std::min(outline_.starts[first - 1] + static_cast<std::size_t>(column) - 1, end));
    block.end = static_cast<std::uint32_t>(end);
    list_.push_back(block);
  }

  const Outline& outline_;
  std::vector<Block>& list_;
  std::vector<std::size_t> open_;
};

}  // namespace

Blocks blocks_of(std::string_view bytes) {
  Blocks blocks;
  blocks.complete = bytes.size() <= kMaxMarkdownBytes;
  if (!blocks.complete) return blocks;
  const Outline outline = outline_of(bytes);
  blocks.complete = outline.complete;
  if (outline.starts.empty()) return blocks;
  const std::unique_ptr<cmark_node, FreeNode> document(
      cmark_parse_document(outline.text.data(), outline.text.size(), CMARK_OPT_DEFAULT));
  if (document == nullptr) throw std::bad_alloc();
  Reader(outline, blocks.list).read(document.get());
  return blocks;
}

}  // namespace sdd::bank
