// Reads a work item out of the blocks of a file. For document.cc.
#pragma once

#include <cstddef>
#include <string_view>

#include "bank/blocks.h"
#include "bank/entry_reader.h"
#include "bank/work_item.h"

namespace sdd::bank {

// Is told of every heading and every list that stands outermost, in the order of the file.
class WorkItemReader {
 public:
  WorkItemReader(std::string_view bytes, const Blocks& blocks, WorkItem& item)
      : bytes_(bytes), blocks_(&blocks), item_(&item) {}

  void heading(const Block& block);
  void list(std::size_t index);
  // Whether what comes now stands in the Task Entry section.
  bool in_task_section() const { return section_ == Section::kTaskEntry; }

 private:
  enum class Section { kOther, kMeta, kCriteria, kChecklist, kTaskEntry };
  static Section section_of(std::string_view title);
  void meta_field(const Block& item);

  std::string_view bytes_;
  const Blocks* blocks_;
  WorkItem* item_;
  Section section_ = Section::kOther;
  int level_ = 0;  // of the heading that began the section
};

// A heading's text, without `#`.
Piece heading_text(std::string_view bytes, const Block& block);

}  // namespace sdd::bank
