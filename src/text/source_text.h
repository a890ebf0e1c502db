// SourceText: the bytes of one file, and where its lines begin.
//
//   SourceText text("specs/active/a.json", bytes);
//   Position p = text.position(311);     // line 12, column 5
//   text.line(p.line)                    // the line's bytes, without its end
//
// Lines end with LF; a CR before it belongs to the line's end. Lines are found at the first
// question, not when the text is made: a clean file is never asked. Questions in rising order cost
// no more than one pass over the text, also when it is all one line; in any order, each costs a few
// KiB of it at most. Not for use by two threads.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/span.h"

namespace sdd {

// Both count from 1; columns count Unicode code points (a byte that is no UTF-8 counts as one).
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;
  friend constexpr bool operator==(Position, Position) = default;
};

// The byte order mark of UTF-8, which some programs put in front of a text.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

class SourceText {
 public:
  SourceText() = default;
  SourceText(std::string path, std::string bytes)
      : path_(std::move(path)), bytes_(std::move(bytes)) {}

  const std::string& path() const { return path_; }
  const std::string& bytes() const { return bytes_; }

  // Forgets the file and holds another.
  void reset(std::string path, std::string bytes);
  // Gives the bytes away, so that their memory serves the next file; the text is empty then.
  std::string take_bytes();

  // Where the byte at `offset` stands. An offset behind the end counts as the end.
  Position position(std::size_t offset) const;

  // The bytes of line `number` (from 1) without its line end; empty for a line that is not there.
  std::string_view line(std::size_t number) const;

  // The span of that line without its line end.
  Span line_span(std::size_t number) const;

 private:
  // A place in a long line whose column is known.
  struct Mark {
    std::size_t offset;
    std::size_t column;
  };

  void find_lines() const;
  void mark_long_lines() const;

  std::string path_;
  std::string bytes_;
  mutable std::vector<std::size_t> line_starts_;
  mutable std::vector<Mark> marks_;      // by offset; made when first needed
  mutable std::size_t last_offset_ = 0;  // the last question and its answer
  mutable Position last_position_;
};

}  // namespace sdd
