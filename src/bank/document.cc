// 1. cmark gives the blocks (blocks.h).
// 2. The outermost ones are walked: headings, comments, lists. Box items are entries, or not.
// 3. Paragraphs and headings, wherever they stand, are searched for paths.
// 4. Claims are searched in the entries; spans are set when nothing grows any more.
#include "bank/document.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "bank/blocks.h"
#include "bank/entry_reader.h"
#include "bank/work_item_reader.h"
#include "text/source_text.h"

namespace sdd::bank {

Kind kind_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  const std::string_view folder = slash == std::string_view::npos ? "" : path.substr(0, slash);
  if (name.starts_with('_') || name.starts_with('.') || name == "README.md") return Kind::kGuidance;
  if (folder.starts_with('.') || folder.find("/.") != std::string_view::npos)
    return Kind::kGuidance;
  if (path == "current_tasks.md") return Kind::kCurrentTasks;
  if (folder == "branch_updates") return Kind::kLog;
  if (folder == "specs/work_items") return Kind::kWorkItem;
  return Kind::kOther;
}

class DocumentReader {
 public:
  DocumentReader(std::string_view bytes, Document& document)
      : bytes_(bytes), document_(&document), blocks_(blocks_of(bytes)) {}

  void read() {
    document_->complete_ = blocks_.complete;
    if (document_->kind_ == Kind::kWorkItem) {
      document_->item_ = std::make_unique<WorkItem>();
      item_reader_.emplace(bytes_, blocks_, *document_->item_);
    }
    for (std::size_t i = 0; i < blocks_.list.size(); i = blocks_.list[i].after) outermost(i);
    if (document_->kind_ != Kind::kGuidance) find_all_mentions();
    find_suppressions();
    set_spans();
    find_all_claims();
  }

 private:
  bool has_entries() const {
    return document_->kind_ == Kind::kLog || document_->kind_ == Kind::kCurrentTasks ||
           (item_reader_ && item_reader_->in_task_section());
  }

  void outermost(std::size_t index) {
    const Block& block = blocks_.list[index];
    if (block.kind == BlockKind::kHeading && item_reader_) item_reader_->heading(block);
    if (block.kind != BlockKind::kList) return;
    if (item_reader_) item_reader_->list(index);
    if (!has_entries()) return;
    for (std::size_t i = index + 1; i < block.after; i = blocks_.list[i].after) item(i);
  }

  void item(std::size_t index) {
    const std::optional<BoxItem> box = box_of(bytes_, blocks_, index);
    if (!box) return;
    std::vector<Field>& fields = document_->fields_;
    std::vector<Irregularity>& irregularities = document_->irregularities_;
    const std::size_t fields_before = fields.size();
    const std::size_t irregularities_before = irregularities.size();
    ReadEntry read = read_entry(bytes_, blocks_, index, *box, fields, irregularities);
    const bool is_entry = document_->kind_ == Kind::kCurrentTasks
                              ? read.has_entry_field
                              : !read.entry.tags.empty() || read.has_known_field;
    if (is_entry) {
      read.entry.in_task_section = item_reader_.has_value();
      document_->entries_.push_back(read.entry);
      counts_.emplace_back(read.fields, read.irregularities);
      return;
    }
    fields.resize(fields_before);
    irregularities.resize(irregularities_before);
    if (document_->kind_ == Kind::kCurrentTasks) {
      const TaskEntry& entry = read.entry;
      document_->legacy_.push_back({entry.whole, entry.tags, entry.title, entry.done});
    }
  }

  void find_all_mentions() {
    for (const Block& block : blocks_.list) {
      if (block.kind != BlockKind::kParagraph && block.kind != BlockKind::kHeading) continue;
      find_mentions(Piece::of(bytes_, block.begin, block.end), document_->mentions_);
    }
  }

  void find_suppressions() {
    bool at_the_top = true;
    for (std::size_t i = 0; i < blocks_.list.size(); ++i) {
      const Block& block = blocks_.list[i];
      if (block.kind != BlockKind::kHtml) {
        at_the_top = false;
        continue;
      }
      auto found = suppression_of(Piece::of(bytes_, block.begin, block.end));
      if (!found) continue;
      found->covers = covered_from(i + 1, at_the_top);
      document_->suppressions_.push_back(std::move(*found));
    }
  }

  Piece covered_from(std::size_t index, bool at_the_top) const {
    const std::vector<Block>& list = blocks_.list;
    while (index < list.size() && list[index].kind == BlockKind::kHtml) ++index;
    const bool list_follows = index < list.size() && list[index].kind == BlockKind::kList;
    if (at_the_top && !list_follows) return Piece::of(bytes_, 0, bytes_.size());
    if (index == list.size()) return Piece::of(bytes_, bytes_.size(), bytes_.size());
    if (list_follows && box_of(bytes_, blocks_, index + 1)) ++index;
    return Piece::of(bytes_, list[index].begin, list[index].end);
  }

  void set_spans() {
    Document& document = *document_;
    document.fields_.shrink_to_fit();
    document.irregularities_.shrink_to_fit();
    document.entries_.shrink_to_fit();
    document.mentions_.shrink_to_fit();
    std::size_t field = 0;
    std::size_t irregularity = 0;
    for (std::size_t i = 0; i < document.entries_.size(); ++i) {
      const auto& [fields, irregularities] = counts_[i];
      document.entries_[i].fields = {document.fields_.data() + field, fields};
      document.entries_[i].irregularities = {document.irregularities_.data() + irregularity,
                                             irregularities};
      field += fields;
      irregularity += irregularities;
    }
  }

  void find_all_claims() {
    for (std::size_t i = 0; i < document_->entries_.size(); ++i) {
      const TaskEntry& entry = document_->entries_[i];
      find_claims(entry.title, i, document_->claims_);
      for (const Field& field : entry.fields) find_claims(field.value, i, document_->claims_);
    }
  }

  std::string_view bytes_;
  Document* document_;
  Blocks blocks_;
  std::optional<WorkItemReader> item_reader_;
  std::vector<std::pair<std::size_t, std::size_t>> counts_;  // of each entry
};

Document Document::of(const SourceText& source, Kind kind) {
  Document document;
  document.kind_ = kind;
  DocumentReader(source.bytes(), document).read();
  return document;
}

}  // namespace sdd::bank
