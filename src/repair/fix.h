// fix(): makes the fixes of findings on a file's bytes, until nothing is left to fix.
//
//   const Fixed fixed = fix(source, FileKind::kSpec, check, {.unsafe = false});
//   fixed.bytes           // the file as it should be; `before`, when there was nothing to do
//   fixed.actions         // what was done, and for which finding
//   fixed.skipped         // what could have been done and would have done harm
//   fixed.remaining       // the findings about `bytes`
//
// `check` gives all findings about some bytes; it must be pure. What stands in a finding's fix
// (rules/finding.h) is done in rounds, and each round is checked: no finding may be there that was
// not there before. A fix that would bring one is left out, told in `skipped`, and the others stay.
//
// What follows from a fix (counts above, a parent that lags behind) belongs to its action:
// spec/catch_up.h. Where the file shows that data may be lost, a fix that would have to change
// counts is left out: it would erase the trace.
//
// fix() of fixed bytes changes nothing. Two fixes that say the same are one action.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "rules/finding.h"
#include "rules/table.h"
#include "spec/change.h"
#include "text/edit.h"
#include "text/source_text.h"

namespace sdd::repair {

enum class FileKind { kSpec, kMarkdown };

using CheckBytes = std::function<std::vector<rules::Finding>(const SourceText& source)>;

struct FixWish {
  bool unsafe = false;              // also what chooses a status, a type or a parent
  rules::Selection selection = {};  // only the findings of these rules
  // Only these findings; empty: all. Asked with findings of any round.
  std::function<bool(const rules::Finding&)> wanted = {};
};

// Bytes that were replaced.
struct TextChange {
  std::size_t line = 0;  // where, from 1, when the fix was made
  std::string before;
  std::string after;
};

struct FixAction {
  const rules::Rule* rule = nullptr;
  std::string node;
  std::string title;
  rules::Safety safety = rules::Safety::kSafe;
  std::size_t line = 0;   // of the finding, when the fix was made
  spec::Changes changes;  // what was changed in a spec, for this finding; not the text changes
  std::vector<TextChange> texts;
};

struct SkippedFix {
  const rules::Rule* rule = nullptr;
  std::string node;
  std::string title;
  std::string why;
  bool ours = false;  // a safe fix that does not hold what it promises: a fault of sdd's
};

struct Fixed {
  std::string bytes;
  // The whole, on the bytes before. A spec's Changes are about its document, without the mark.
  spec::Changes changes;
  std::vector<Edit> edits;    // of Markdown
  bool mark_removed = false;  // a byte order mark, from a spec
  std::vector<FixAction> actions;
  std::vector<SkippedFix> skipped;
  std::vector<rules::Finding> remaining;
};

Fixed fix(const SourceText& before, FileKind kind, const CheckBytes& check, const FixWish& wish);

// Whether a fix of this finding would be made, as far as the finding itself tells.
bool may_be_fixed(const rules::Finding& finding, const FixWish& wish);

}  // namespace sdd::repair
