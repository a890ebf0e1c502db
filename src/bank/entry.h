// TaskEntry: one entry of the memory bank (a box item with tags, a title and fields), as it stands
// in a branch log, in current_tasks.md or in a work item's Task Entry section.
//
//   - [x] **[BUG][BILLING]** Surface top-up failure reasons
//     - Spec: `meta/memory_bank/specs/work_items/2026-02-11__bugfix__topup-errors.md`
//     - Owner: Codex
//     - Done: 2026-02-11
//     - Summary: Map provider errors.
//
//   for (const TaskEntry& entry : document.entries()) {
//     if (const Field* spec = entry.field(Key::kSpec)) …  spec->path()
//     if (const Field* done = entry.field(Key::kDone)) …  done->date()
//   }
//
// Everything is a Piece of the file. What is nearly in the entry's form is read as if it were, and
// noted in `irregularities`; nothing that a person wrote is ignored because of how it was written.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bank/date.h"
#include "bank/piece.h"

namespace sdd::bank {

// The keys that mean something. Others are legal, and kOther.
enum class Key : std::uint8_t {
  kOther,
  kSpec,
  kSddSpec,
  kOwner,
  kBranch,
  kSummary,
  kTests,
  kRisks,
  kStarted,
  kDone,
};
// The key that `name` spells, case ignored.
Key key_of(std::string_view name);
// "SDD Spec"; "" for kOther.
std::string_view name_of(Key key);

// A path in a value, and how it is marked as one.
struct PathValue {
  enum class Form : std::uint8_t { kTicked, kLink, kBare };
  Piece path;   // without back-ticks
  Piece whole;  // with back-ticks, or the whole Markdown link
  Form form = Form::kTicked;
};

// One field of an entry or of a work item's Meta block; or a bullet without key inside an entry.
struct Field {
  Key id = Key::kOther;
  Piece key;    // "Spec"; empty: a free bullet, which is all value
  Piece value;  // from its first to its last character; holds line ends where it is continued
  Piece whole;  // from the `-` to the end of the value

  bool is_free() const { return key.empty(); }
  // The path that the value holds: the first text in back-ticks; else the target of the Markdown
  // link that the value begins with; else its first word, when that looks like a path (a `/` in it
  // or `.md`, `.json` at its end). Nothing for `N/A…`, `None…`, `TBD…` and an empty value.
  std::optional<PathValue> path() const;
  // The date that the value begins with.
  std::optional<Date> date() const { return leading_date(value.view()); }
};

// Something about an entry that is not quite in its form (SDD607, SDD613).
struct Irregularity {
  enum class Kind : std::uint8_t {
    kUpperCaseBox,  // [X]
    kPlainTags,     // [TAG] Title
    kBoldTitle,     // **[TAG] Title**
    kNoBlank,       // Started:2026-10-06
    kLinkedPath,    // [text](path)
    kBarePath,      // a path without back-ticks
    kBlankLine,     // a blank line between title and fields, or between fields
    kMangledPath,   // `**` where the path had `__`
  };
  Kind kind = Kind::kBlankLine;
  Piece where;
  std::string replacement;   // for `where`; holds when `same_meaning`
  bool same_meaning = true;  // only spelling changes
};

struct TaskEntry {
  Piece whole;  // from the `-` to the end of the last field
  Piece tags;   // "[BUG][BILLING]", without stars; empty when there are none
  Piece title;
  bool done = false;
  bool loose = false;  // it holds something beside title and bullets (a table, a paragraph, code)
  bool in_task_section = false;  // it stands in a work item's Task Entry section: a snippet
  std::span<const Field> fields;
  std::span<const Irregularity> irregularities;

  // The first line: the box, the tags, the title.
  Piece head() const { return whole.first_line(); }
  // "BUG", "BILLING"
  std::vector<std::string_view> tag_list() const;
  // The first field with this key; nullptr: none.
  const Field* field(Key key) const;
  // The day that orders entries: Done of a done entry, Started of an open one, else the other.
  std::optional<Date> date() const;
  // The node ids that the title names (`verify-4-1`, `task-2-3`): what the entry is about.
  std::vector<std::string_view> subjects() const;
};

// A box item of current_tasks.md in the older style: no plain Owner, Summary, Done or Started.
// Listed, never judged.
struct LegacyTask {
  Piece whole;
  Piece tags;
  Piece title;
  bool done = false;
};

// The node ids in a text (`task-1-2`, `verify-4-1-1`, `phase-3`), in order, each once.
std::vector<std::string_view> node_ids(std::string_view text);

}  // namespace sdd::bank
