// Diff of the memory bank: what two versions of its files say differently, entry by entry.
//
//   const std::vector<BankChange> changes = diff_bank(before, after);    // files that differ
//   change.kind == BankChange::Kind::kClosed; change.title; change.fields
//
// An entry is the same one where title and Spec are the same, in whichever file it stands (of
// several alike, the n-th; in its own file first). A work item is one thing with fields: its Meta
// block, and how many of its boxes are ticked. The copies of entries in work items do not count.
// What differs in a file beside all that is one change of kind kText.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bank/document.h"

namespace sdd::bank {

struct FieldChange {
  std::string key;     // "Done", "criteria"; "" for what has no key
  std::string before;  // "": it was not there
  std::string after;   // "": it is gone
};

struct BankChange {
  enum class Kind : std::uint8_t {
    kAdded,
    kRemoved,
    kChanged,
    kClosed,    // its box was ticked
    kReopened,  // its tick was taken away
    kMoved,     // it stands in another file, and says the same
    kText,
  };
  Kind kind = Kind::kText;
  std::string path;   // of the file that has it now; kRemoved: that had it
  std::string from;   // the file that had it, where that is another one
  std::string title;  // of the entry or work item; "" for kText
  std::vector<FieldChange> fields;
};
const char* to_string(BankChange::Kind kind);

// A version of a file. The document may be nullptr: it was not there, or is not any more.
struct FileSides {
  std::string path;
  const Document* before = nullptr;
  const Document* after = nullptr;
};

// In the order of the files; within a file what is there now in its order, then what is gone.
std::vector<BankChange> diff_bank(const std::vector<FileSides>& files);

}  // namespace sdd::bank
