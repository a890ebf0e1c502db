// Mention: a path that a file names in back-ticks.
//
// A code span is a mention when it is one word with a `/` in it. Whether the path lies below the
// bank or the specs, and whether it exists, is for others to say. Patterns (`*`, `?`, `<`, `>`,
// `{`,
// `}`, `…`, `...`, `YYYY`) are no paths. A trailing `/`, `:line`, `#anchor` is left out.
#pragma once

#include <string_view>
#include <vector>

#include "bank/piece.h"

namespace sdd::bank {

struct Mention {
  Piece path;
};

// Whether `text` can only be a pattern or a placeholder for paths.
bool is_path_pattern(std::string_view text);

// `path` without what may follow a path in a mention.
Piece bare_path(Piece path);

// Appends the mentions in a text of paragraphs (no fenced code).
void find_mentions(Piece text, std::vector<Mention>& mentions);

// The first run of back-ticks in `text` that nothing closes; an empty piece when all are closed. A
// back-tick behind a back-slash, outside of a code span, opens none.
Piece unbalanced_ticks(Piece text);

}  // namespace sdd::bank
