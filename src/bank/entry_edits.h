// Changing the entries of one file: adding one to a branch log, closing one, taking some out,
// putting some into current_tasks.md. Each gives edits on the bytes that were read; what lies
// outside of them stays byte for byte.
//
//   const Document document = Document::of(source, Kind::kLog);
//   auto edits = append_entry(source.bytes(), document, draft);
//   auto edits = close_entry(source.bytes(), document.entries()[2], Date{2026, 2, 11});
//   auto edits = remove_entries(source.bytes(), document, {&document.entries()[0]});
//   auto edits = insert_done_entries(current_tasks, document_of_them, {{text, date}});
//   … apply_edits(source.bytes(), edits)
//
// Pure, and without judgement: whoever writes the result sees that it reads as it should
// (same_entries_but). `document` must be that of `bytes`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bank/document.h"
#include "bank/draft.h"
#include "text/edit.h"

namespace sdd::bank {

// The entry goes behind the last one: of the section for entries of its state (`### Done`, `###
// In progress` and the like) where the log has one, else of the log. A log that has a section for
// entries of the other state only gets a new one.
std::vector<Edit> append_entry(std::string_view bytes, const Document& document,
                               const Draft& draft);
// The same for an entry that is written already, without a line end behind it.
std::vector<Edit> append_entry_text(std::string_view bytes, const Document& document,
                                    std::string text, bool done);

// Ticks the box and sets Done. With a day: in the place of the date that stands there; before other
// words that stand there; else in a new field behind Started, Branch, Owner or Spec, whichever is
// there. Without: the Done field stays as it is. Empty for an entry that is so already.
std::vector<Edit> close_entry(std::string_view bytes, const TaskEntry& entry,
                              std::optional<Date> day);

// The entry as it is moved: its bytes, and those of a suppression in front that speaks of it.
Piece movable(const Document& document, const TaskEntry& entry);

// Takes the entries out with the blank lines that set them apart. The pointers point into
// `document`.
std::vector<Edit> remove_entries(std::string_view bytes, const Document& document,
                                 const std::vector<const TaskEntry*>& entries);

struct MovedEntry {
  std::string text;  // as movable() gave it
  std::optional<Date> date;
};

// Puts entries into the section for done ones (`## Recently Completed`, `## Completed`, `## Done`:
// the first of them), which is made in front of the first `##` where there is none; an empty file
// gets a title, too. The newest
// stand at the top: each goes before the first that is not newer. Of the same day the later in
// `entries` counts as the newer.
std::vector<Edit> insert_done_entries(std::string_view bytes, const Document& document,
                                      const std::vector<MovedEntry>& entries);

// What tells one entry from another, wherever it stands.
struct EntryIdentity {
  std::string title;
  std::string spec;  // the path, without "./" in front; "" when there is none
  std::optional<Date> date;
  friend bool operator==(const EntryIdentity&, const EntryIdentity&) = default;
};
EntryIdentity identity_of(const TaskEntry& entry);

// Whether `after` has the entries of `before` in their order, byte for byte, but for those in
// `removed`, and beside them those in `added` and no others; and the same older tasks. Each text is
// that of a whole entry; one that stands twice counts twice.
bool same_entries_but(const Document& before, const Document& after,
                      std::vector<std::string> removed, std::vector<std::string> added);

}  // namespace sdd::bank
