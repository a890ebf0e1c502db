// Text for people in aligned columns, with colour where it is wanted.
//
//   Columns table(session.color());
//   table.row({{"phase-1"}, {"Groundwork"}, {"3/3", kGreen, Cell::kRight}});
//   session.print(table.text());
//
// Texts come from files: control characters are made visible, and widths are counted in code
// points. The last column is not padded.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spec/spec.h"

namespace sdd::cli {

enum class Color { kNone, kBold, kDim, kRed, kGreen, kYellow, kCyan };

// `text` in that colour when `on`; as it is otherwise.
std::string painted(std::string_view text, Color color, bool on);

// printable(text), cut to `most` code points with an ellipsis.
std::string shortened(std::string_view text, std::size_t most);

struct Cell {
  enum Side { kLeft, kRight };
  std::string text;
  Color color = Color::kNone;
  Side side = kLeft;
};

class Columns {
 public:
  explicit Columns(bool color, std::string indent = "")
      : color_(color), indent_(std::move(indent)) {}

  void row(std::vector<Cell> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }
  // One line a row.
  std::string text() const;
  // The same, lines cut to `width` code points by shortening the cells of column `column`, but to
  // no less than 24.
  std::string text_within(std::size_t width, std::size_t column);

 private:
  bool color_;
  std::string indent_;
  std::vector<std::vector<Cell>> rows_;
};

// How many code points a line on stdout may have: the terminal's width; nothing for a pipe or a
// file, where nothing is cut.
std::optional<std::size_t> line_width();

// "[##########----------]"
std::string progress_bar(int percentage, std::size_t width = 20);

// The colour that a status has everywhere.
Color color_of(const spec::Node& node);

}  // namespace sdd::cli
