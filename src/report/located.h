// Located: a finding with its place spelled out, so that the file's bytes may be forgotten. What
// every output form is made of.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "rules/finding.h"
#include "text/source_text.h"

namespace sdd::json {
class Tree;
}

namespace sdd::report {

// Lines and columns count from 1, columns in code points; offsets count bytes from 0. The end is
// behind the last character.
struct Location {
  Position begin;
  Position end;
  std::size_t offset = 0;
  std::size_t begin_byte = 1;  // the columns of begin and end once more, in bytes
  std::size_t end_byte = 1;
};

struct LocatedNote {
  Location location;
  std::string message;
};

// A range of the file, and what the finding's fix puts in its place.
struct Replacement {
  Location location;
  std::string text;
};

// What a finding's node says of itself, for those who list tasks and not faults. Empty: it does not
// say, or not as text.
struct NodeFacts {
  std::optional<std::string> title, type, parent, completed_at;
};

struct Located {
  rules::Finding finding;
  Location location;
  std::optional<NodeFacts> node;  // when it was asked for, and the finding has a node
  std::vector<LocatedNote> related;
  // What a safe or unsafe fix does to the bytes; empty when nobody asked (add_replacements), or
  // when the finding has no such fix.
  std::vector<Replacement> replacements;
  // The same in every run while the fault stays (report/fingerprint.h), as 32 hexadecimal digits;
  // "" when nobody asked (workspace::settle).
  std::string fingerprint;
  std::string entry;  // in the memory bank: the title of the task entry around the place; or ""
  // The source line with the place, as the terminal may show it, cut around the place when long;
  // and which of its columns (from 0) the caret covers. Empty when no excerpt was asked for.
  std::string excerpt;
  std::size_t caret_begin = 0;
  std::size_t caret_width = 0;
};

// A comment in a file that silences findings about the bytes it covers (`<!-- sdd: ignore SDD612
// because … -->`), as it was read; workspace::settle judges it.
struct Suppression {
  Located place;  // the comment; with the rule SDD810, and no message yet
  std::vector<std::string> codes;
  std::string because;  // "" = it gives no reason
  Span covered;
};

// Everything found in one file, and what the file says of itself. The totals are empty for a
// damaged file.
struct FileReport {
  std::string path;  // as the user should see it: relative to the root where it lies below it
  std::string file;  // absolute; what the path is made from
  std::string spec_id;
  std::optional<std::int64_t> total_tasks;
  std::optional<std::int64_t> completed_tasks;
  std::vector<Located> findings;
  std::string unreadable;                 // why the file could not be read; empty when it was
  bool damaged = false;                   // so that most rules could not look at it
  std::vector<Suppression> suppressions;  // comments in the file
  std::size_t baselined = 0;              // findings that a baseline knows; not among `findings`

  std::size_t count(rules::Severity severity) const;
  // Findings, notes apart, with a safe fix.
  std::size_t fixable() const;
};

// Spells out a finding's place in its file; with the source line when `with_excerpt`.
Located locate(const SourceText& source, rules::Finding finding, bool with_excerpt);

// Spells out what the finding's fix does. `tree` is that of the file, nullptr when it has none:
// then only a fix that is made of edits can be told. A fix whose changes cannot be made is not
// told.
void add_replacements(const SourceText& source, const json::Tree* tree, Located& located);

// "valid", "warnings" or "errors", by the worst of the counts.
const char* status_word(std::size_t errors, std::size_t warnings);

}  // namespace sdd::report
