// Taking entries out of one file and putting them into another (bank/entry_edits.h).
//
// Taking out: each entry goes with its lines. The blank lines behind it go, too, unless no blank
// line stood before it: then they keep apart what now meets. At the end of the file it is the blank
// lines before it that go.
// Putting in: the entries are put in order of time, and each before the first entry of the section
// that is not newer. Those for one place make one edit.
#include <algorithm>
#include <map>
#include <utility>

#include "bank/entry_edits.h"
#include "bank/sections.h"

namespace sdd::bank {
namespace {

Span lines_to_remove(std::string_view bytes, Piece entry) {
  Span lines{line_begin(bytes, entry.begin), next_line(bytes, entry.end())};
  const bool set_apart = lines.begin == 0 || is_blank_line(bytes, lines.begin - 1);
  while (set_apart && lines.end < bytes.size() && is_blank_line(bytes, lines.end)) {
    lines.end = next_line(bytes, lines.end);
  }
  return lines;
}

// Without the blank lines that would now stand at the end of the file, nor a line end that the file
// did not end with.
std::size_t begin_at_the_end(std::string_view bytes, std::size_t begin) {
  while (begin > 0 && is_blank_line(bytes, begin - 1)) begin = line_begin(bytes, begin - 1);
  if (begin > 0 && !bytes.ends_with('\n')) begin = line_stop(bytes, begin - 1);
  return begin;
}

bool is_section_of_done(const Section& section) {
  for (const std::string_view word : {"recently completed", "completed", "recently done", "done"}) {
    if (section.heading.starts_with(word)) return true;
  }
  return false;
}

// A section with the sections below it, and what stands in them.
struct DoneSection {
  std::size_t body = 0;
  std::size_t end = 0;  // behind what stands directly in it
  std::size_t list = std::string_view::npos;
  std::vector<const TaskEntry*> entries;
};

std::optional<DoneSection> done_section(const std::vector<Section>& sections,
                                        const Document& document) {
  const auto first = std::find_if(sections.begin(), sections.end(), is_section_of_done);
  if (first == sections.end()) return std::nullopt;
  DoneSection found{first->body, first->end, first->list, {}};
  std::size_t limit = first->limit;
  for (auto below = first + 1; below != sections.end() && below->level > first->level; ++below) {
    limit = below->limit;
  }
  for (const TaskEntry& entry : document.entries()) {
    if (entry.whole.begin >= found.body && entry.whole.begin < limit) {
      found.entries.push_back(&entry);
    }
  }
  return found;
}

// The entry that a moved one goes before; nullptr: all are newer, or have no date.
const TaskEntry* first_not_newer(const DoneSection& section, const MovedEntry& moved) {
  const auto found =
      std::find_if(section.entries.begin(), section.entries.end(), [&](const TaskEntry* entry) {
        return entry->date().has_value() && (!moved.date || *entry->date() <= *moved.date);
      });
  return found == section.entries.end() ? nullptr : *found;
}

Edit behind_all(std::string_view bytes, const DoneSection& section, std::string text) {
  if (!section.entries.empty()) {
    return block_behind(bytes, section.entries.back()->whole.end(), std::move(text));
  }
  if (section.list != std::string_view::npos) {
    return block_before(bytes, line_begin(bytes, section.list), std::move(text));
  }
  return block_behind(bytes, section.end, std::move(text));
}

// Puts entries where there is no section for them yet.
Edit with_new_section(std::string_view bytes, const std::vector<Section>& sections,
                      std::string text) {
  const std::string line_end(line_end_of(bytes));
  text.insert(0, "## Recently Completed" + line_end + line_end);
  if (bytes.find_first_not_of(" \t\r\n") == std::string_view::npos)
    text.insert(0, "# Current Tasks\n\n");
  for (const Section& section : sections) {
    if (section.level == 2) return block_before(bytes, section.begin, std::move(text));
  }
  return block_behind(bytes, bytes.size(), std::move(text));
}

}  // namespace

Piece movable(const Document& document, const TaskEntry& entry) {
  Piece piece = entry.whole;
  for (const Suppression& suppression : document.suppressions()) {
    const bool is_for_it = suppression.covers.begin == entry.whole.begin &&
                           suppression.comment.begin < piece.begin && !suppression.covers.empty();
    if (!is_for_it) continue;
    piece.size += piece.begin - suppression.comment.begin;
    piece.begin = suppression.comment.begin;
  }
  return piece;
}

std::vector<Edit> remove_entries(std::string_view bytes, const Document& document,
                                 const std::vector<const TaskEntry*>& entries) {
  std::vector<Span> spans;
  for (const TaskEntry* entry : entries) {
    spans.push_back(lines_to_remove(bytes, movable(document, *entry)));
  }
  std::sort(spans.begin(), spans.end(), [](Span a, Span b) { return a.begin < b.begin; });
  std::vector<Span> joined;
  for (const Span span : spans) {
    if (!joined.empty() && joined.back().end >= span.begin) {
      joined.back().end = std::max(joined.back().end, span.end);
    } else {
      joined.push_back(span);
    }
  }
  // What goes at the end of the file may reach what goes before it.
  while (!joined.empty() && joined.back().end == bytes.size()) {
    joined.back().begin = begin_at_the_end(bytes, joined.back().begin);
    if (joined.size() < 2 || joined[joined.size() - 2].end < joined.back().begin) break;
    joined.pop_back();
    joined.back().end = bytes.size();
  }
  std::vector<Edit> edits;
  for (const Span span : joined) edits.push_back({span, ""});
  return edits;
}

std::vector<Edit> insert_done_entries(std::string_view bytes, const Document& document,
                                      const std::vector<MovedEntry>& entries) {
  std::vector<MovedEntry> newest_first(entries.rbegin(), entries.rend());
  std::stable_sort(newest_first.begin(), newest_first.end(),
                   [](const MovedEntry& a, const MovedEntry& b) { return a.date > b.date; });
  const std::vector<Section> sections = sections_of(bytes);
  const auto section = done_section(sections, document);
  // By the entry that they go before; nullptr: behind all of them.
  std::map<const TaskEntry*, std::string> texts;
  for (const MovedEntry& moved : newest_first) {
    std::string& text = texts[section ? first_not_newer(*section, moved) : nullptr];
    if (!text.empty()) text += in_lines_of(bytes, "\n\n");
    text += moved.text;
  }
  std::vector<Edit> edits;
  for (auto& [place, text] : texts) {
    if (place != nullptr) {
      const std::size_t at = line_begin(bytes, movable(document, *place).begin);
      edits.push_back(block_before(bytes, at, std::move(text)));
    } else if (section) {
      edits.push_back(behind_all(bytes, *section, std::move(text)));
    } else {
      edits.push_back(with_new_section(bytes, sections, std::move(text)));
    }
  }
  return edits;
}

}  // namespace sdd::bank
