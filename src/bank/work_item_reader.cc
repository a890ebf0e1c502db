#include "bank/work_item_reader.h"

#include <string>

#include "base/strings.h"

namespace sdd::bank {

Piece heading_text(std::string_view bytes, const Block& block) {
  Piece text = Piece::of(bytes, block.begin, block.end).first_line();
  const std::size_t marks = text.view().find_first_not_of('#');
  if (marks == std::string_view::npos) return text.part(0, 0);
  return text.part(marks, text.size - marks).trimmed();
}

WorkItemReader::Section WorkItemReader::section_of(std::string_view title) {
  const std::string name = ascii_lower(title);
  const auto has = [&](std::string_view word) { return name.find(word) != std::string::npos; };
  if (name == "meta" || name == "metadata") return Section::kMeta;
  if (name.starts_with("task entr")) return Section::kTaskEntry;
  if (has("checklist")) return Section::kChecklist;
  if (name.starts_with("goal") || has("criteria")) return Section::kCriteria;
  return Section::kOther;
}

void WorkItemReader::heading(const Block& block) {
  const Piece text = heading_text(bytes_, block);
  if (item_->title.empty() && block.level == 1) item_->title = text;
  const Section section = section_of(text.view());
  // A deeper heading inside a section that means something divides it, and does not end it.
  if (section == Section::kOther && section_ != Section::kOther && block.level > level_) return;
  section_ = section;
  level_ = block.level;
  const Piece whole = Piece::of(bytes_, block.begin, block.end).first_line();
  if (section == Section::kMeta && !item_->meta_heading) item_->meta_heading = whole;
  if (section == Section::kTaskEntry && !item_->task_section) item_->task_section = whole;
}

void WorkItemReader::meta_field(const Block& item) {
  const Field field = field_of(bytes_, item);
  for (std::size_t i = 0; i < kMetaCount; ++i) {
    const Meta key = static_cast<Meta>(i);
    const std::string_view name = field.key.view();
    // "SDD Spec (JSON, required for non-trivial)"
    const std::string plain = ascii_lower(name.substr(0, name.find(" (")));
    if (plain != ascii_lower(name_of(key)) || item_->meta_fields[i]) continue;
    item_->meta_fields[i] = field;
    if (key == Meta::kStatus) item_->status = item_status_of(field.value.view());
  }
}

void WorkItemReader::list(std::size_t index) {
  const std::vector<Block>& list = blocks_->list;
  for (std::size_t i = index + 1; i < list[index].after; ++i) {
    if (list[i].kind != BlockKind::kItem) continue;
    if (section_ == Section::kMeta) {
      meta_field(list[i]);
      i = list[i].after - 1;
      continue;
    }
    if (section_ != Section::kCriteria && section_ != Section::kChecklist) return;
    const std::optional<BoxItem> box = box_of(bytes_, *blocks_, i);
    if (!box) continue;
    auto& boxes = section_ == Section::kCriteria ? item_->criteria : item_->checklist;
    boxes.push_back({Piece::of(bytes_, list[i].begin, list[i].end).first_line(), box->ticked});
  }
}

}  // namespace sdd::bank
