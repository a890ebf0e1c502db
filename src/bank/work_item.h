// WorkItem: what a work item's file says: its title, its Meta block, its boxes.
//
//   const WorkItem* item = document.work_item();      // nullptr: the file is none
//   item->status == ItemStatus::kDone
//   item->meta(Meta::kSddSpec)->path()
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bank/entry.h"
#include "bank/piece.h"

namespace sdd::bank {

enum class Meta : std::uint8_t { kType, kStatus, kOwner, kBranch, kSddSpec, kCreated, kUpdated };
inline constexpr std::size_t kMetaCount = 7;
// "SDD Spec"
std::string_view name_of(Meta key);

// "done", "In progress", "in_progress", "Done (note)": case and `_` are free, a parenthesis may
// follow. kMissing: no Status, or an empty one.
enum class ItemStatus : std::uint8_t {
  kMissing,
  kUnknown,
  kDraft,
  kActive,
  kInProgress,
  kBlocked,
  kDone,  // done or completed
};
ItemStatus item_status_of(std::string_view text);

// A box that is no entry: a criterion or a line of a checklist.
struct Box {
  Piece whole;  // its first line
  bool ticked = false;
};

// The parts of "2026-02-11__bugfix__topup-errors.md".
struct ItemName {
  std::optional<Date> date;
  std::string_view type;  // "bugfix"; empty: the name is not of this form
  std::string_view slug;  // "topup-errors"

  bool is_regular() const { return date.has_value() && !type.empty() && !slug.empty(); }
};
// `name` is a file name, or a path. The parts point into it.
ItemName item_name_of(std::string_view name);

struct WorkItem {
  Piece title;                        // of the first heading, without `#`; may be empty
  std::optional<Piece> meta_heading;  // "## Meta"; nothing: there is no Meta block
  std::array<std::optional<Field>, kMetaCount> meta_fields;
  ItemStatus status = ItemStatus::kMissing;
  std::vector<Box> criteria;          // boxes below Goal / Acceptance Criteria, also nested ones
  std::vector<Box> checklist;         // boxes below Completion Checklist
  std::optional<Piece> task_section;  // heading of the Task Entry section

  // The Meta field, or nullptr.
  const Field* meta(Meta key) const {
    const auto& field = meta_fields[static_cast<std::size_t>(key)];
    return field ? &*field : nullptr;
  }
};

}  // namespace sdd::bank
