// Finding: one thing that is wrong with a user's file, said by one rule, at one place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "spec/change.h"
#include "text/edit.h"
#include "text/span.h"

namespace sdd::rules {

struct Rule;

enum class Severity : std::uint8_t { kNote, kWarning, kError };
const char* to_string(Severity severity);  // "note", "warning", "error"

// What may be done about a finding, and by whom.
enum class Safety : std::uint8_t {
  kNone,
  kSafe,    // one possible result, computed from the files, changes no statement: `sdd fix`
  kUnsafe,  // chooses a status, a type or a parent and says so: `sdd fix --unsafe`
  kPlan,    // printed as a plan; a person decides
  kRepair,  // `sdd repair` only, with its proof
};
const char* to_string(Safety safety);  // "none", "safe", "unsafe", "plan", "repair"

// A safe or unsafe fix says what it does: in a spec as Changes, where no Change can say it (a byte
// order mark) and in Markdown as edits on the bytes. It says only what it is about. What follows
// from that elsewhere, such as the counts above, is added by whoever makes it (repair/fix.h).
struct Fix {
  Safety safety = Safety::kNone;
  std::string title;  // "set completed_tasks to 4"
  spec::Changes changes = {};
  std::vector<Edit> edits = {};
};

// Another place that belongs to the finding: the first of two equal keys, the other spec.
struct Related {
  Span span;
  std::string message;
};

struct Finding {
  const Rule* rule = nullptr;
  Severity severity = Severity::kError;
  std::string message;  // what is wrong, in the user's words and numbers; safe for a terminal
  std::string help;     // what to do about it; may be empty
  Span span;            // the value that is wrong
  std::string pointer;  // its RFC 6901 pointer; "" for the document
  std::string node;     // the id of the hierarchy node it belongs to; may be empty
  std::vector<Related> related;
  std::optional<Fix> fix;

  // What the finding is about, so that one fault gives one finding (engine.cc): the value's index
  // in the tree, and the name of the member that is missing there.
  static constexpr std::uint32_t kNoSubject = UINT32_MAX;
  std::uint32_t subject = kNoSubject;
  std::string missing;
};

}  // namespace sdd::rules
