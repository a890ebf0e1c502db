// Sections: what stands between two headings of a Markdown file, and whole lines put between
// others. For those who write entries into a file.
//
//   for (const Section& section : sections_of(bytes)) …
//   Edit edit = block_behind(bytes, section.end, text);    // a paragraph, an entry, a heading
//
// Blocks are put in the file's own style: its line ends, one blank line to what stands before and
// behind.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/edit.h"

namespace sdd::bank {

// Every section runs up to the next heading, of whatever level. Headings inside of quotes and lists
// are none.
struct Section {
  std::string heading;    // its words in lower case, without `#` and a colon at the end
  int level = 0;          // of the heading; 0: what stands before the first one
  std::size_t begin = 0;  // byte of the heading
  std::size_t body = 0;   // behind the heading
  std::size_t end = 0;    // behind the last character that is no rule (`---`); body: it is empty
  std::size_t limit = 0;  // where the next one begins
  std::size_t list = std::string_view::npos;  // byte of its first list; npos: none

  bool is_empty() const { return end == body; }
};
std::vector<Section> sections_of(std::string_view bytes);

// "\r\n" when the first line ends so, else "\n".
std::string_view line_end_of(std::string_view bytes);
// Where the line that holds this byte begins, and where it stops, its line end aside.
std::size_t line_begin(std::string_view bytes, std::size_t at);
std::size_t line_stop(std::string_view bytes, std::size_t at);
// Where the next line begins; the size of the bytes when there is none.
std::size_t next_line(std::string_view bytes, std::size_t at);
// Whether the line that holds this byte has nothing but blanks.
bool is_blank_line(std::string_view bytes, std::size_t at);

// `text` with "\n" as the file ends its lines. `text` holds no "\r".
std::string in_lines_of(std::string_view bytes, std::string_view text);

// `text` (no line end behind it) as a block of its own: behind the line that holds byte `at`, or
// before the line that begins at `at`. Behind a byte in the blank lines at the end: before those.
Edit block_behind(std::string_view bytes, std::size_t at, std::string text);
Edit block_before(std::string_view bytes, std::size_t at, std::string text);

}  // namespace sdd::bank
