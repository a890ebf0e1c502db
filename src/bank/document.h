// Document: what one Markdown file of the memory bank says. Reading cannot fail; what is nearly in
// form is read and noted, what is not in form at all is left out.
//
//   const SourceText source(path, bytes);
//   const bank::Document document = bank::Document::of(source, bank::kind_of(path_in_bank));
//   document.entries()                       // task entries, in the order of the file
//   document.work_item()                     // title, Meta, boxes; nullptr when it is no work item
//   document.claims()                        // "(49/49)" said of a spec
//   document.mentions()                      // paths in back-ticks
//   document.suppressions()                  // <!-- sdd: ignore SDD612 because … -->
//
// All of it are Pieces of the source: the SourceText must stay where it is and live longer.
// Memory: some 50 bytes for each field, 16 for each mention; blocks and lines are forgotten.
// A Document may be moved, not copied.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "bank/claim.h"
#include "bank/entry.h"
#include "bank/mention.h"
#include "bank/piece.h"
#include "bank/suppression.h"
#include "bank/work_item.h"

namespace sdd {
class SourceText;
}

namespace sdd::bank {

// What a file is for decides what is read from it.
enum class Kind : std::uint8_t {
  kLog,           // branch_updates/*.md: entries
  kCurrentTasks,  // current_tasks.md: entries and older tasks
  kWorkItem,      // specs/work_items/*.md: a work item, and entries in its Task Entry section
  kGuidance,      // README.md and what begins with `_` or `.`: nothing but suppressions
  kOther,         // any other Markdown: mentions
};
// By the path inside the bank, with `/` ("branch_updates/2026-02-11-head-no-branch.md").
Kind kind_of(std::string_view path_in_bank);

class Document {
 public:
  static Document of(const SourceText& source, Kind kind);

  Document(Document&&) noexcept = default;
  Document& operator=(Document&&) noexcept = default;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
  ~Document() = default;

  Kind kind() const { return kind_; }
  // False: the file has more than kMaxMarkdownBytes or kMaxBlocks (SDD011); what lies beyond was
  // not read.
  bool complete() const { return complete_; }

  const std::vector<TaskEntry>& entries() const { return entries_; }
  const std::vector<LegacyTask>& legacy_tasks() const { return legacy_; }
  const WorkItem* work_item() const { return item_.get(); }
  const std::vector<Claim>& claims() const { return claims_; }
  const std::vector<Mention>& mentions() const { return mentions_; }
  const std::vector<Suppression>& suppressions() const { return suppressions_; }

 private:
  Document() = default;
  friend class DocumentReader;

  Kind kind_ = Kind::kOther;
  bool complete_ = true;
  std::vector<Field> fields_;                 // of all entries
  std::vector<Irregularity> irregularities_;  // likewise
  std::vector<TaskEntry> entries_;
  std::vector<LegacyTask> legacy_;
  std::vector<Claim> claims_;
  std::vector<Mention> mentions_;
  std::vector<Suppression> suppressions_;
  std::unique_ptr<WorkItem> item_;
};

}  // namespace sdd::bank
