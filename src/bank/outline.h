// Outline: a Markdown file reduced to what its block structure depends on, so that a CommonMark
// parser can be given any bytes at all.
//
// Which lines are list items, headings, code, comments and paragraphs is decided at the beginnings
// of lines (CommonMark 0.30, chapters 4 and 5). What follows there, and that is nearly all of a
// file, matters for emphasis, links and code spans, which nobody here wants to know, and for which
// a parser builds up to 200 bytes of nodes for each byte of hostile text (`[[[[[…`). So each line
// is cut to
//   - its leading blanks and the markers of quotes, lists, headings, fences and HTML, as they
//   stand;
//   - one `x` where text follows;
//   - those of `-->`, `?>`, `]]>`, `>`, `</script>`, `</pre>`, `</style>`, `</textarea>` that it
//     has: they end HTML blocks.
// A line that is all dashes, stars, underscores or equal signs stays whole, up to kMaxColumn bytes.
//
// The blocks of the outline are the blocks of the file, line by line and column by column, with
// these exceptions, all without consequence for a memory bank:
//   - a link reference definition (`[name]: address`) is a paragraph;
//   - an HTML tag that CommonMark does not list by name and that has attributes begins no HTML
//   block;
//   - markers behind column kMaxColumn, or behind the 32nd of a line, are text: nesting is bounded;
//   - a form feed or vertical tab is no blank (CommonMark 0.30; cmark takes it for one);
//   - a CR without LF ends no line; of many blank lines in a row two are kept;
//   - bytes that are no UTF-8 (SDD007) are text like any other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sdd::bank {

inline constexpr std::size_t kMaxColumn = 160;
inline constexpr std::size_t kMaxMarkers = 32;

// A file may have so many lines and markers: each costs the parser some 150 bytes of memory.
inline constexpr std::size_t kMaxBlocks = 500'000;

// Whether `c` is one of those that indent (CommonMark 0.30, 2.1: space, tab).
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

struct Outline {
  std::string text;
  std::vector<std::uint32_t> starts;  // for each line of `text`, where that line begins in the file
  std::vector<std::uint32_t> ends;    // and where what is no blank ends, in it or before it
  bool complete = true;  // false: the file had more than kMaxBlocks; the rest is left out
};

// The outline of `bytes`, which must not be longer than 2^32 - 1 bytes. One pass.
Outline outline_of(std::string_view bytes);

}  // namespace sdd::bank
