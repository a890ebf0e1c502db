// Piece: some bytes of a file, with their place. What the bank reads from a file it never copies:
// a title, a path, a date is a Piece, that is, where it stands and what stands there.
//
//   const Piece title = entry.title;
//   title.view()     // "Surface top-up failure reasons"
//   title.span()     // where that is, for a finding
//
// A Piece points into the bytes of the SourceText that it came from and holds as long as those do.
// Offsets are 32 bits wide: a file of more than 64 MiB is not read (kMaxMarkdownBytes).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/span.h"

namespace sdd::bank {

struct Piece {
  const char* file = nullptr;  // the first byte of the file
  std::uint32_t begin = 0;     // bytes from there
  std::uint32_t size = 0;      // bytes

  // The bytes [from, to) of a file.
  static Piece of(std::string_view file, std::size_t from, std::size_t to) {
    return {file.data(), static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to - from)};
  }

  std::string_view view() const {
    return file == nullptr ? "" : std::string_view(file + begin, size);
  }
  std::size_t end() const { return std::size_t{begin} + size; }
  Span span() const { return {begin, end()}; }
  bool empty() const { return size == 0; }

  // `count` bytes from byte `from` of this piece on; both must lie inside.
  Piece part(std::size_t from, std::size_t count) const {
    return {file, static_cast<std::uint32_t>(begin + from), static_cast<std::uint32_t>(count)};
  }
  // The same without blanks and line ends around it.
  Piece trimmed() const;
  // Its first line, without the line's end and blanks before that.
  Piece first_line() const;
};

}  // namespace sdd::bank
