// Draft: what an entry says, without its place: to be compared, to be made anew, and to be written.
//
//   Draft draft = draft_of(entry);           // of an entry that stands in a file
//   Draft draft{.tags = {"BUG"}, .title = "Mend the lamps", .fields = {{"Owner", {"Ada"}}}};
//   print(draft)                             // the entry in its form, with a line end behind it
//
// Reading what print() wrote gives the same draft again, and an entry that is in its form is
// printed as it stands, byte for byte (is_in_form). What print() straightens out: the box, the
// stars around tags, the blank behind a colon, blank lines between fields, blanks at line ends, the
// indentation of fields (two) and of what continues them (four at least). A title that was broken
// into lines becomes one line. Bullets without any text are dropped, and so is what makes an entry
// `loose`: such an entry must not be replaced by its print.
#pragma once

#include <string>
#include <vector>

#include "bank/entry.h"

namespace sdd::bank {

struct DraftField {
  std::string key;                 // empty: a free bullet
  std::vector<std::string> lines;  // the value; those behind the first without four blanks
  friend bool operator==(const DraftField&, const DraftField&) = default;
};

struct Draft {
  bool done = false;
  std::vector<std::string> tags;
  std::string title;
  std::vector<DraftField> fields;
  friend bool operator==(const Draft&, const Draft&) = default;
};

Draft draft_of(const TaskEntry& entry);

// The entry in its form. Neither title nor the first line of a value may hold a line end.
std::string print(const Draft& draft);

// Whether the entry stands in the file as print() would write it.
bool is_in_form(const TaskEntry& entry);

}  // namespace sdd::bank
