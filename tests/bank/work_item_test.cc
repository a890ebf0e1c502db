#include "bank/work_item.h"

#include <gtest/gtest.h>

#include <string>

#include "bank/document.h"
#include "text/source_text.h"

namespace sdd::bank {
namespace {

constexpr const char* kBankWorkItem =
    "# [BUG] Mend the `lamps`\n\n"
    "## Meta\n\n"
    "- Created: 2026-01-02\n- Type: bug fix\n- Status: Done (at last)\n- Owner: Ada\n"
    "- SDD Spec (JSON, required for non-trivial): `meta/sdd/specs/active/x-2026-01-02-001.json`\n"
    "- Reviewer: Grace\n\n"
    "## Goal / Acceptance Criteria\n\n"
    "- [x] One.\n- Group:\n  - [ ] Two.\n  - [X] Three.\n\n"
    "### In the harbour\n\n- [ ] Four.\n\n"
    "## Scope\n\n- [ ] no criterion\n\n"
    "## Task Entry (for branch_updates/current_tasks)\n\nCopy this:\n\n"
    "- [x] **[BUG]** Mend the lamps\n  - Owner: Ada\n\n"
    "## Completion Checklist\n\n- [ ] Told everybody.\n";

TEST(BankWorkItem, says_its_meta_boxes_and_entry) {
  const SourceText source("2026-01-02__bugfix__lamps.md", kBankWorkItem);
  const Document document = Document::of(source, Kind::kWorkItem);
  const WorkItem* item = document.work_item();
  ASSERT_NE(item, nullptr);
  EXPECT_EQ(item->title.view(), "[BUG] Mend the `lamps`");
  EXPECT_EQ(item->status, ItemStatus::kDone);
  EXPECT_EQ(item->meta(Meta::kType)->value.view(), "bug fix");
  EXPECT_EQ(item->meta(Meta::kSddSpec)->path()->path.view(),
            "meta/sdd/specs/active/x-2026-01-02-001.json");
  EXPECT_EQ(item->meta(Meta::kBranch), nullptr);
  EXPECT_EQ(item->meta(Meta::kCreated)->date(), (Date{2026, 1, 2}));
  ASSERT_EQ(item->criteria.size(), 4U);
  EXPECT_TRUE(item->criteria[0].ticked);
  EXPECT_FALSE(item->criteria[1].ticked);
  EXPECT_EQ(item->criteria[3].whole.view(), "- [ ] Four.");
  EXPECT_EQ(item->checklist.size(), 1U);
  ASSERT_EQ(document.entries().size(), 1U);
  EXPECT_TRUE(document.entries()[0].in_task_section);
}

TEST(BankWorkItem, knows_what_a_status_means) {
  EXPECT_EQ(item_status_of("done"), ItemStatus::kDone);
  EXPECT_EQ(item_status_of("Completed"), ItemStatus::kDone);
  EXPECT_EQ(item_status_of("`in_progress`"), ItemStatus::kInProgress);
  EXPECT_EQ(item_status_of("In progress (waits)"), ItemStatus::kInProgress);
  EXPECT_EQ(item_status_of("verification_pending"), ItemStatus::kUnknown);
  EXPECT_EQ(item_status_of("draft | active | done"), ItemStatus::kUnknown);
  EXPECT_EQ(item_status_of(""), ItemStatus::kMissing);
  EXPECT_EQ(item_status_of(" (later)"), ItemStatus::kMissing);
}

TEST(BankWorkItem, its_name_has_three_parts) {
  const ItemName name = item_name_of("specs/work_items/2026-01-02__bugfix__the-lamps__again.md");
  EXPECT_TRUE(name.is_regular());
  EXPECT_EQ(name.type, "bugfix");
  EXPECT_EQ(name.slug, "the-lamps__again");
  for (const char* wrong :
       {"2026-01-02__bugfix.md", "2026-01-02_bugfix_x.md", "2026-02-30__a__b.md",
        "2026-01-02__a__b.txt", "2026-01-02____b.md", "x2026-01-02__a__b.md"}) {
    EXPECT_FALSE(item_name_of(wrong).is_regular()) << wrong;
  }
}

}  // namespace
}  // namespace sdd::bank
