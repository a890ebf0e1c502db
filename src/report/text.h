// Findings as text for people: a block each, `path:line:column: error[SDD302] message`, the source
// line with a caret, and a help line.
#pragma once

#include <string>
#include <vector>

#include "report/located.h"

namespace sdd::report {

struct TextStyle {
  bool color = false;
  bool excerpts = true;  // the source line and the caret
};

// Appends the blocks of one file.
void append_text(const FileReport& file, const TextStyle& style, std::string& out);

// The last line: "3 errors, 1 warning in 2 of 38 specs (2 fixable, 200 baselined)".
std::string totals_line(const std::vector<FileReport>& files, std::string_view noun);

}  // namespace sdd::report
