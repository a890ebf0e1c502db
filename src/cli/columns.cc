#include "cli/columns.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

#include "base/strings.h"

namespace sdd::cli {
namespace {

const char* code_of(Color color) {
  switch (color) {
    case Color::kNone:
      return "";
    case Color::kBold:
      return "\x1b[1m";
    case Color::kDim:
      return "\x1b[2m";
    case Color::kRed:
      return "\x1b[31m";
    case Color::kGreen:
      return "\x1b[32m";
    case Color::kYellow:
      return "\x1b[33m";
    case Color::kCyan:
      return "\x1b[36m";
  }
  return "";
}

}  // namespace

std::string painted(std::string_view text, Color color, bool on) {
  if (!on || color == Color::kNone || text.empty()) return std::string(text);
  return code_of(color) + std::string(text) + "\x1b[0m";
}

std::string shortened(std::string_view text, std::size_t most) {
  std::string shown = printable(text.substr(0, most * 4));
  if (count_code_points(shown) <= most && text.size() <= most * 4) return shown;
  std::size_t end = 0;
  for (std::size_t i = 0; i + 1 < most && end < shown.size(); ++i) {
    end += decode_utf8(shown, end).length;
  }
  return shown.substr(0, end) + "…";
}

std::optional<std::size_t> line_width() {
  winsize size = {};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return std::nullopt;
}

std::string Columns::text_within(std::size_t width, std::size_t column) {
  constexpr std::size_t kLeast = 24;
  std::vector<std::size_t> widths;
  for (const std::vector<Cell>& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], count_code_points(printable(row[i].text)));
    }
  }
  std::size_t line = indent_.size();
  for (const std::size_t one : widths) line += one + 2;
  if (line > width + 2 && column < widths.size()) {
    const std::size_t over = line - width - 2;
    const std::size_t most =
        widths[column] > over + kLeast ? widths[column] - over : std::min(kLeast, widths[column]);
    for (std::vector<Cell>& row : rows_) {
      if (column < row.size()) row[column].text = shortened(row[column].text, most);
    }
  }
  return text();
}

std::string Columns::text() const {
  std::vector<std::size_t> widths;
  std::vector<std::vector<std::string>> texts;
  for (const std::vector<Cell>& row : rows_) {
    std::vector<std::string>& shown = texts.emplace_back();
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      shown.push_back(printable(row[i].text));
      widths[i] = std::max(widths[i], count_code_points(shown.back()));
    }
  }
  std::string out;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    std::string line = indent_;
    for (std::size_t i = 0; i < rows_[r].size(); ++i) {
      const Cell& cell = rows_[r][i];
      const std::string gap(widths[i] - count_code_points(texts[r][i]), ' ');
      const std::string shown = painted(texts[r][i], cell.color, color_);
      if (i > 0) line += "  ";
      line += cell.side == Cell::kRight ? gap + shown : shown + gap;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
  return out;
}

std::string progress_bar(int percentage, std::size_t width) {
  const std::size_t full = static_cast<std::size_t>(std::clamp(percentage, 0, 100)) * width / 100;
  return "[" + std::string(full, '#') + std::string(width - full, '-') + "]";
}

Color color_of(const spec::Node& node) {
  if (!node.status) return Color::kNone;
  switch (*node.status) {
    case spec::Status::kPending:
      return Color::kDim;
    case spec::Status::kInProgress:
      return Color::kYellow;
    case spec::Status::kCompleted:
      return Color::kGreen;
    case spec::Status::kBlocked:
      return Color::kRed;
  }
  return Color::kNone;
}

}  // namespace sdd::cli
