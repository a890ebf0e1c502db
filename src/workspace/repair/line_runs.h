// Runs of lines of one text that stand in another: how a receipt says where Markdown comes from.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/span.h"

namespace sdd::workspace {

// The lines of a text, each with its line end.
std::vector<std::string_view> lines_of(std::string_view text);

struct LineRun {
  Span lines;  // of the text, from 0, the last one not included
  Span bytes;  // of the other text, where they stand in one piece
};

// The text as runs, in order, each as long as can be; lines that the other text has not are in
// none, and a run holds at least one line that is not blank. Of many equal lines the first sixteen
// are tried.
std::vector<LineRun> line_runs(std::string_view text, std::string_view other);

// "/lines/3-7" for the lines [2, 7), and back; nothing for another text.
std::string name_of_lines(Span lines);
std::optional<Span> lines_named(std::string_view pointer);

}  // namespace sdd::workspace
