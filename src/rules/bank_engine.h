// check_document(): one Markdown file of the memory bank in, findings out: the 0xx that concern any
// text, and the rules that look at one file alone (6xx, 7xx). What lies between files is found
// elsewhere (SDD611, SDD612, 8xx).
//
//   const bank::Document document = bank::Document::of(source, kind);
//   std::vector<Finding> found = check_document(source, document, {.selection = selection});
//
// A damaged file (SDD005 to SDD008, SDD011) has no other findings. Files without entries and
// without text are legal.
#pragma once

#include <vector>

#include "bank/document.h"
#include "rules/finding.h"
#include "rules/rule.h"
#include "rules/table.h"

namespace sdd::rules {

struct BankOptions {
  Selection selection = {};
  PathExists exists = {};  // makes SDD613 safe to fix where the file is there
};

// The findings of one file, in the order of their places, then codes.
std::vector<Finding> check_document(const SourceText& source, const bank::Document& document,
                                    const BankOptions& options = {});

// Whether the file is so damaged that what the document says is not to be trusted.
bool is_damaged_text(const std::vector<Finding>& findings);

}  // namespace sdd::rules
