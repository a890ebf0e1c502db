#include "bank/mention.h"

#include <algorithm>

namespace sdd::bank {
namespace {
constexpr std::size_t kLongestRun = 8;  // of back-ticks
}  // namespace

bool is_path_pattern(std::string_view text) {
  return text.find_first_of("*?<>{}") != std::string_view::npos ||
         text.find("...") != std::string_view::npos || text.find("…") != std::string_view::npos ||
         text.find("YYYY") != std::string_view::npos;
}

Piece bare_path(Piece path) {
  std::string_view text = path.view();
  text = text.substr(0, text.find('#'));
  for (;;) {
    const std::size_t last = text.find_last_not_of("0123456789-");
    const bool numbered =
        last != std::string_view::npos && last + 1 < text.size() && text[last] == ':';
    if (numbered || text.ends_with(':')) {
      text = text.substr(0, numbered ? last : text.size() - 1);
    } else if (text.ends_with('/')) {
      text.remove_suffix(1);
    } else {
      return path.part(0, text.size());
    }
  }
}

void find_mentions(Piece text, std::vector<Mention>& mentions) {
  const std::string_view all = text.view();
  for (std::size_t open = all.find('`'); open != std::string_view::npos;) {
    std::size_t begin = std::min(all.find_first_not_of('`', open), all.size());
    const std::size_t run = begin - open;
    // A run of the same length closes it; a longer or shorter one does not. Nobody writes long
    // ones, and looking for the end of each would take time.
    std::size_t close = run <= kLongestRun ? all.find('`', begin) : std::string_view::npos;
    std::size_t behind = close;
    while (close != std::string_view::npos) {
      behind = std::min(all.find_first_not_of('`', close), all.size());
      if (behind - close == run) break;
      close = all.find('`', behind);
    }
    if (close == std::string_view::npos) {
      open = all.find('`', begin);
      continue;
    }
    const Piece inside = text.part(begin, close - begin).trimmed();
    const std::string_view word = inside.view();
    if (word.find('/') != std::string_view::npos &&
        word.find_first_of(" \t\r\n") == std::string_view::npos && !is_path_pattern(word)) {
      const Piece path = bare_path(inside);
      if (!path.empty()) mentions.push_back({path});
    }
    open = all.find('`', behind);
  }
}

}  // namespace sdd::bank
