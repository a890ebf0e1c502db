#include "bank/mention.h"

#include <algorithm>

namespace sdd::bank {
namespace {

// The next run of back-ticks at or behind a place, and the code span that it begins.
struct CodeSpan {
  bool opens = false;   // there is such a run
  bool closed = false;  // and another of the same length
  std::size_t open = 0;
  std::size_t begin = 0;   // behind the run
  std::size_t end = 0;     // before the closing run
  std::size_t behind = 0;  // where to go on
};

bool is_escaped(std::string_view text, std::size_t at) {
  std::size_t slashes = 0;
  while (slashes < at && text[at - slashes - 1] == '\\') ++slashes;
  return slashes % 2 == 1;
}

CodeSpan next_code_span(std::string_view text, std::size_t from) {
  // Nobody writes longer runs, and looking for the end of each length would take time.
  constexpr std::size_t kLongestRun = 8;
  const auto run_end = [&](std::size_t at) {
    return std::min(text.find_first_not_of('`', at), text.size());
  };
  CodeSpan span;
  for (std::size_t open = text.find('`', from); open != std::string_view::npos;) {
    // `\`` is a back-tick in the text; a run goes on behind it.
    if (is_escaped(text, open)) ++open;
    span.open = open;
    span.begin = span.behind = run_end(open);
    const std::size_t run = span.begin - open;
    if (run == 0 || run > kLongestRun) {
      open = text.find('`', span.begin);
      continue;
    }
    span.opens = true;
    for (std::size_t close = text.find('`', span.begin); close != std::string_view::npos;) {
      const std::size_t behind = run_end(close);
      if (behind - close == run) {
        span.closed = true;
        span.end = close;
        span.behind = behind;
        break;
      }
      close = text.find('`', behind);
    }
    break;
  }
  return span;
}

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
  for (std::size_t at = 0;;) {
    const CodeSpan span = next_code_span(text.view(), at);
    if (!span.opens) return;
    at = span.behind;
    if (!span.closed) continue;
    const Piece inside = text.part(span.begin, span.end - span.begin).trimmed();
    const std::string_view word = inside.view();
    if (word.find('/') == std::string_view::npos || is_path_pattern(word) ||
        word.find_first_of(" \t\r\n") != std::string_view::npos) {
      continue;
    }
    const Piece path = bare_path(inside);
    if (!path.empty()) mentions.push_back({path});
  }
}

Piece unbalanced_ticks(Piece text) {
  for (std::size_t at = 0;;) {
    const CodeSpan span = next_code_span(text.view(), at);
    if (!span.opens) return text.part(0, 0);
    if (!span.closed) return text.part(span.open, span.begin - span.open);
    at = span.behind;
  }
}

}  // namespace sdd::bank
