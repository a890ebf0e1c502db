#include "bank/suppression.h"

#include <algorithm>

namespace sdd::bank {
namespace {

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

// Takes the word that `text` begins with, and the blanks and commas behind it.
std::string_view take_word(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of(" \t\r\n,"), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n,", end), text.size()));
  return word;
}

}  // namespace

std::optional<Suppression> suppression_of(Piece html) {
  const std::string_view all = html.view();
  if (!all.starts_with("<!--")) return std::nullopt;
  const std::size_t close = all.find("-->", 4);
  if (close == std::string_view::npos) return std::nullopt;
  std::string_view rest = trim(all.substr(4, close - 4));
  if (!rest.starts_with("sdd:")) return std::nullopt;
  rest = trim(rest.substr(4));
  Suppression suppression;
  suppression.comment = html.part(0, close + 3);
  if (take_word(rest) != "ignore") return suppression;
  while (!rest.empty()) {
    const std::string_view word = take_word(rest);
    if (word == "because") {
      suppression.because =
          html.part(static_cast<std::size_t>(rest.data() - all.data()), rest.size());
      break;
    }
    suppression.codes.push_back(word);
  }
  return suppression;
}

}  // namespace sdd::bank
