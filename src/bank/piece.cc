#include "bank/piece.h"

#include <algorithm>

namespace sdd::bank {

Piece Piece::trimmed() const {
  const std::string_view text = view();
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return part(0, 0);
  return part(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

Piece Piece::first_line() const {
  const Piece line = part(0, std::min<std::size_t>(view().find('\n'), size));
  const std::size_t last = line.view().find_last_not_of(" \t\r");
  return line.part(0, last == std::string_view::npos ? 0 : last + 1);
}

}  // namespace sdd::bank
