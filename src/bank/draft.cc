#include "bank/draft.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace sdd::bank {
namespace {

constexpr std::size_t kIndent = 4;  // of what continues a field

std::string_view without_end_blanks(std::string_view line) {
  const std::size_t last = line.find_last_not_of(" \t\r");
  return line.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

// `line` without up to kIndent columns of blanks.
std::string_view dedented(std::string_view line) {
  std::size_t at = 0;
  for (std::size_t column = 0; at < line.size() && column < kIndent; ++at) {
    if (line[at] != ' ' && line[at] != '\t') break;
    column = line[at] == ' ' ? column + 1 : kIndent;
  }
  return line.substr(at);
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (;;) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = without_end_blanks(text.substr(0, end));
    lines.emplace_back(lines.empty()
                           ? line.substr(std::min(line.find_first_not_of(" \t"), line.size()))
                           : dedented(line));
    if (end == text.size()) return lines;
    text.remove_prefix(end + 1);
  }
}

// Words with one blank between them.
std::string one_line(std::string_view text) {
  std::string line;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view part = without_end_blanks(text.substr(0, end));
    part.remove_prefix(std::min(part.find_first_not_of(" \t"), part.size()));
    if (!line.empty() && !part.empty()) line += ' ';
    line += part;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return line;
}

DraftField draft_field_of(const Field& field) {
  DraftField draft;
  draft.key = field.key.view();
  if (field.is_free()) {
    draft.lines = lines_of(field.value.view());
    return draft;
  }
  const std::size_t behind_colon = field.key.end() + 1 - field.whole.begin;
  draft.lines = lines_of(field.whole.view().substr(behind_colon));
  return draft;
}

}  // namespace

Draft draft_of(const TaskEntry& entry) {
  Draft draft;
  draft.done = entry.done;
  for (const std::string_view tag : entry.tag_list()) draft.tags.emplace_back(tag);
  draft.title = one_line(entry.title.view());
  for (const Field& field : entry.fields) {
    if (!field.is_free() || !field.value.empty()) draft.fields.push_back(draft_field_of(field));
  }
  return draft;
}

std::string print(const Draft& draft) {
  std::string out = draft.done ? "- [x]" : "- [ ]";
  if (!draft.tags.empty()) {
    out += " **";
    for (const std::string& tag : draft.tags) out += "[" + tag + "]";
    out += "**";
  }
  if (!draft.title.empty()) out += " " + draft.title;
  out += '\n';
  for (const DraftField& field : draft.fields) {
    out += "  -";
    if (!field.key.empty()) out += " " + field.key + ":";
    for (std::size_t i = 0; i < field.lines.size(); ++i) {
      const std::string& line = field.lines[i];
      if (i > 0) out += '\n';
      if (!line.empty()) out += (i == 0 ? " " : std::string(kIndent, ' ')) + line;
    }
    out += '\n';
  }
  return out;
}

bool is_in_form(const TaskEntry& entry) {
  const std::string printed = print(draft_of(entry));
  return !entry.loose &&
         std::string_view(printed).substr(0, printed.size() - 1) == entry.whole.view();
}

}  // namespace sdd::bank
