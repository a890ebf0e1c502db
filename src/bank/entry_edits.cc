#include "bank/entry_edits.h"

#include <algorithm>
#include <array>
#include <utility>

#include "bank/sections.h"

namespace sdd::bank {
namespace {

constexpr std::array<std::string_view, 5> kDoneWords = {"done", "completed", "complete", "closed",
                                                        "finished"};
constexpr std::array<std::string_view, 7> kOpenWords = {
    "in progress", "in-progress", "active", "open", "ongoing", "started", "current"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool has_entry(const Section& section, const Document& document) {
  return std::any_of(
      document.entries().begin(), document.entries().end(), [&](const TaskEntry& entry) {
        return entry.whole.begin >= section.begin && entry.whole.begin < section.limit;
      });
}

// Where an entry goes in a log: behind which byte, and under which new heading ("" = none).
struct LogPlace {
  std::size_t at = 0;
  std::string heading;
};

LogPlace place_in_log(std::string_view bytes, const Document& document, bool done) {
  LogPlace place;
  place.at = bytes.size();
  const Section* of_state = nullptr;
  const Section* of_other_state = nullptr;
  for (const std::vector<Section> sections = sections_of(bytes);
       const Section& section : sections) {
    const bool is_done = is_one_of(section.heading, kDoneWords);
    const bool is_open = is_one_of(section.heading, kOpenWords);
    const bool holds = has_entry(section, document);
    // A heading of that name above something else (what was done in a review) is no place for it.
    if ((is_done || is_open) && (holds || section.is_empty())) {
      const bool fits = done ? is_done : is_open;
      if (fits) {
        of_state = &section;
        place = {section.end, ""};
      } else if (holds) {
        of_other_state = &section;
      }
    }
    if (of_state != nullptr || !holds) continue;
    place.at = section.end;
    place.heading = of_other_state == &section
                        ? std::string(static_cast<std::size_t>(section.level), '#') +
                              (done ? " Done" : " In progress")
                        : "";
  }
  return place;
}

// The bytes between the line's begin and this one when they are blanks, else as many blanks.
std::string indentation_of(std::string_view bytes, std::size_t at) {
  const std::size_t begin = line_begin(bytes, at);
  std::string indentation(bytes.substr(begin, at - begin));
  for (char& c : indentation) {
    if (c != '\t') c = ' ';
  }
  return indentation;
}

const Field* field_before_done(const TaskEntry& entry) {
  for (const Key key : {Key::kStarted, Key::kBranch, Key::kOwner, Key::kSddSpec, Key::kSpec}) {
    if (const Field* field = entry.field(key)) return field;
  }
  return nullptr;
}

Edit new_done_field(std::string_view bytes, const TaskEntry& entry, Date day) {
  const std::string line_end(line_end_of(bytes));
  const std::string text = "Done: " + to_string(day);
  const auto like = [&](const Field& field) {
    const char marker = field.whole.view().front();
    return indentation_of(bytes, field.whole.begin) +
           (marker == '*' || marker == '+' ? marker : '-') + " " + text;
  };
  if (const Field* field = field_before_done(entry)) {
    const std::size_t at = line_stop(bytes, field->whole.end());
    return {{at, at}, line_end + like(*field)};
  }
  if (!entry.fields.empty()) {
    const Field& first = entry.fields.front();
    const std::size_t at = line_begin(bytes, first.whole.begin);
    return {{at, at}, like(first) + line_end};
  }
  const std::size_t head = std::max(entry.head().end(), entry.title.end());
  const std::size_t at = line_stop(bytes, head);
  return {{at, at}, line_end + indentation_of(bytes, entry.whole.begin) + "  - " + text};
}

// The date takes the place of a date, of a word that was to be one ("2026-02-30", "TBD"), or of
// nothing; other words stay behind it.
Edit changed_done_field(const Field& field, Date day) {
  const std::string date = to_string(day);
  if (field.value.empty()) {
    const std::size_t colon = field.key.end() + 1;
    return {{colon, field.whole.end()}, " " + date};
  }
  const std::string_view line = field.value.first_line().view();
  const std::size_t word = std::min(line.find_first_of(" \t"), line.size());
  const bool is_number = line.front() >= '0' && line.front() <= '9';
  const std::size_t begin = field.value.begin;
  if (!is_number && word < line.size()) return {{begin, begin}, date + " "};
  return {{begin, begin + (field.date() ? date.size() : word)}, date};
}

}  // namespace

std::vector<Edit> append_entry(std::string_view bytes, const Document& document,
                               const Draft& draft) {
  std::string text = print(draft);
  text.pop_back();
  return append_entry_text(bytes, document, in_lines_of(bytes, text), draft.done);
}

std::vector<Edit> append_entry_text(std::string_view bytes, const Document& document,
                                    std::string text, bool done) {
  const LogPlace place = place_in_log(bytes, document, done);
  if (!place.heading.empty()) text.insert(0, in_lines_of(bytes, place.heading + "\n\n"));
  return {block_behind(bytes, place.at, std::move(text))};
}

std::vector<Edit> close_entry(std::string_view bytes, const TaskEntry& entry,
                              std::optional<Date> day) {
  std::vector<Edit> edits;
  if (!entry.done) {
    const std::size_t box = entry.whole.begin + entry.whole.view().find('[') + 1;
    edits.push_back({{box, box + 1}, "x"});
  }
  if (!day) return edits;
  const Field* done = entry.field(Key::kDone);
  if (done == nullptr) {
    edits.push_back(new_done_field(bytes, entry, *day));
  } else if (done->date() != day) {
    edits.push_back(changed_done_field(*done, *day));
  }
  return edits;
}

EntryIdentity identity_of(const TaskEntry& entry) {
  EntryIdentity identity;
  identity.title = draft_of(entry).title;
  identity.date = entry.date();
  const Field* spec = entry.field(Key::kSpec);
  if (const auto path = spec != nullptr ? spec->path() : std::nullopt) {
    std::string_view plain = path->path.view();
    while (plain.starts_with("./")) plain.remove_prefix(2);
    identity.spec = plain;
  }
  return identity;
}

bool same_entries_but(const Document& before, const Document& after,
                      std::vector<std::string> removed, std::vector<std::string> added) {
  // The entries without those of the list, each of which must be found.
  const auto rest_of = [](const Document& document, std::vector<std::string>& list) {
    std::vector<std::string_view> rest;
    for (const TaskEntry& entry : document.entries()) {
      const auto found = std::find(list.begin(), list.end(), entry.whole.view());
      found == list.end() ? rest.push_back(entry.whole.view()) : (void)list.erase(found);
    }
    for (const LegacyTask& task : document.legacy_tasks()) rest.push_back(task.whole.view());
    return rest;
  };
  return rest_of(before, removed) == rest_of(after, added) && removed.empty() && added.empty();
}

}  // namespace sdd::bank
